import { z } from 'zod'
import { categorySchema } from '../kernel/categories.ts'
import { pointSchema } from '../kernel/geometry.ts'
import { districtIdSchema, slugSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { reducedDateSchema } from '../kernel/time.ts'

export const OUTCOMES = ['won', 'lost', 'unknown'] as const
export const POSITION_ACCURACIES = ['exact', 'approximate'] as const

export const fundingSchema = z.object({ funder: z.string(), amountDkk: amountDkkSchema.nullable() }).meta({ id: 'Funding' })

/** A project of a round: what one district voted on. Unknown is null and shown as "ikke oplyst". */
export const projectSchema = z
  .object({
    projectId: slugSchema,
    roundYear: z.int(),
    districtId: districtIdSchema.nullable(),
    districtName: z.string().nullable(),
    title: z.string(),
    description: z.string(),
    category: categorySchema,
    placeText: z.string().nullable(),
    geometry: pointSchema.nullable(),
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
    installationId: slugSchema.nullable(),
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof projectSchema>
export const projectListSchema = z.object({ items: z.array(projectSchema) }).meta({ id: 'ProjectList' })
export const projectIdParamSchema = z.object({ id: slugSchema })
