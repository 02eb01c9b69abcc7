import { z } from 'zod'
import { lngLatQuerySchema } from '../districts/contract.ts'
import { pictureSchema } from '../files/contract.ts'
import { categorySchema } from '../kernel/categories.ts'
import { placeGeometrySchema, sentGeometrySchema } from '../kernel/geometry.ts'
import { districtIdSchema, ideaIdSchema, slugSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { limitSchema } from '../kernel/page.ts'
import { defineProblems } from '../kernel/problem.ts'
import { personLine, personText } from '../kernel/text.ts'
import { instantSchema } from '../kernel/time.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'
import { IDEA_LIMITS } from './limits.ts'

/** `hidden` is set by moderation and never leaves the server. */
export const PUBLIC_IDEA_STATUSES = ['submitted', 'withdrawn'] as const
export const ideaStatusSchema = z.enum(PUBLIC_IDEA_STATUSES)
export type IdeaStatus = z.infer<typeof ideaStatusSchema>

const ideaFields = {
  title: personLine(IDEA_LIMITS.titleMin, IDEA_LIMITS.title),
  description: personText(IDEA_LIMITS.descriptionMin, IDEA_LIMITS.description),
  category: categorySchema,
  /** Looked at here, measured by PostGIS afterwards. */
  geometry: sentGeometrySchema,
  wishedAmountDkk: z.int().min(1).max(IDEA_LIMITS.wishedAmountDkk).nullable().default(null),
  accessibilityNote: personText(1, IDEA_LIMITS.note).nullable().default(null),
  upkeepNote: personText(1, IDEA_LIMITS.note).nullable().default(null),
  /** Pictures the same person uploaded before, in the order to show them. */
  pictureIds: z.array(z.uuid()).max(IDEA_LIMITS.pictures).default([]),
}

export const newIdeaSchema = z.object(ideaFields).meta({ id: 'NewIdea' })
export type NewIdea = z.infer<typeof newIdeaSchema>
/** What a person writes of an idea, by the names it is sent with. */
export const ideaFieldSchema = newIdeaSchema.keyof()
export type IdeaField = z.infer<typeof ideaFieldSchema>

export const ideaChangeSchema = z
  .object({
    /** The version the change was made from; another version in the database answers 409 `edit-conflict` with both. */
    version: z.int().min(1),
    title: ideaFields.title.optional(),
    description: ideaFields.description.optional(),
    category: ideaFields.category.optional(),
    geometry: ideaFields.geometry.optional(),
    wishedAmountDkk: ideaFields.wishedAmountDkk.unwrap().optional(),
    accessibilityNote: ideaFields.accessibilityNote.unwrap().optional(),
    upkeepNote: ideaFields.upkeepNote.unwrap().optional(),
    pictureIds: ideaFields.pictureIds.unwrap().optional(),
  })
  .meta({ id: 'IdeaChange' })
export type IdeaChange = z.infer<typeof ideaChangeSchema>

export const withdrawalSchema = z.object({ version: z.int().min(1) }).meta({ id: 'Withdrawal' })

/** Line of a list: enough for a card and a pin. */
export const ideaSummarySchema = z
  .object({
    ideaId: z.int(),
    roundYear: z.int(),
    title: z.string(),
    /** First 200 characters of the description. */
    excerpt: z.string(),
    category: categorySchema,
    status: ideaStatusSchema,
    districtId: districtIdSchema,
    districtName: z.string(),
    spansDistricts: z.array(districtIdSchema),
    /** A point on the geometry where its pin stands, lon/lat. */
    labelPoint: z.tuple([z.number(), z.number()]),
    wishedAmountDkk: amountDkkSchema.nullable(),
    picture: pictureSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'IdeaSummary' })
export type IdeaSummary = z.infer<typeof ideaSummarySchema>

export const ideaPageSchema = z
  .object({ items: z.array(ideaSummarySchema), next: z.string().nullable(), total: z.int().nullable() })
  .describe('`total` counts all matches; null on later pages')
  .meta({ id: 'IdeaPage' })

export const ideaEventSchema = z
  .object({ kind: z.enum(['submitted', 'changed', 'withdrawn', 'district-reassigned']), at: instantSchema, version: z.int() })
  .meta({ id: 'IdeaEvent' })

/** What the author of a merged idea was asked and answered; only they see it. */
const ownConsentSchema = z.object({
  askedAt: instantSchema,
  answer: z.enum(['yes', 'no']).nullable(),
  note: z.string().nullable(),
  answeredAt: instantSchema.nullable(),
})

/** A project the idea went into. */
export const ideaProjectSchema = z
  .object({
    projectId: slugSchema,
    title: z.string(),
    districtId: districtIdSchema,
    districtName: z.string(),
    state: z.enum(['planned', 'shortlisted', 'withdrawn']),
    /** False: the idea was split off again, or the project was withdrawn. */
    isActive: z.boolean(),
    /** Other ideas are in it too. */
    isMerged: z.boolean(),
    /** Null for everybody but the author, and when there was nothing to ask. */
    consent: ownConsentSchema.nullable(),
  })
  .meta({ id: 'IdeaProject' })
export type IdeaProject = z.infer<typeof ideaProjectSchema>

/** How an idea ended beside the projects; null while nobody decided. */
export const ideaOutcomeSchema = z
  .object({
    kind: z.enum(['not-taken-forward', 'withdrawn-in-favour']),
    /** Public; always there for `not-taken-forward`. */
    reason: z.string().nullable(),
    projectId: slugSchema.nullable(),
    projectTitle: z.string().nullable(),
    at: instantSchema,
  })
  .meta({ id: 'IdeaOutcome' })
export type IdeaOutcome = z.infer<typeof ideaOutcomeSchema>

export const outcomeReasonSchema = z.object({ reason: personText(5, 1000) }).meta({ id: 'OutcomeReason' })

export const ideaSchema = ideaSummarySchema
  .extend({
    description: z.string(),
    geometry: placeGeometrySchema,
    accessibilityNote: z.string().nullable(),
    upkeepNote: z.string().nullable(),
    authorName: z.string().nullable(),
    isMine: z.boolean(),
    /** True when the person asking may change or withdraw it now. */
    mayChange: z.boolean(),
    isDemo: z.boolean(),
    /** The round it belongs to, in words. */
    roundTitle: z.string().nullable(),
    roundTheme: z.string(),
    version: z.int(),
    updatedAt: instantSchema,
    pictures: z.array(pictureSchema),
    history: z.array(ideaEventSchema),
    lengthM: z.number().nullable(),
    areaM2: z.number().nullable(),
    outcome: ideaOutcomeSchema.nullable(),
    /** The projects it went into, those it left again included. */
    projects: z.array(ideaProjectSchema),
  })
  .meta({ id: 'Idea' })
export type Idea = z.infer<typeof ideaSchema>

export const bboxSchema = z
  .string()
  .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/)
  .transform((text) => text.split(',').map(Number) as [number, number, number, number])
  .refine(([west, south, east, north]) => west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90)
  .meta({ description: 'west,south,east,north in degrees (EPSG:4326)', example: '12.35,55.72,12.38,55.74' })

const ideaFilterFields = {
  district: districtIdSchema.optional(),
  category: categorySchema.optional(),
  status: ideaStatusSchema.optional().meta({ description: 'default: submitted' }),
  q: personLine(1, 200).optional(),
  bbox: bboxSchema.optional(),
}

export const ideaListQuerySchema = z.object({
  ...ideaFilterFields,
  cursor: z.string().max(200).optional(),
  limit: limitSchema,
})
export const ideaMapQuerySchema = z.object(ideaFilterFields)
export type IdeaFilter = z.infer<typeof ideaMapQuerySchema>

/** At most so many features in one answer of `ideas.geojson`; `truncated` says when there are more. */
export const MAP_FEATURE_LIMIT = 10_000

export const ideaFeatureCollectionSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    truncated: z.boolean(),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.int(),
        properties: z.object({
          ideaId: z.int(),
          title: z.string(),
          category: categorySchema,
          status: ideaStatusSchema,
          districtId: districtIdSchema,
          wishedAmountDkk: amountDkkSchema.nullable(),
          lng: z.number(),
          lat: z.number(),
        }),
        geometry: placeGeometrySchema,
      }),
    ),
  })
  .meta({ id: 'IdeaFeatureCollection' })
export type IdeaFeatureCollection = z.infer<typeof ideaFeatureCollectionSchema>

export const nearQuerySchema = lngLatQuerySchema.extend({
  radiusM: writtenNumber(z.int().min(1).max(5000)).default(300),
  q: personLine(1, 200).optional(),
})

/** Something that stands or was proposed nearby: ideas, and projects of earlier rounds. */
export const nearItemSchema = z
  .object({
    kind: z.enum(['idea', 'project']),
    ideaId: z.int().nullable(),
    projectId: slugSchema.nullable(),
    roundYear: z.int(),
    title: z.string(),
    category: categorySchema,
    districtId: districtIdSchema.nullable(),
    outcome: z.enum(['won', 'lost', 'unknown']).nullable(),
    distanceM: z.number().nullable(),
    /** Likeness of the words, 0–1 (pg_trgm); null when no words were given. */
    likeness: z.number().nullable(),
  })
  .meta({ id: 'NearItem' })
export type NearItem = z.infer<typeof nearItemSchema>
export const nearListSchema = z.object({ items: z.array(nearItemSchema) }).meta({ id: 'NearList' })

export const ideaIdParamSchema = z.object({ id: ideaIdSchema })

export const ideaProblem = defineProblems({
  'picture-unknown': 422,
  'phase-closed': 409,
  'edit-conflict': 409,
  'already-withdrawn': 409,
  'idea-in-project': 409,
  'idea-settled': 409,
  'idea-not-settled': 409,
})
