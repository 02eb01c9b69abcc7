import { z } from 'zod'
import { layerIdSchema, layerStatusSchema } from '../constraints/contract.ts'
import { placeGeometrySchema, sentGeometrySchema } from '../kernel/geometry.ts'
import { districtIdSchema } from '../kernel/ids.ts'
import { installationTypeSchema } from '../kernel/installationTypes.ts'
import { severitySchema, verdictSchema } from '../kernel/severity.ts'
import { dateSchema, instantSchema } from '../kernel/time.ts'

export const languageQuerySchema = z.object({ language: z.enum(['da', 'en']).default('da') })

export const checkRequestSchema = z
  .object({
    geometry: sentGeometrySchema,
    /** Without it the worst over all kinds counts. */
    installationType: installationTypeSchema.nullable().default(null),
  })
  .meta({ id: 'FeasibilityRequest' })
export type CheckRequest = z.infer<typeof checkRequestSchema>

/** `inside`: interior meets interior. Otherwise `near`, touching included (distance 0). */
export const relationSchema = z.enum(['inside', 'near'])

/** One rule that bites or nearly bites at the place. */
export const findingSchema = z
  .object({
    layerId: layerIdSchema,
    name: z.string(),
    relation: relationSchema,
    distanceM: z.number(),
    /** Area both share; null for points and lines. */
    overlapM2: z.number().nullable(),
    /** Length both share; null for points and polygons. */
    overlapM: z.number().nullable(),
    severity: severitySchema,
    law: z.string(),
    lawUrl: z.string().nullable(),
    authority: z.string(),
    waitingWeeks: z.int().nullable(),
    workOrder: z.int(),
    citizenText: z.string(),
    plannerText: z.string(),
    /** Invented data of the demo. */
    isDemo: z.boolean(),
    /** The nearest ones first, at most 20. */
    features: z.array(z.object({ id: z.string(), label: z.string().nullable(), datasetDate: dateSchema.nullable() })),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof findingSchema>

/** A duty that follows the kind of installation wherever it stands; no map shows it. */
export const dutySchema = findingSchema
  .pick({
    layerId: true,
    name: true,
    severity: true,
    law: true,
    lawUrl: true,
    authority: true,
    waitingWeeks: true,
    workOrder: true,
    citizenText: true,
    plannerText: true,
  })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof dutySchema>

export const checkResultSchema = z
  .object({
    district: z.object({ districtId: districtIdSchema, name: z.string() }).nullable(),
    installationType: installationTypeSchema.nullable(),
    /** Worst severity that counts; see decision 0011. */
    verdict: verdictSchema,
    /** True when anything was not checked: `clear` then reads "nothing found in the layers we have". */
    partial: z.boolean(),
    /** Worst first, then in the planner's order of work. */
    findings: z.array(findingSchema),
    duties: z.array(dutySchema),
    notChecked: z.array(layerIdSchema),
    datasets: z.array(
      z.object({
        layerId: layerIdSchema,
        name: z.string(),
        status: layerStatusSchema,
        datasetDate: dateSchema.nullable(),
        loadedAt: instantSchema.nullable(),
        featureCount: z.int().nullable(),
        isDemo: z.boolean(),
      }),
    ),
    /** First day the work could begin when every permit is asked for today; null when the verdict is `stop`. */
    earliestStart: dateSchema.nullable(),
    catalogueVersion: z.int(),
    checkedAt: instantSchema,
  })
  .meta({ id: 'FeasibilityResult' })
export type CheckResult = z.infer<typeof checkResultSchema>

export const betterPlaceSchema = z
  .object({
    /** Null: nowhere within 300 m in the same district is it milder. */
    place: z.object({ geometry: placeGeometrySchema, distanceM: z.number(), verdict: verdictSchema, partial: z.boolean() }).nullable(),
  })
  .meta({ id: 'BetterPlace' })
export type BetterPlace = z.infer<typeof betterPlaceSchema>

/** What was found at an idea's place when it was sent, and what new data or another place has changed since. */
export const ideaFeasibilitySchema = z
  .object({
    submission: checkResultSchema.nullable(),
    latest: checkResultSchema.nullable(),
    /** Layers that appeared, went or changed severity between the two. */
    changes: z.array(
      z.object({
        layerId: layerIdSchema,
        name: z.string(),
        before: severitySchema.nullable(),
        after: severitySchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'IdeaFeasibility' })
export type IdeaFeasibility = z.infer<typeof ideaFeasibilitySchema>
