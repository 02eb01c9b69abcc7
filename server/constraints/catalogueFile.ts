import { z } from 'zod'
import { constraintLayerSchema } from './contract.ts'

/** Attributes of a feature that mean something to us; null where there is none. Names are compared without regard to capitals. */
export const attributeMappingSchema = z.strictObject({
  sourceId: z.string().min(1).nullable(),
  label: z.string().min(1).nullable(),
  /**
   * The rule bites only where the attribute has one of these values; the other features still count as coverage.
   * A feature without the attribute is one where it bites, so that a renamed attribute never turns a place green.
   */
  appliesWhen: z.strictObject({ attribute: z.string().min(1), in: z.array(z.union([z.string(), z.number()])).min(1) }).nullable(),
  /** Day of the extract, where features carry it. Never their last change: a register read today is as new as today, however long it stood still. */
  datasetDate: z.string().min(1).nullable(),
})
export type AttributeMapping = z.infer<typeof attributeMappingSchema>

/** A machine-readable service that holds a layer, or a part of it: the parts of all services of a layer make its one dataset. */
export const layerServiceSchema = z.strictObject({
  kind: z.enum(['wfs', 'ogc-api-features']),
  /** Address of the service without a query; capabilities or collections are read from there first. */
  url: z.url({ protocol: /^https?$/ }),
  /** Names the layer goes by, the most likely first: the first that the service offers is read. */
  typeNames: z.array(z.string().min(1)).min(1),
  /** Filter in CQL, for example `komnr=151`. */
  cql: z.string().min(1).optional(),
  /** Ask only for the box around the municipality. */
  useBbox: z.boolean(),
  attributes: attributeMappingSchema,
})
export type LayerService = z.infer<typeof layerServiceSchema>

/** A layer as `data/constraints/catalogue.json` states it. */
export const catalogueEntrySchema = constraintLayerSchema
  .omit({ version: true, data: true })
  .extend({ services: z.array(layerServiceSchema) })
  .strict()
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>

export const catalogueFileSchema = z.strictObject({ layers: z.array(catalogueEntrySchema).min(1) })

/** The services of a layer from the column `constraint_layer.source`; none when it names none. */
export function servicesOf(source: unknown): LayerService[] {
  return z.object({ services: z.array(layerServiceSchema).default([]) }).parse(source).services
}
