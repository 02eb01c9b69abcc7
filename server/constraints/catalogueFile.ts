import { z } from 'zod'

const attributeName = z.string().min(1).max(100)

/** How the attributes of a source become those of a layer. Names are compared without regard to capitals. */
export const attributeMappingSchema = z.object({
  sourceId: attributeName.nullable(),
  label: attributeName.nullable(),
  /** Without it the rule bites in every feature. */
  appliesWhen: z.object({ attribute: attributeName, in: z.array(z.union([z.string(), z.number()])).min(1) }).nullable(),
  /** Attribute with the day a feature describes; the latest is the data set's. */
  datasetDate: attributeName.nullable(),
})
export type AttributeMapping = z.infer<typeof attributeMappingSchema>

/** A service a layer is loaded from: `constraint_layer.source.services`. Several are joined into one data set. */
export const layerServiceSchema = z.object({
  kind: z.enum(['wfs', 'ogc-api-features']),
  url: z.url({ protocol: /^https?$/ }),
  /** Names of the feature type or collection, the wanted one first: they have moved and may move again. */
  typeNames: z.array(z.string().min(1)).min(1),
  cql: z.string().min(1).optional(),
  useBbox: z.boolean(),
  attributes: attributeMappingSchema,
})
export type LayerService = z.infer<typeof layerServiceSchema>

const sourceSchema = z.looseObject({ services: z.array(layerServiceSchema).default([]) })

/** The services of a layer's `source` column; none when it names none. */
export function servicesOf(source: unknown): LayerService[] {
  return sourceSchema.parse(source).services
}
