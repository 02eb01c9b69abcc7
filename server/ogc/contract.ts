import { z } from 'zod'

/** The same words in both languages of the house. */
export interface TwoTexts {
  da: string
  en: string
}
export const LANGUAGES = ['da', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const DEFAULT_LIMIT = 100
export const MAX_LIMIT = 10_000

/** Reference systems by the names the standard gives them; the first is the default. */
export const CRS_URIS = {
  CRS84: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  'EPSG:25832': 'http://www.opengis.net/def/crs/EPSG/0/25832',
  'EPSG:4326': 'http://www.opengis.net/def/crs/EPSG/0/4326',
} as const
export type CrsName = keyof typeof CRS_URIS

/** What this server truly meets. */
export const CONFORMANCE = [
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
] as const

export const linkSchema = z
  .object({
    href: z.string(),
    rel: z.string(),
    type: z.string(),
    title: z.string().optional(),
    hreflang: z.enum(LANGUAGES).optional(),
  })
  .meta({ id: 'OgcLink' })
export type Link = z.infer<typeof linkSchema>

export const landingSchema = z.object({ title: z.string(), description: z.string(), links: z.array(linkSchema) }).meta({ id: 'OgcLanding' })
export type Landing = z.infer<typeof landingSchema>

export const conformanceSchema = z.object({ conformsTo: z.array(z.string()), links: z.array(linkSchema) }).meta({ id: 'OgcConformance' })

export const collectionSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    itemType: z.literal('feature'),
    extent: z.object({
      spatial: z.object({ bbox: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])), crs: z.string() }).optional(),
      temporal: z.object({ interval: z.array(z.tuple([z.string().nullable(), z.string().nullable()])), trs: z.string() }).optional(),
    }),
    crs: z.array(z.string()),
    storageCrs: z.string(),
    links: z.array(linkSchema),
  })
  .meta({ id: 'OgcCollection' })
export type Collection = z.infer<typeof collectionSchema>

export const collectionListSchema = z
  .object({ links: z.array(linkSchema), crs: z.array(z.string()), collections: z.array(collectionSchema) })
  .meta({ id: 'OgcCollections' })
export type CollectionList = z.infer<typeof collectionListSchema>

const featureFields = {
  type: z.literal('Feature'),
  id: z.union([z.string(), z.int()]),
  /** GeoJSON in the system asked for; null where nobody knows the place. */
  geometry: z.record(z.string(), z.unknown()).nullable(),
  properties: z.record(z.string(), z.unknown()),
}
/** Names the system for readers that see the body only; absent where GeoJSON's own holds, or latitude comes first. */
const bodyCrsSchema = z.object({ type: z.literal('name'), properties: z.object({ name: z.string() }) }).optional()

export const featureSchema = z.object({ ...featureFields, crs: bodyCrsSchema, links: z.array(linkSchema) }).meta({ id: 'OgcFeature' })
export type Feature = z.infer<typeof featureSchema>

export const featureCollectionSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    crs: bodyCrsSchema,
    numberMatched: z.int(),
    numberReturned: z.int(),
    links: z.array(linkSchema),
    features: z.array(z.object(featureFields)),
  })
  .meta({ id: 'OgcFeatureCollection' })
export type FeatureCollection = z.infer<typeof featureCollectionSchema>

export const collectionParamSchema = z.object({ collectionId: z.string().max(80).meta({ example: 'ideas' }) })
export const itemParamSchema = collectionParamSchema.extend({ featureId: z.string().max(200).meta({ example: '12' }) })

const viewFields = {
  f: z.string().optional().meta({ description: 'json or html; otherwise the header Accept decides' }),
  lang: z.string().optional().meta({ description: 'da or en; otherwise the header Accept-Language decides' }),
}
const crsField = {
  crs: z
    .string()
    .optional()
    .meta({ description: `One of ${Object.values(CRS_URIS).join(', ')}` }),
}
export const viewQuerySchema = z.object(viewFields)
export const itemQuerySchema = z.object({ ...viewFields, ...crsField })
/** Read anew by the rules, which also know the properties a collection may be asked by. */
export const itemsQuerySchema = z.object({
  ...viewFields,
  ...crsField,
  limit: z
    .string()
    .optional()
    .meta({ description: `1 to ${MAX_LIMIT}, ${DEFAULT_LIMIT} when not given` }),
  bbox: z.string().optional().meta({ description: 'Four or six numbers in the axis order of bbox-crs' }),
  'bbox-crs': z.string().optional().meta({ description: 'Like crs' }),
  datetime: z.string().optional().meta({ description: 'An instant, a day or an interval (RFC 3339; .. is open)' }),
  after: z.string().optional().meta({ description: 'Features after this one; from a link "next"' }),
  before: z.string().optional().meta({ description: 'Features before this one; from a link "prev"' }),
})
