import { z } from 'zod'
import { categorySchema } from '../kernel/categories.ts'
import { placeGeometrySchema } from '../kernel/geometry.ts'
import { districtIdSchema, slugSchema, yearSchema } from '../kernel/ids.ts'
import { limitSchema } from '../kernel/page.ts'
import { defineProblems } from '../kernel/problem.ts'
import { personText } from '../kernel/text.ts'
import { instantSchema } from '../kernel/time.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'

/** Nearer than this two things are a pair when nothing else is asked. @unit metres */
export const DEFAULT_DISTANCE_M = 25
export const MAX_DISTANCE_M = 500

export const CONFLICT_STATES = ['open', 'confirmed', 'cleared'] as const
export const conflictStateSchema = z.enum(CONFLICT_STATES)
export type ConflictState = z.infer<typeof conflictStateSchema>

/** Names a thing: `idea:12`, `project:2026-baenke`, `installation:2018-haren`. */
export const conflictRefSchema = z
  .string()
  .max(100)
  .regex(/^(idea:[1-9]\d{0,8}|(project|installation):[a-z0-9]+(-[a-z0-9]+)*)$/)
  .meta({ example: 'idea:12' })

/** One of the two things. */
export const conflictThingSchema = z
  .object({
    ref: conflictRefSchema,
    kind: z.enum(['idea', 'project', 'installation']),
    ideaId: z.int().nullable(),
    projectId: slugSchema.nullable(),
    installationId: slugSchema.nullable(),
    /** Null for installations. */
    roundYear: z.int().nullable(),
    title: z.string(),
    category: categorySchema,
    districtId: districtIdSchema.nullable(),
    geometry: placeGeometrySchema,
    labelPoint: z.tuple([z.number(), z.number()]),
  })
  .meta({ id: 'ConflictThing' })
export type ConflictThing = z.infer<typeof conflictThingSchema>

export const conflictDecisionSchema = z
  .object({
    version: z.int(),
    state: z.enum(['confirmed', 'cleared']),
    reason: z.string(),
    deciderName: z.string(),
    decidedAt: instantSchema,
    /** One of the two has moved since: the pair is open again. */
    isOutdated: z.boolean(),
  })
  .meta({ id: 'ConflictDecision' })
export type ConflictDecision = z.infer<typeof conflictDecisionSchema>

/** Two things that overlap or are close. Each pair comes once; ideas stand before projects, projects before installations. */
export const conflictSchema = z
  .object({
    first: conflictThingSchema,
    second: conflictThingSchema,
    /** 0 when they touch or overlap. */
    distanceM: z.number(),
    /** Area both share; null unless both are polygons. */
    overlapM2: z.number().nullable(),
    state: conflictStateSchema,
    /** The newest decision, outdated ones included. */
    decision: conflictDecisionSchema.nullable(),
  })
  .meta({ id: 'Conflict' })
export type Conflict = z.infer<typeof conflictSchema>

export const conflictListSchema = z
  .object({
    /** One page; overlaps first, the largest first, then by distance. */
    items: z.array(conflictSchema),
    /** Cursor of the next page; null on the last. */
    next: z.string().nullable(),
    distanceM: z.number(),
    /** How many there are by state, whatever `state` and the page say. */
    counts: z.object({ open: z.int(), confirmed: z.int(), cleared: z.int() }),
  })
  .meta({ id: 'ConflictList' })
export type ConflictList = z.infer<typeof conflictListSchema>

export const conflictQuerySchema = z.object({
  year: yearSchema,
  distanceM: writtenNumber(z.number().min(0).max(MAX_DISTANCE_M)).default(DEFAULT_DISTANCE_M),
  state: conflictStateSchema.optional(),
  /** Pairs in which something of the round lies in this district. */
  district: districtIdSchema.optional(),
  cursor: z.string().max(300).optional(),
  limit: limitSchema,
})

export const conflictPairQuerySchema = z.object({ first: conflictRefSchema, second: conflictRefSchema })

export const newConflictDecisionSchema = z
  .object({
    first: conflictRefSchema,
    second: conflictRefSchema,
    /** Version of the newest decision seen, 0 when there was none; another one in the database answers 409 `conflict-decided` with it. */
    version: z.int().min(0).max(1_000_000),
    state: z.enum(['confirmed', 'cleared']),
    reason: personText(5, 1000),
  })
  .meta({ id: 'NewConflictDecision' })
export type NewConflictDecision = z.infer<typeof newConflictDecisionSchema>

/** All decisions on a pair, first to last. */
export const conflictHistorySchema = z.object({ items: z.array(conflictDecisionSchema) }).meta({ id: 'ConflictHistory' })

export const conflictProblem = defineProblems({
  /** The two are no pair: one of them is not there or settled, or they are farther apart than 500 m. */
  'conflict-unknown': 404,
  'conflict-decided': 409,
})
