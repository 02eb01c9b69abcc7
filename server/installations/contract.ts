import { z } from 'zod'
import { categorySchema } from '../kernel/categories.ts'
import { pointSchema } from '../kernel/geometry.ts'
import { districtIdSchema, slugSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { reducedDateSchema } from '../kernel/time.ts'
import { fundingSchema, POSITION_ACCURACIES } from '../projects/contract.ts'

/** A finished thing in the landscape. One installation may come from several projects. */
export const installationSchema = z
  .object({
    installationId: slugSchema,
    title: z.string(),
    description: z.string(),
    districtId: districtIdSchema,
    districtName: z.string(),
    category: categorySchema,
    placeText: z.string().nullable(),
    geometry: pointSchema,
    positionAccuracy: z.enum(POSITION_ACCURACIES),
    opened: reducedDateSchema,
    openedText: z.string().nullable(),
    openedYear: z.int(),
    /** Sum of the awards of its projects; null when one of them is unknown. */
    awardedDkk: amountDkkSchema.nullable(),
    totalCostDkk: amountDkkSchema.nullable(),
    funding: z.array(fundingSchema),
    projects: z.array(z.object({ projectId: slugSchema, roundYear: z.int(), title: z.string(), awardedDkk: amountDkkSchema.nullable() })),
  })
  .meta({ id: 'Installation' })
export type Installation = z.infer<typeof installationSchema>
export const installationListSchema = z.object({ items: z.array(installationSchema) }).meta({ id: 'InstallationList' })

export const installationCollectionSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: slugSchema,
        properties: installationSchema.omit({ geometry: true, projects: true, funding: true }),
        geometry: pointSchema,
      }),
    ),
  })
  .meta({ id: 'InstallationCollection' })
