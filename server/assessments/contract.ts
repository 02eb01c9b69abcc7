import { z } from 'zod'
import { layerIdSchema } from '../constraints/contract.ts'
import { relationSchema } from '../feasibility/contract.ts'
import { ideaChangeSchema, ideaFieldSchema } from '../ideas/contract.ts'
import { districtIdSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { defineProblems } from '../kernel/problem.ts'
import { roleSchema } from '../kernel/roles.ts'
import { severitySchema } from '../kernel/severity.ts'
import { personLine, personText } from '../kernel/text.ts'
import { dateSchema, instantSchema } from '../kernel/time.ts'
import { elementIdSchema, unitSchema } from '../prices/contract.ts'
import { ASSESSMENT_LIMITS } from './limits.ts'

/** `yes` is always the good answer: questions are put that way. `needs-answer` is the only honest one for what was not checked. */
export const ANSWERS = ['yes', 'no', 'not-relevant', 'needs-answer'] as const
export const answerSchema = z.enum(ANSWERS)
export type Answer = z.infer<typeof answerSchema>

export const OUTCOMES = ['feasible', 'feasible-on-conditions', 'not-feasible', 'needs-information'] as const
export const outcomeSchema = z.enum(OUTCOMES)
export type Outcome = z.infer<typeof outcomeSchema>

/** Why there is an assessment: the first, after the author's correction, after an appeal, or because the municipality looks again. */
export const OCCASIONS = ['first', 'correction', 'appeal', 'review'] as const
export const occasionSchema = z.enum(OCCASIONS)
export type Occasion = z.infer<typeof occasionSchema>

export const ASSESSMENT_STATES = ['draft', 'submitted', 'decided'] as const
export const assessmentStateSchema = z.enum(ASSESSMENT_STATES)
export type AssessmentState = z.infer<typeof assessmentStateSchema>

/** Vej og Park, Natur, Byggesag, Ejendomme, Økonomi. */
export const DEPARTMENTS = ['roads-and-parks', 'nature', 'building', 'property', 'finance'] as const
export const departmentSchema = z.enum(DEPARTMENTS)
export type Department = z.infer<typeof departmentSchema>

/** Who pays for a line of the estimate: the district's share of the million, the municipality's own budget, somebody else. */
export const PAYERS = ['round', 'municipality', 'others'] as const
export const payerSchema = z.enum(PAYERS)
export type Payer = z.infer<typeof payerSchema>

const twoTexts = z.object({ da: z.string(), en: z.string() })
export const questionIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)
  .meta({ example: 'land-ownership' })

/** A question of the checklist. */
export const questionSchema = z
  .object({
    questionId: questionIdSchema,
    part: z.enum(['formal', 'substantive']),
    /** Layers of the catalogue whose findings prefill the answer; none: only a person can answer. */
    layerIds: z.array(layerIdSchema),
    question: twoTexts,
    guidance: twoTexts,
    /** Offered for the public when the answer is not `yes`. */
    publicSentence: twoTexts,
    /** Whether the author can usually put it right; the assessor may say otherwise. */
    authorMayCorrect: z.boolean(),
  })
  .meta({ id: 'AssessmentQuestion' })
export type Question = z.infer<typeof questionSchema>
export const questionListSchema = z.object({ items: z.array(questionSchema) }).meta({ id: 'AssessmentQuestionList' })

/** What the check of the place found, as far as it prefills an answer. */
export const basisSchema = z.object({
  findings: z.array(
    z.object({ layerId: layerIdSchema, severity: severitySchema, relation: relationSchema.nullable(), distanceM: z.number().nullable() }),
  ),
  /** Layers of the question that were not checked: its answer is never prefilled with `yes`. */
  notChecked: z.array(layerIdSchema),
})

const draftAnswerFields = {
  questionId: questionIdSchema,
  answer: answerSchema,
  /** Internal. */
  note: personText(1, ASSESSMENT_LIMITS.note).nullable().default(null),
  /** Shown with the decision. */
  publicText: personText(1, ASSESSMENT_LIMITS.publicText).nullable().default(null),
  /** True: the author may put this right within the correction window. */
  authorMayCorrect: z.boolean().default(false),
  /** True until a person has looked: send it back as it came, or false once touched. */
  isPrefilled: z.boolean().default(false),
}
export const draftAnswerSchema = z.object(draftAnswerFields).meta({ id: 'DraftAnswer' })
export type DraftAnswer = z.infer<typeof draftAnswerSchema>

const wholeDkk = z.int().min(0).max(ASSESSMENT_LIMITS.unitPriceDkk)

export const estimateLineSchema = z
  .object({
    /** The element of the price catalogue it came from; null for a line of one's own. Its price is copied, so that it stays. */
    elementId: elementIdSchema.nullable().default(null),
    label: personLine(1, ASSESSMENT_LIMITS.label),
    unit: unitSchema,
    /** At most two decimals. */
    quantity: z
      .number()
      .min(0)
      .max(ASSESSMENT_LIMITS.quantity)
      .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, { message: 'more-than-two-decimals' }),
    unitPriceDkk: wholeDkk,
    /** Per unit. */
    runningCostDkkPerYear: wholeDkk,
    lifeYears: z.int().min(1).max(ASSESSMENT_LIMITS.lifeYears).nullable().default(null),
    paidBy: payerSchema.default('round'),
    keptBy: z.enum(['municipality', 'others']).default('municipality'),
  })
  .meta({ id: 'EstimateLine' })
export type EstimateLine = z.infer<typeof estimateLineSchema>

export const coFundingSchema = z
  .object({
    source: personLine(1, ASSESSMENT_LIMITS.label),
    amountDkk: amountDkkSchema,
    /** Only what is promised in writing lowers what the round pays. */
    isConfirmed: z.boolean(),
  })
  .meta({ id: 'CoFunding' })
export type CoFunding = z.infer<typeof coFundingSchema>

export const estimateSchema = z
  .object({
    lines: z.array(estimateLineSchema).max(ASSESSMENT_LIMITS.lines),
    coFunding: z.array(coFundingSchema).max(ASSESSMENT_LIMITS.coFunding),
    contingencyPercent: z.int().min(0).max(ASSESSMENT_LIMITS.contingencyPercent),
    runningYears: z.int().min(1).max(ASSESSMENT_LIMITS.runningYears),
  })
  .meta({ id: 'Estimate' })
export type Estimate = z.infer<typeof estimateSchema>

const byPayer = z.object({ round: z.int(), municipality: z.int(), others: z.int() })

/** Sums of an estimate in whole kroner; `totalsOf` in `rules/estimate.ts` makes the same on the page. */
export const totalsSchema = z
  .object({
    worksDkk: z.int(),
    contingencyDkk: z.int(),
    totalDkk: z.int(),
    /** What falls to whom, contingency included and before co-funding. */
    paidByDkk: byPayer,
    coFundingDkk: z.int(),
    confirmedCoFundingDkk: z.int(),
    /** What the district's share pays when only confirmed co-funding comes. */
    roundDkk: z.int(),
    /** The same when all co-funding comes. */
    roundWithAllCoFundingDkk: z.int(),
    runningCostDkkPerYear: z.int(),
    /** The part of it that falls to the municipality. */
    municipalRunningCostDkkPerYear: z.int(),
    /** Over `runningYears`. */
    runningCostDkk: z.int(),
    /** What must be bought anew within `runningYears` because its life is over. */
    renewalDkk: z.int(),
  })
  .meta({ id: 'EstimateTotals' })
export type Totals = z.infer<typeof totalsSchema>

export const assessmentDraftSchema = z
  .object({
    /** Version the draft was made from: 0 begins one. Another in the database answers 409 `assessment-conflict` with `current` and `yours`. */
    version: z.int().min(0),
    /** Version of the idea that was looked at. */
    ideaVersion: z.int().min(1),
    /** Every question at most once; those left out stay prefilled. */
    answers: z.array(draftAnswerSchema).max(60),
    estimate: estimateSchema,
    outcome: outcomeSchema.nullable(),
    publicReason: personText(ASSESSMENT_LIMITS.reasonMin, ASSESSMENT_LIMITS.reason).nullable(),
    /** How long the author may correct after the decision; null: not at all. */
    correctionDays: z.int().min(1).max(ASSESSMENT_LIMITS.correctionDays).nullable(),
  })
  .meta({ id: 'AssessmentDraft' })
export type AssessmentDraft = z.infer<typeof assessmentDraftSchema>

export const staffSchema = z.object({ personId: z.uuid(), displayName: z.string() }).meta({ id: 'StaffName' })
export const staffListSchema = z.object({ items: z.array(staffSchema.extend({ role: roleSchema })) }).meta({ id: 'StaffList' })

/** One assessment, for staff. */
export const assessmentSchema = z
  .object({
    /** Null and version 0: nobody has begun; the answers are what the check of the place prefills. */
    assessmentId: z.int().nullable(),
    occasion: occasionSchema,
    state: assessmentStateSchema,
    version: z.int(),
    ideaVersion: z.int(),
    /** Every question in order. */
    answers: z.array(
      z.object({ ...draftAnswerFields, note: z.string().nullable(), publicText: z.string().nullable(), basis: basisSchema }),
    ),
    estimate: estimateSchema,
    totals: totalsSchema,
    outcome: outcomeSchema.nullable(),
    publicReason: z.string().nullable(),
    correctionDays: z.int().nullable(),
    /** The check whose findings it keeps; null when the place was never checked. */
    check: z.object({ checkedAt: instantSchema, catalogueVersion: z.int() }).nullable(),
    /** Who wrote last, and at a submitted or decided one who answers for it. */
    assessor: staffSchema.nullable(),
    submittedAt: instantSchema.nullable(),
    approver: staffSchema.nullable(),
    decidedAt: instantSchema.nullable(),
    correctUntil: dateSchema.nullable(),
    appealUntil: dateSchema.nullable(),
    updatedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Assessment' })
export type Assessment = z.infer<typeof assessmentSchema>

export const assignmentSchema = z
  .object({
    assignee: staffSchema.nullable(),
    department: departmentSchema.nullable(),
    deadline: dateSchema.nullable(),
    /** The deadline is past and nothing is decided. */
    isOverdue: z.boolean(),
  })
  .meta({ id: 'Assignment' })
export type Assignment = z.infer<typeof assignmentSchema>

export const EVENT_KINDS = [
  'started',
  'saved',
  'findings-refreshed',
  'submitted',
  'returned',
  'decided',
  'corrected',
  'appealed',
  'reopened',
  'assigned',
] as const
export const eventKindSchema = z.enum(EVENT_KINDS)
export type EventKind = z.infer<typeof eventKindSchema>

export const timelineEntrySchema = z
  .object({
    kind: eventKindSchema,
    at: instantSchema,
    /** Null: whoever it was is no longer here. */
    by: staffSchema.nullable(),
    isAuthor: z.boolean(),
    assessmentId: z.int().nullable(),
    outcome: outcomeSchema.nullable(),
    /** Why it was returned, reopened, corrected or appealed. */
    text: z.string().nullable(),
    /** What a correction changed; empty for everything else. */
    corrected: z.array(ideaFieldSchema),
    assigned: assignmentSchema.omit({ isOverdue: true }).nullable(),
  })
  .meta({ id: 'AssessmentTimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const internalNoteSchema = z
  .object({
    noteId: z.int(),
    /** The note it answers. */
    replyTo: z.int().nullable(),
    text: z.string(),
    at: instantSchema,
    by: staffSchema.nullable(),
  })
  .meta({ id: 'InternalNote' })
export type InternalNote = z.infer<typeof internalNoteSchema>

export const newNoteSchema = z
  .object({ text: personText(1, ASSESSMENT_LIMITS.internalNote), replyTo: z.int().min(1).max(2_147_483_647).nullable().default(null) })
  .meta({ id: 'NewInternalNote' })

export const appealResultSchema = z.enum(['pending', 'upheld', 'changed'])

/** Everything the assessment page shows to staff. */
export const workspaceSchema = z
  .object({
    ideaId: z.int(),
    roundYear: z.int(),
    districtId: districtIdSchema,
    /** Version of the idea now; when `current.ideaVersion` is older, its author has changed it since. */
    ideaVersion: z.int(),
    /** The district's share of the round, to compare `totals.roundDkk` with. */
    shareDkk: z.int().nullable(),
    /** The open one; else the latest decided; else version 0 with the prefilled answers. */
    current: assessmentSchema,
    /** Decided before it, newest first. */
    earlier: z.array(assessmentSchema),
    /** There is a newer check of the place than the one `current` keeps. */
    hasNewerCheck: z.boolean(),
    appeal: z.object({ reason: z.string(), at: instantSchema, assessmentId: z.int(), result: appealResultSchema }).nullable(),
    assignment: assignmentSchema,
    timeline: z.array(timelineEntrySchema),
    notes: z.array(internalNoteSchema),
    /** What the person asking may do now. */
    may: z.object({ save: z.boolean(), submit: z.boolean(), approve: z.boolean(), return: z.boolean(), reopen: z.boolean() }),
  })
  .meta({ id: 'AssessmentWorkspace' })
export type Workspace = z.infer<typeof workspaceSchema>

export const versionSchema = z.object({ version: z.int().min(1) }).meta({ id: 'AssessmentVersion' })
const internalReason = personText(ASSESSMENT_LIMITS.returnReasonMin, ASSESSMENT_LIMITS.note)
export const returnSchema = z.object({ version: z.int().min(1), reason: internalReason }).meta({ id: 'AssessmentReturn' })
export const reopenSchema = z.object({ reason: internalReason }).meta({ id: 'AssessmentReopening' })

/** A decision as everybody may read it. */
export const decisionSchema = z
  .object({
    occasion: occasionSchema,
    outcome: outcomeSchema,
    publicReason: z.string().nullable(),
    /** Sentences of single questions that were written for the public. */
    sentences: z.array(z.object({ questionId: questionIdSchema, answer: answerSchema, text: z.string() })),
    /** Questions the author may put right. */
    correctable: z.array(questionIdSchema),
    decidedAt: instantSchema,
    ideaVersion: z.int(),
    correctUntil: dateSchema.nullable(),
    appealUntil: dateSchema.nullable(),
    totalDkk: z.int().nullable(),
    runningCostDkkPerYear: z.int().nullable(),
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof decisionSchema>

export const publicAssessmentSchema = z
  .object({
    ideaId: z.int(),
    /** `reconsidered`: decided, and looked at again after a correction, an appeal or by the municipality. */
    state: z.enum(['none', 'decided', 'reconsidered']),
    /** Null while nothing is decided: drafts are nobody's. */
    decision: decisionSchema.nullable(),
    earlier: z.array(decisionSchema),
    /** The idea was changed after the decision looked at it: what was decided is not of what stands there now. */
    ideaChanged: z.boolean(),
    appeal: z.object({ at: instantSchema, result: appealResultSchema }).nullable(),
    timeline: z.array(
      z.object({
        kind: z.enum(['decided', 'corrected', 'appealed', 'reopened']),
        at: instantSchema,
        by: z.enum(['author', 'municipality']),
        outcome: outcomeSchema.nullable(),
        corrected: z.array(ideaFieldSchema),
      }),
    ),
    /** What the person asking may do now; only ever true for the author. */
    may: z.object({ correct: z.boolean(), appeal: z.boolean() }),
  })
  .meta({ id: 'PublicAssessment' })
export type PublicAssessment = z.infer<typeof publicAssessmentSchema>

/** What the author puts right: any field of the idea, and a word to the assessor. `version` is the idea's. */
export const correctionSchema = ideaChangeSchema
  .extend({ message: personText(ASSESSMENT_LIMITS.reasonMin, ASSESSMENT_LIMITS.reason) })
  .meta({ id: 'Correction' })
export type Correction = z.infer<typeof correctionSchema>

export const newAppealSchema = z
  .object({ reason: personText(ASSESSMENT_LIMITS.reasonMin, ASSESSMENT_LIMITS.reason) })
  .meta({ id: 'NewAppeal' })

export const assessmentProblem = defineProblems({
  'assessment-conflict': 409,
  'assessment-phase-closed': 409,
  /** Not in the state for it: submitted already, decided already, not begun. */
  'assessment-not-open': 409,
  'idea-not-open': 409,
  'idea-changed': 409,
  /** A newer check of the place says something else than the one the assessment keeps. */
  'check-outdated': 409,
  'needs-second-person': 409,
  'same-assessor': 409,
  /** Nobody assesses what they proposed themselves (Forvaltningsloven § 3). */
  'own-idea': 409,
  'outcome-missing': 422,
  'reason-missing': 422,
  'answers-open': 422,
  'question-unknown': 422,
  'element-unknown': 422,
  'note-unknown': 422,
  'correction-closed': 409,
  'appeal-closed': 409,
  'already-appealed': 409,
  'not-the-author': 403,
})
