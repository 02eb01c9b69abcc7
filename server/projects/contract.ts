import { z } from 'zod'
import { categorySchema } from '../kernel/categories.ts'
import { placeGeometrySchema, sentGeometrySchema } from '../kernel/geometry.ts'
import { districtIdSchema, ideaIdSchema, slugSchema, yearSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { defineProblems } from '../kernel/problem.ts'
import { personLine, personText } from '../kernel/text.ts'
import { instantSchema, reducedDateSchema } from '../kernel/time.ts'
import { PROJECT_LIMITS } from './limits.ts'

export const OUTCOMES = ['won', 'lost', 'unknown'] as const
export const POSITION_ACCURACIES = ['exact', 'approximate'] as const

/** Where a project of a round of today stands: taken forward, on the district's shortlist, or taken back. */
export const PROJECT_STATES = ['planned', 'shortlisted', 'withdrawn'] as const
export const projectStateSchema = z.enum(PROJECT_STATES)
export type ProjectState = z.infer<typeof projectStateSchema>

export const fundingSchema = z.object({ funder: z.string(), amountDkk: amountDkkSchema.nullable() }).meta({ id: 'Funding' })

/** An idea behind a project. `in-favour`: its author withdrew it in favour of the project. */
export const projectIdeaSchema = z
  .object({
    ideaId: z.int(),
    title: z.string(),
    role: z.enum(['merged', 'in-favour']),
    /** False: it was split off again. */
    isActive: z.boolean(),
    /** The author took the idea back since. */
    isWithdrawn: z.boolean(),
  })
  .meta({ id: 'ProjectIdea' })
export type ProjectIdea = z.infer<typeof projectIdeaSchema>

export const PUBLIC_PROJECT_EVENTS = [
  'created',
  'changed',
  'idea-added',
  'idea-parted',
  'shortlisted',
  'unlisted',
  'withdrawn',
  'idea-withdrawn-in-favour',
  'awarded',
  'not-awarded',
  'award-passed-on',
] as const

/** One thing that happened to a project, for everybody; no names of people. */
export const projectEventSchema = z
  .object({ kind: z.enum(PUBLIC_PROJECT_EVENTS), at: instantSchema, ideaId: z.int().nullable(), reason: z.string().nullable() })
  .meta({ id: 'ProjectEvent' })

const recordedFields = {
  projectId: slugSchema,
  roundYear: z.int(),
  districtId: districtIdSchema.nullable(),
  title: z.string(),
  description: z.string(),
  category: categorySchema,
  placeText: z.string().nullable(),
  /** Earlier rounds have points only. */
  geometry: placeGeometrySchema.nullable(),
  positionAccuracy: z.enum(POSITION_ACCURACIES).nullable(),
  outcome: z.enum(OUTCOMES),
  shortlisted: z.boolean().nullable(),
  awardedDkk: amountDkkSchema.nullable(),
  awardNote: z.string().nullable(),
  opened: reducedDateSchema.nullable(),
  openedText: z.string().nullable(),
  totalCostDkk: amountDkkSchema.nullable(),
  /** Money from others than the round. */
  funding: z.array(fundingSchema),
  mergedFrom: z.array(z.string()),
  followUps: z.array(z.object({ year: z.int().nullable(), text: z.string(), amountDkk: amountDkkSchema.nullable() })),
  continuesProjectId: slugSchema.nullable(),
}

/** What the sources tell of a project of an earlier round. */
export const recordedProjectSchema = z.object(recordedFields)
export type RecordedProject = z.infer<typeof recordedProjectSchema>

/** A project: what one district votes on in a round. Unknown is null and shown as "ikke oplyst". */
export const projectSchema = z
  .object({
    ...recordedFields,
    districtName: z.string().nullable(),
    installationId: slugSchema.nullable(),
    /** Where its pin stands, lon/lat. */
    labelPoint: z.tuple([z.number(), z.number()]).nullable(),
    /** Null: a project of an earlier round, known from its sources. */
    state: projectStateSchema.nullable(),
    /** Public reason of a withdrawal, or of leaving the shortlist. */
    stateReason: z.string().nullable(),
    /** Its number among the district's shortlist, from 1; null when it is not on it. */
    shortlistNumber: z.int().nullable(),
    /** The ideas it was made of, those split off again included; none for earlier rounds. */
    ideas: z.array(projectIdeaSchema),
    history: z.array(projectEventSchema),
    version: z.int(),
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof projectSchema>
export const projectListSchema = z.object({ items: z.array(projectSchema) }).meta({ id: 'ProjectList' })
export const projectIdParamSchema = z.object({ id: slugSchema })

export const CONSENT_ANSWERS = ['yes', 'no'] as const

/** What an author said to the merge of their idea, and what the organiser decided on a "no". Never public. */
export const consentSchema = z
  .object({
    ideaId: z.int(),
    title: z.string(),
    authorName: z.string().nullable(),
    isActive: z.boolean(),
    /** Null: not asked, because the idea stands alone or its author is not known any more. */
    askedAt: instantSchema.nullable(),
    answer: z.enum(CONSENT_ANSWERS).nullable(),
    note: z.string().nullable(),
    answeredAt: instantSchema.nullable(),
    /** The organiser's reason to keep the idea in the project after a "no". */
    keptReason: z.string().nullable(),
    keptAt: instantSchema.nullable(),
  })
  .meta({ id: 'Consent' })
export type Consent = z.infer<typeof consentSchema>

/** A project as the organiser and the planner see it. */
export const planProjectSchema = projectSchema
  .extend({
    consents: z.array(consentSchema),
    /** The idea whose place the project has; null when its place was drawn. */
    placeIdeaId: z.int().nullable(),
    createdAt: instantSchema,
    /** The whole history, answers included. */
    events: z.array(
      z.object({
        kind: z.string(),
        at: instantSchema,
        actorName: z.string().nullable(),
        ideaId: z.int().nullable(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PlanProject' })
export type PlanProject = z.infer<typeof planProjectSchema>

export const planProjectListSchema = z
  .object({
    items: z.array(planProjectSchema),
    /** How full each district's shortlist is. */
    shortlists: z.array(z.object({ districtId: districtIdSchema, name: z.string(), count: z.int(), max: z.int() })),
  })
  .meta({ id: 'PlanProjectList' })
export type PlanProjectList = z.infer<typeof planProjectListSchema>

export const planProjectQuerySchema = z.object({
  year: yearSchema,
  district: districtIdSchema.optional(),
  state: projectStateSchema.optional(),
})
export type PlanProjectFilter = z.infer<typeof planProjectQuerySchema>

const reason = personText(PROJECT_LIMITS.reasonMin, PROJECT_LIMITS.reason)
const version = z.int().min(1)
const ideaId = z.int().min(1).max(2_147_483_647)
const ideaIds = z
  .array(ideaId)
  .min(1)
  .max(PROJECT_LIMITS.ideas)
  .refine((ids) => new Set(ids).size === ids.length, { message: 'repeated' })

const written = {
  title: personLine(PROJECT_LIMITS.titleMin, PROJECT_LIMITS.title),
  description: personText(PROJECT_LIMITS.descriptionMin, PROJECT_LIMITS.description),
}

export const newProjectSchema = z
  .object({
    districtId: districtIdSchema,
    /** The first one lends what is not given: title, description, category; the first one in the district lends its place. */
    ideaIds,
    title: written.title.optional(),
    description: written.description.optional(),
    category: categorySchema.optional(),
    /** A place of its own in the district; needed when none of the ideas lies there. */
    geometry: sentGeometrySchema.optional(),
  })
  .meta({ id: 'NewProject' })
export type NewProject = z.infer<typeof newProjectSchema>

export const projectChangeSchema = z
  .object({
    /** The version the change was made from; another one in the database answers 409 `project-edit-conflict` with the current one. */
    version,
    title: written.title.optional(),
    description: written.description.optional(),
    category: categorySchema.optional(),
    geometry: sentGeometrySchema.optional(),
  })
  .refine(({ version: _, ...fields }) => Object.values(fields).some((value) => value !== undefined), { message: 'nothing-changed' })
  .meta({ id: 'ProjectChange' })
export type ProjectChange = z.infer<typeof projectChangeSchema>

/** More ideas for a project. */
export const mergeSchema = z.object({ version, ideaIds }).meta({ id: 'Merge' })
export type Merge = z.infer<typeof mergeSchema>

/** Ideas that go their own way again. When none is left, the project is withdrawn. */
export const splitSchema = z.object({ version, ideaIds, reason }).meta({ id: 'Split' })
export type Split = z.infer<typeof splitSchema>

/** A reason is owed for everything but `shortlisted`. */
export const stateChangeSchema = z
  .object({ version, state: projectStateSchema, reason: reason.nullable().default(null) })
  .refine((change) => change.state === 'shortlisted' || change.reason !== null, { path: ['reason'], message: 'reason-missing' })
  .meta({ id: 'ProjectStateChange' })
export type StateChange = z.infer<typeof stateChangeSchema>

/** Why the idea stays in the project although its author said no. */
export const keepIdeaSchema = z.object({ version, ideaId, reason }).meta({ id: 'KeepIdea' })
export type KeepIdea = z.infer<typeof keepIdeaSchema>

export const consentAnswerSchema = z
  .object({ ideaId, answer: z.enum(CONSENT_ANSWERS), note: personText(1, PROJECT_LIMITS.reason).nullable().default(null) })
  .meta({ id: 'ConsentAnswer' })
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>

export const consentAnsweredSchema = z
  .object({
    projectId: slugSchema,
    ideaId: z.int(),
    answer: z.enum(CONSENT_ANSWERS),
    note: z.string().nullable(),
    answeredAt: instantSchema,
  })
  .meta({ id: 'ConsentAnswered' })
export type ConsentAnswered = z.infer<typeof consentAnsweredSchema>

export const withdrawInFavourSchema = z
  .object({
    /** The version of the idea. */
    version,
    projectId: slugSchema,
  })
  .meta({ id: 'WithdrawInFavour' })
export const inFavourParamSchema = z.object({ id: ideaIdSchema })

/** Kinds with `ideaIds` name the ideas meant; `shortlist-full` carries `max`. */
export const projectProblem = defineProblems({
  'idea-unknown': 422,
  'wrong-district': 422,
  'other-round': 409,
  'idea-withdrawn': 409,
  'idea-not-taken-forward': 409,
  'idea-taken': 409,
  'idea-not-in-project': 409,
  'project-not-open': 409,
  'project-edit-conflict': 409,
  'project-phase-closed': 409,
  'shortlist-full': 409,
  'consent-refused': 409,
  'consent-not-asked': 409,
  'consent-not-refused': 409,
})
