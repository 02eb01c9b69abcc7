import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { sessionSchema } from '../../server/accounts/contract.ts'
import { publicAssessmentSchema, questionListSchema } from '../../server/assessments/contract.ts'
import { constraintCatalogueSchema, layerVersionListSchema } from '../../server/constraints/contract.ts'
import { districtAtSchema, districtCollectionSchema } from '../../server/districts/contract.ts'
import { ideaFeatureCollectionSchema, ideaPageSchema, ideaSchema, nearListSchema } from '../../server/ideas/contract.ts'
import { installationCollectionSchema, installationListSchema } from '../../server/installations/contract.ts'
import { problemSchema } from '../../server/kernel/problem.ts'
import { publicConfigSchema } from '../../server/opendata/contract.ts'
import { PROBLEM_KINDS } from '../../server/opendata/openApi.ts'
import { placeListSchema } from '../../server/places/contract.ts'
import { elementPriceListSchema } from '../../server/prices/contract.ts'
import { projectListSchema, projectSchema } from '../../server/projects/contract.ts'
import { roundListSchema, roundSchema, shareListSchema } from '../../server/rounds/contract.ts'
import { tileJsonSchema } from '../../server/tiles/contract.ts'
import { sourceFiles } from '../architecture/sourceFiles.ts'
import { newIdea } from '../builders/idea.ts'
import { buildRound } from '../builders/round.ts'
import { type ApiDocument, type JsonSchema, type Operation, operationsOf, readApiDocument, resolveSchema } from '../setup/apiDocument.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

let t: TestApp
let document: ApiDocument
let operations: Operation[]
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  document = await readApiDocument(t)
  operations = operationsOf(document)
})
afterAll(() => t.close())

const named = ({ method, path }: Operation) => `${method} ${path}`

/** All schemas below one, references followed once. */
function schemasBelow(schema: JsonSchema, seen = new Set<JsonSchema>()): JsonSchema[] {
  const found = resolveSchema(document, schema)
  if (seen.has(found)) return []
  seen.add(found)
  const { properties, items, prefixItems = [], anyOf = [], oneOf = [], allOf = [], additionalProperties } = found
  const parts = [...Object.values(properties ?? {}), ...prefixItems, ...anyOf, ...oneOf, ...allOf]
  if (items) parts.push(items)
  if (typeof additionalProperties === 'object') parts.push(additionalProperties)
  return [found, ...parts.flatMap((part) => schemasBelow(part, seen))]
}

function schemasOf({ parameters, requestBody, responses }: Operation): JsonSchema[] {
  const contents = [
    ...Object.values(requestBody?.content ?? {}),
    ...Object.values(responses).flatMap(({ content }) => Object.values(content ?? {})),
  ]
  return [...parameters.map(({ schema }) => schema), ...contents.flatMap(({ schema }) => (schema ? [schema] : []))]
}

describe('the structure of the description', () => {
  it('names version, title and server', () => {
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d+$/),
      info: { title: expect.any(String), version: expect.any(String) },
    })
    expect(document.servers[0]?.url).toMatch(/^https?:\/\//)
  })

  it('declares exactly the parameters that stand in each path, all required', () => {
    for (const operation of operations) {
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(declared.map(({ name }) => name).sort(), named(operation)).toEqual(
        [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
      )
      expect(
        declared.every(({ required }) => required),
        named(operation),
      ).toBe(true)
      const all = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      expect(new Set(all).size, named(operation)).toBe(all.length)
    }
  })

  it('gives every operation one described tag, a summary and an answer that is right', () => {
    const tags = document.tags.map(({ name }) => name)
    for (const { tags: own, summary, responses, ...operation } of operations) {
      const name = `${operation.method} ${operation.path}`
      expect(own?.length, name).toBe(1)
      expect(tags, name).toContain(own[0])
      expect(summary.length, name).toBeGreaterThan(8)
      expect(
        Object.keys(responses).every((status) => /^[1-5]\d\d$/.test(status)),
        name,
      ).toBe(true)
      expect(
        Object.keys(responses).some((status) => /^[23]/.test(status)),
        name,
      ).toBe(true)
      for (const { description } of Object.values(responses)) expect(description.length, name).toBeGreaterThan(3)
    }
    expect(new Set(operations.map(named)).size).toBe(operations.length)
  })

  it('uses only words of JSON Schema 2020-12, never those of OpenAPI 3.0', () => {
    const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
    for (const schema of operations.flatMap(schemasOf).flatMap((one) => schemasBelow(one))) {
      const where = JSON.stringify(schema)
      expect(types, where).toEqual(expect.arrayContaining([schema.type ?? []].flat()))
      expect(schema, where).not.toHaveProperty('nullable')
      expect(typeof (schema as { exclusiveMinimum?: unknown }).exclusiveMinimum, where).not.toBe('boolean')
      expect(Object.keys(schema.properties ?? {}), where).toEqual(expect.arrayContaining(schema.required ?? []))
      expect(() => new RegExp(schema.pattern ?? '', 'u'), where).not.toThrow()
    }
  })
})

describe('the problems', () => {
  /** Every kind with the statuses it is answered with. */
  const everyKind = () => {
    const entries = [PROBLEM_KINDS.common, ...Object.values(PROBLEM_KINDS.byTag)].flatMap((table) => Object.entries(table))
    return new Map(entries.map(([kind]) => [kind, entries.filter(([other]) => other === kind).map(([, status]) => status)]))
  }

  it('are named under each status that may carry them', () => {
    for (const operation of operations) {
      for (const [status, response] of Object.entries(operation.responses).filter(([code]) => Number(code) >= 400)) {
        expect(Object.keys(response.content ?? {}), `${named(operation)} ${status}`).toEqual(['application/problem+json'])
        expect(response['x-problem-kinds']?.length, `${named(operation)} ${status}`).toBeGreaterThan(0)
        for (const kind of response['x-problem-kinds'] ?? []) expect(everyKind().has(kind), kind).toBe(true)
      }
    }
  })

  it.each([
    // OGC API Features wants 400 where the house says 422.
    [
      '422',
      'takes something',
      ({ path, parameters, requestBody }: Operation) => !path.startsWith('/ogc') && (parameters.length > 0 || requestBody !== undefined),
    ],
    ['400', 'is of OGC API Features', ({ path }: Operation) => path.startsWith('/ogc')],
    ['400', 'takes a body', ({ requestBody }: Operation) => requestBody !== undefined],
    ['403', 'writes', ({ method }: Operation) => method !== 'GET'],
    [
      '401',
      'writes in a person’s name',
      // A place is asked about with a body, because a geometry is too long for an address, a code because addresses are
      // written down; nothing is written.
      ({ method, path }: Operation) =>
        method !== 'GET' && path.startsWith('/api/') && !path.startsWith('/api/feasibility/') && !path.endsWith('/code'),
    ],
    ['503', 'needs the database', ({ path }: Operation) => path !== '/healthz'],
  ])('include %s wherever an operation %s', (status, _when, applies) => {
    for (const operation of operations.filter(applies)) expect(Object.keys(operation.responses), named(operation)).toContain(status)
  })

  it('of every room are in the list', () => {
    const listed = everyKind()
    const tables = sourceFiles('server/**/*.ts').flatMap(({ text }) => [...text.matchAll(/defineProblems\(\{([^}]*)\}\)/g)])
    const declared = tables.flatMap(([, table]) => [...(table as string).matchAll(/'([a-z-]+)': (\d{3})/g)])
    expect(declared.length).toBeGreaterThan(20)
    for (const [, kind, status] of declared) expect(listed.get(kind as string), kind).toContain(Number(status))
  })
})

describe('real answers', () => {
  async function samples(): Promise<[string, z.ZodType][]> {
    const citizen = await t.signIn('citizen')
    const created = await t.send('POST', '/api/rounds/2026/ideas', { as: citizen, body: newIdea() })
    const { ideaId } = await bodyOf(created)
    const { items: projects } = await t.read('/api/rounds/2018/projects')
    return [
      ['/api/session', sessionSchema],
      ['/api/rounds', roundListSchema],
      ['/api/rounds/2017', roundSchema],
      ['/api/rounds/2018/shares', shareListSchema],
      ['/api/rounds/2017/projects', projectListSchema],
      [`/api/projects/${projects[0].projectId}`, projectSchema],
      ['/api/districts', districtCollectionSchema],
      ['/api/districts/at?lng=12.3618&lat=55.7338', districtAtSchema],
      ['/api/rounds/2026/ideas', ideaPageSchema],
      ['/api/rounds/2026/ideas.geojson', ideaFeatureCollectionSchema],
      [`/api/ideas/${ideaId}`, ideaSchema],
      [`/api/ideas/${ideaId}/assessment`, publicAssessmentSchema],
      ['/api/assessment-questions', questionListSchema],
      ['/api/prices', elementPriceListSchema],
      ['/api/ideas/near?lng=12.3618&lat=55.7338&radiusM=2000&q=legeplads', nearListSchema],
      ['/api/installations', installationListSchema],
      ['/api/installations.geojson', installationCollectionSchema],
      ['/api/places?q=station', placeListSchema],
      ['/api/constraint-layers', constraintCatalogueSchema],
      ['/api/constraint-layers/par3/versions', layerVersionListSchema],
      ['/api/config', publicConfigSchema],
      ['/tiles/ideas.json', tileJsonSchema],
    ]
  }

  it('are what their contracts say, member by member, and nothing more', async () => {
    for (const [path, schema] of await samples()) {
      const response = await t.send('GET', path)
      expect([path, response.status]).toEqual([path, 200])
      const body = await bodyOf(response)
      const read = schema.safeParse(body)
      expect(read.error?.issues ?? [], path).toEqual([])
      // A member the contract does not name would be dropped by reading.
      expect(read.data, path).toEqual(body)
    }
  })

  it('that refuse are problems', async () => {
    for (const path of ['/api/rounds/1999', '/api/rounds/2099', '/api/ideas/2147483647', '/api/nothing', '/api/districts/at?lng=1&lat=1']) {
      const response = await t.send('GET', path)
      expect(response.headers.get('content-type'), path).toBe('application/problem+json')
      expect(problemSchema.parse(await bodyOf(response)).status, path).toBe(response.status)
    }
  })
})
