import { z } from 'zod'
import { installationTypeSchema } from '../kernel/installationTypes.ts'
import { defineProblems } from '../kernel/problem.ts'
import { severitySchema } from '../kernel/severity.ts'
import { personLine } from '../kernel/text.ts'
import { dateSchema, instantSchema } from '../kernel/time.ts'
import { LAYER_LIMITS } from './limits.ts'

/** Slug of a layer of the catalogue, for example `par3`. */
export const layerIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)
  .meta({ example: 'par3' })

/** How far the data of a layer can be trusted. Only `fresh` and `stale` count as checked. */
export const LAYER_STATUSES = ['fresh', 'stale', 'never-loaded', 'failed'] as const
export const layerStatusSchema = z.enum(LAYER_STATUSES)
export type LayerStatus = z.infer<typeof layerStatusSchema>

/** Why a load failed, as `failure.kind` of a layer's data says it; the page has words for each. */
export const LOAD_FAILURE_KINDS = [
  // The file, or what a service sent.
  ...(['not-found', 'not-readable', 'too-large', 'unsafe-archive', 'no-such-layer', 'several-layers'] as const),
  ...(['no-coordinate-system', 'no-features', 'attribute-missing', 'too-detailed', 'not-mendable'] as const),
  // What is in it, held against what was expected.
  ...(['wrong-coordinates', 'outside-municipality', 'count-fell'] as const),
  // The service.
  ...(['service-away', 'service-refused', 'service-answer', 'private-address', 'layer-not-in-service', 'pages-differ'] as const),
  // The load itself.
  ...(['already-loading', 'taken-over', 'unknown-layer', 'not-mapped', 'no-service', 'internal-error'] as const),
] as const
const loadFailureKindSchema = z.enum(LOAD_FAILURE_KINDS)
export type LoadFailureKind = z.infer<typeof loadFailureKindSchema>

/** Severity per kind of installation. */
export const severitiesSchema = z.record(installationTypeSchema, severitySchema).meta({ id: 'Severities' })
export type Severities = z.infer<typeof severitiesSchema>

const inBoth = (schema: z.ZodType<string>) => z.object({ da: schema, en: schema })
const twoTexts = inBoth(z.string())

/** The data of a layer as it is now. */
export const layerDataSchema = z
  .object({
    status: layerStatusSchema,
    /** Day the data describes, as its publisher says; null when nobody said. */
    datasetDate: dateSchema.nullable(),
    loadedAt: instantSchema.nullable(),
    featureCount: z.int().nullable(),
    source: z.string().nullable(),
    /** Invented data of the demo: "eksempeldata, ikke rigtige". */
    isDemo: z.boolean(),
    checksum: z.string().nullable(),
    attemptedAt: instantSchema.nullable(),
    /** Why the last load failed, as a kind and the loader's own sentence, which is technical and English. */
    failure: z.object({ kind: loadFailureKindSchema, detail: z.string() }).nullable(),
  })
  .meta({ id: 'LayerData' })
export type LayerData = z.infer<typeof layerDataSchema>

/** One layer of the catalogue: the rule, what it means, where its data comes from and how old that is. */
export const constraintLayerSchema = z
  .object({
    layerId: layerIdSchema,
    /** Order in the catalogue. */
    layerNumber: z.int(),
    /** Step of the planner's order of work: 1 owner, 2 zone and plan, 3 absolute protection, 4 lines, 5 soil water roads utilities, 6 permit, 7 upkeep. */
    workOrder: z.int().min(1).max(7),
    name: twoTexts,
    law: twoTexts,
    lawUrl: z.url().nullable(),
    rule: twoTexts,
    authority: twoTexts,
    waitingWeeks: z.int().nullable(),
    /** False: the rule follows the kind of installation; there is no map of it. */
    isMapped: z.boolean(),
    relation: z.enum(['inside', 'within']),
    distanceM: z.number(),
    warnM: z.number(),
    needsCoverage: z.boolean(),
    staleAfterDays: z.int(),
    isShareable: z.boolean(),
    attribution: z.string().nullable(),
    source: z.object({ dataset: z.string(), service: z.string().nullable(), layer: z.string().nullable(), note: z.string().nullable() }),
    /** What was read in a source, what is from memory, what is judgement. */
    verification: z.object({ law: z.string(), layer: z.string(), severities: z.string() }),
    severities: severitiesSchema,
    citizenText: twoTexts,
    plannerText: twoTexts,
    /** Number of the version of severities and texts. */
    version: z.int(),
    data: layerDataSchema,
  })
  .meta({ id: 'ConstraintLayer' })
export type ConstraintLayer = z.infer<typeof constraintLayerSchema>

export const constraintCatalogueSchema = z
  .object({ catalogueVersion: z.int(), items: z.array(constraintLayerSchema) })
  .meta({ id: 'ConstraintCatalogue' })
export type ConstraintCatalogue = z.infer<typeof constraintCatalogueSchema>

const sentence = {
  citizen: personLine(LAYER_LIMITS.textMin, LAYER_LIMITS.citizenText),
  planner: personLine(LAYER_LIMITS.textMin, LAYER_LIMITS.plannerText),
}

export const layerChangeSchema = z
  .object({
    /** The version the change was made from; another one in the database answers 409 `layer-edit-conflict` with both. */
    version: z.int().min(1),
    severities: severitiesSchema.optional(),
    citizenText: inBoth(sentence.citizen).optional(),
    plannerText: inBoth(sentence.planner).optional(),
    reason: personLine(LAYER_LIMITS.reasonMin, LAYER_LIMITS.reason),
  })
  .meta({ id: 'LayerChange' })
export type LayerChange = z.infer<typeof layerChangeSchema>

export const layerVersionSchema = z
  .object({
    version: z.int(),
    severities: severitiesSchema,
    citizenText: twoTexts,
    plannerText: twoTexts,
    editorName: z.string(),
    editedAt: instantSchema,
    reason: z.string(),
  })
  .meta({ id: 'LayerVersion' })
export type LayerVersion = z.infer<typeof layerVersionSchema>
export const layerVersionListSchema = z.object({ items: z.array(layerVersionSchema) }).meta({ id: 'LayerVersionList' })

export const layerParamSchema = z.object({ layerId: layerIdSchema })

/** A load that waits for its turn or is under way. */
export const layerLoadSchema = z
  .object({
    layerId: layerIdSchema,
    status: z.enum(['queued', 'running']),
    /** Since when it waits, or since when it runs. */
    startedAt: instantSchema,
    /** Features fetched or staged so far. */
    featureCount: z.int(),
  })
  .meta({ id: 'LayerLoad' })
export type LayerLoad = z.infer<typeof layerLoadSchema>

export const layerProgressSchema = z
  .object({
    layerId: layerIdSchema,
    /** Whether a load can be asked for, or why not. */
    reload: z.enum(['possible', 'no-service', 'loading-off']),
    /** Null when nothing waits or is under way. */
    load: layerLoadSchema.nullable(),
  })
  .meta({ id: 'LayerProgress' })
export type LayerProgress = z.infer<typeof layerProgressSchema>

export const constraintProblem = defineProblems({
  'already-loading': 409,
  'layer-has-no-service': 409,
  'layer-loading-off': 409,
  'layer-edit-conflict': 409,
  'nothing-changed': 422,
})
