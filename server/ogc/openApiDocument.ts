import { CRS_URIS, DEFAULT_LIMIT, MAX_LIMIT } from './contract.ts'
import type { Ask } from './links.ts'
import { MEDIA_TYPES } from './links.ts'
import type { DescribedCollection, PublishedColumn } from './publishedTypes.ts'
import { type ColumnKind, kindsOf } from './rules.ts'
import { type TextKey, textIn } from './texts.ts'

type Json = Record<string, unknown>

const SCHEMAS: Readonly<Record<ColumnKind, Json>> = {
  text: { type: 'string', nullable: true },
  integer: { type: 'integer', nullable: true },
  number: { type: 'number', nullable: true },
  boolean: { type: 'boolean', nullable: true },
  day: { type: 'string', format: 'date', nullable: true },
  instant: { type: 'string', format: 'date-time', nullable: true },
  list: { type: 'array', items: {}, nullable: true },
  json: { nullable: true },
  geometry: { nullable: true },
}

const reference = (name: string) => ({ $ref: `#/components/parameters/${name}` })
const crsSchema = { type: 'string', format: 'uri', enum: Object.values(CRS_URIS), default: CRS_URIS.CRS84 }

/** Schemas of the parameters every collection has, by name. */
const PARAMETER_SCHEMAS = {
  f: { type: 'string', enum: ['json', 'html'] },
  lang: { type: 'string', enum: ['da', 'en'] },
  limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
  bbox: {
    type: 'array',
    items: { type: 'number' },
    oneOf: [
      { minItems: 4, maxItems: 4 },
      { minItems: 6, maxItems: 6 },
    ],
  },
  'bbox-crs': crsSchema,
  crs: crsSchema,
  datetime: { type: 'string' },
  after: { type: 'string' },
  before: { type: 'string' },
} as const

function parameterOf(ask: Ask, name: keyof typeof PARAMETER_SCHEMAS): Json {
  const isList = name === 'bbox'
  return {
    name,
    in: 'query',
    required: false,
    description: textIn(ask.language, `parameters.${name}`),
    schema: PARAMETER_SCHEMAS[name],
    ...(isList ? { style: 'form', explode: false } : {}),
  }
}

function answers(ask: Ask, title: string, types: Record<string, Json>): Json {
  return {
    200: { description: title, content: { ...types, [MEDIA_TYPES.html]: { schema: { type: 'string' } } } },
    400: { description: `${textIn(ask.language, 'answer')} 400`, content: { 'application/problem+json': { schema: { type: 'object' } } } },
  }
}

function operation(ask: Ask, id: string, tag: TextKey, title: string, parameters: Json[], types: Record<string, Json>): Json {
  return { get: { operationId: id, tags: [textIn(ask.language, tag)], summary: title, parameters, responses: answers(ask, title, types) } }
}

function propertiesOf(ask: Ask, columns: readonly PublishedColumn[]): Json {
  const shown = columns.filter(({ kind }) => kind !== 'geometry')
  return Object.fromEntries(
    shown.map(({ name, kind, description }) => [name, { ...SCHEMAS[kind], description: description[ask.language] }]),
  )
}

function propertyParameters(ask: Ask, { collection, view }: DescribedCollection): Json[] {
  const kinds = kindsOf(view.columns)
  return collection.queryables.map((name) => {
    const { nullable: _nullable, ...schema } = SCHEMAS[kinds.get(name) ?? 'text']
    return { name, in: 'query', required: false, description: textIn(ask.language, 'parameters.property'), schema }
  })
}

function pathsOf(ask: Ask, described: DescribedCollection): Json {
  const { id, title } = described.collection
  const path = `/collections/${id}`
  const name = title[ask.language]
  const feature = { $ref: `#/components/schemas/${id}` }
  const common = [reference('f'), reference('lang')]
  const asked = Object.keys(PARAMETER_SCHEMAS)
    .filter((parameter) => parameter !== 'f' && parameter !== 'lang')
    .map(reference)
  const itemId = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } }
  const list = {
    type: 'object',
    properties: { type: { type: 'string', enum: ['FeatureCollection'] }, features: { type: 'array', items: feature } },
  }
  return {
    [path]: operation(ask, `describe.${id}`, 'collections', name, common, { [MEDIA_TYPES.json]: { schema: { type: 'object' } } }),
    [`${path}/items`]: operation(ask, `items.${id}`, 'items', name, [...common, ...asked, ...propertyParameters(ask, described)], {
      [MEDIA_TYPES.geojson]: { schema: list },
    }),
    [`${path}/items/{featureId}`]: operation(ask, `item.${id}`, 'item', name, [itemId, ...common, reference('crs')], {
      [MEDIA_TYPES.geojson]: { schema: feature },
    }),
  }
}

function schemaOf(ask: Ask, { view }: DescribedCollection): Json {
  return {
    type: 'object',
    required: ['type', 'id', 'geometry', 'properties'],
    properties: {
      type: { type: 'string', enum: ['Feature'] },
      id: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
      geometry: { type: 'object', nullable: true },
      properties: { type: 'object', properties: propertiesOf(ask, view.columns) },
    },
  }
}

/** The description of this service in the version of OpenAPI its standard asks for, with every collection by name. @source OpenAPI 3.0.3 */
export function describeApi(ask: Ask, config: { municipality: string }, collections: readonly DescribedCollection[]) {
  const t = (key: TextKey) => textIn(ask.language, key, config)
  const common = [reference('f'), reference('lang')]
  const json = { [MEDIA_TYPES.json]: { schema: { type: 'object' } } }
  return {
    openapi: '3.0.3',
    info: { title: t('title'), version: '1.0.0', description: t('description') },
    servers: [{ url: ask.base }],
    paths: {
      '/': operation(ask, 'landing', 'home', t('home'), common, json),
      '/conformance': operation(ask, 'conformance', 'conformance', t('conformance'), common, json),
      '/api': operation(ask, 'api', 'api', t('api'), common, { [MEDIA_TYPES.openapi]: { schema: { type: 'object' } } }),
      '/collections': operation(ask, 'collections', 'collections', t('collections'), common, json),
      ...Object.assign({}, ...collections.map((one) => pathsOf(ask, one))),
    } as Record<string, { get: { summary: string; parameters: { name?: string; $ref?: string }[] } }>,
    components: {
      parameters: Object.fromEntries(
        (Object.keys(PARAMETER_SCHEMAS) as (keyof typeof PARAMETER_SCHEMAS)[]).map((name) => [name, parameterOf(ask, name)]),
      ),
      schemas: Object.fromEntries(collections.map((one) => [one.collection.id, schemaOf(ask, one)])),
    },
  }
}
export type ApiDescription = ReturnType<typeof describeApi>
