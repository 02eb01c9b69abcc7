import fc from 'fast-check'
import { type ApiDocument, type JsonSchema, type Operation, type Parameter, resolveSchema } from './apiDocument.ts'

type Text = string

/** A request as it goes out; `body` is text or bytes, so that it can be anything. */
export interface FuzzRequest {
  actor: 'visitor' | 'citizen'
  operation: string
  method: string
  /** Path and query, escaped as far as the fuzzer wants it. */
  target: Text
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | { file: Uint8Array<ArrayBuffer>; fileName: string; altText: string | null } | null
}

/** Values that exist, by the name of the parameter or member, so that requests get past the first look. */
export type KnownValues = Record<string, readonly unknown[]>

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

const nastyTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud83d',
  '\u202e\u2066',
  '\ufffe',
  '\u0007',
  '\n',
  'æ'.repeat(3001),
  'x'.repeat(40_000),
  '👩‍👩‍👧‍👦'.repeat(60),
  "'; drop table idea; --",
  '{{7*7}}',
  '%s%n',
  '%',
  '_',
  '\\',
  '\\u0000',
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  '__proto__',
  'null',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '9'.repeat(400),
  '0x7f',
  '٣',
  'ﬁ',
  'İ',
  '2026-02-30',
  '00000000-0000-0000-0000-000000000000',
  ':*',
  '& |',
  '!!',
  '( )',
  "a' b",
]
const nastyNumbers = [0, -0, -1, 1.5, 2 ** 31, 2 ** 31 - 1, 2 ** 53, -(2 ** 53), 1e308, -1e308, 5e-324, 180.0000001, 1e21]

/** Anything that is not what was asked for. */
export function nastyValue(): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: fc.constantFrom<unknown>(...nastyTexts), weight: 5 },
    { arbitrary: fc.constantFrom<unknown>(...nastyNumbers), weight: 4 },
    {
      arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { toString: 1 }, { length: 1 }, nested(40), nested(900)),
      weight: 4,
    },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 2 },
    { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 2 },
  )
}

const degrees = fc.oneof(
  { arbitrary: fc.tuple(fc.double({ min: 12.3, max: 12.42, noNaN: true }), fc.double({ min: 55.71, max: 55.76, noNaN: true })), weight: 6 },
  { arbitrary: fc.tuple(fc.double({ min: -200, max: 200 }), fc.double({ min: -100, max: 100 })), weight: 1 },
  { arbitrary: fc.constantFrom<[number, number]>([55.73, 12.36], [0, 0], [12.36, 90], [1e308, -1e308], [12.36, 55.73]), weight: 1 },
)

/** Places: plausible ones, thin and crossing ones, and what is none at all. */
function anyGeometry(): fc.Arbitrary<unknown> {
  const closed = fc.array(degrees, { minLength: 3, maxLength: 8 }).map((ring) => [...ring, ring[0]])
  const small = degrees.chain(([lng, lat]) =>
    fc
      .array(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 })), { minLength: 3, maxLength: 6 })
      .map((steps) => {
        const ring = steps.map(([east, north]) => [lng + east / 100_000, lat + north / 100_000])
        return [...ring, ring[0]]
      }),
  )
  return fc.oneof(
    { arbitrary: degrees.map((coordinates) => ({ type: 'Point', coordinates })), weight: 4 },
    { arbitrary: fc.array(degrees, { maxLength: 6 }).map((coordinates) => ({ type: 'LineString', coordinates })), weight: 2 },
    { arbitrary: small.map((ring) => ({ type: 'Polygon', coordinates: [ring] })), weight: 4 },
    { arbitrary: fc.array(closed, { minLength: 1, maxLength: 3 }).map((coordinates) => ({ type: 'Polygon', coordinates })), weight: 2 },
    {
      arbitrary: fc.constantFrom<unknown>(
        { type: 'GeometryCollection', geometries: [] },
        { type: 'MultiPoint', coordinates: [[12.36, 55.73]] },
        { type: 'Point', coordinates: [12.36, 55.73, 4] },
        { type: 'Point', coordinates: [] },
        { type: 'Point', coordinates: { length: 2, 0: 12.36, 1: 55.73 } },
        { type: 'Point', coordinates: ['12.36', '55.73'] },
        { type: 'Polygon', coordinates: [] },
        { type: 'Polygon', coordinates: [[]] },
        {
          type: 'Polygon',
          coordinates: [
            [
              [12.36, 55.73],
              [12.36, 55.73],
              [12.36, 55.73],
              [12.36, 55.73],
            ],
          ],
        },
        { type: 'LineString', coordinates: Array.from({ length: 600 }, (_, index) => [12.36 + index / 1e5, 55.73]) },
        { type: 'Point', coordinates: [12.36, 55.73], crs: { type: 'name', properties: { name: 'EPSG:25832' } } },
        { type: ['Point'], coordinates: [12.36, 55.73] },
      ),
      weight: 3,
    },
  )
}

/** A value as the schema wants it, near enough. */
export function valueFor(document: ApiDocument, given: JsonSchema, known: KnownValues, name = ''): fc.Arbitrary<unknown> {
  const isPlace = given.$ref === '#/components/schemas/PlaceGeometry'
  const fitting = isPlace ? anyGeometry() : bySchema(document, resolveSchema(document, given), known)
  const existing = known[name]
  return existing
    ? fc.oneof({ arbitrary: fc.constantFrom(...existing), weight: isPlace ? 1 : 4 }, { arbitrary: fitting, weight: 1 })
    : fitting
}

function numberFor({ type, minimum = -(2 ** 31), maximum = 2 ** 31 - 1 }: JsonSchema): fc.Arbitrary<unknown> {
  const isWhole = [type].flat().includes('integer')
  return isWhole ? fc.integer({ min: minimum, max: maximum }) : fc.double({ min: minimum, max: maximum, noNaN: true })
}

function textFor({ enum: words, format, pattern, minLength = 0, maxLength = 60 }: JsonSchema): fc.Arbitrary<unknown> {
  if (words) return fc.constantFrom(...words)
  if (format === 'uuid') return fc.uuid()
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  return fc.lorem({ mode: 'sentences', maxCount: 2 }).map((text) => text.padEnd(minLength, 'å').slice(0, maxLength))
}

function bySchema(document: ApiDocument, schema: JsonSchema, known: KnownValues): fc.Arbitrary<unknown> {
  const { properties, items = {} } = schema
  const [type] = [schema.type ?? 'string'].flat()
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => valueFor(document, choice, known)))
  if (properties) {
    const members = Object.entries(properties).map(([name, member]) => [name, valueFor(document, member, known, name)])
    return fc.record(Object.fromEntries(members), { requiredKeys: (schema.required ?? []) as never[] })
  }
  if (type === 'array') return fc.array(valueFor(document, items, known), { maxLength: schema.maxItems ?? 5 })
  if (type === 'integer' || type === 'number') return numberFor(schema)
  return type === 'boolean' ? fc.boolean() : textFor(schema)
}

/** Puts something nasty at one place of a value: over it, beside it, or takes the place away. */
function spoil(value: unknown, path: readonly number[], nasty: unknown, how: number): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return nasty
  const keys = Object.keys(value)
  const key = keys[step % Math.max(keys.length, 1)]
  if (key === undefined) return nasty
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  if (rest.length > 0) copy[key] = spoil(copy[key], rest, nasty, how)
  else if (how === 0) delete copy[key]
  else if (how === 1) copy[`${key}'`] = nasty
  else if (how === 2) copy[key] = [copy[key]]
  else copy[key] = nasty
  return copy
}

function spoiled(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const wound = fc.tuple(fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), nastyValue(), fc.nat(6))
  const wounds = fc.oneof(fc.constant<[number[], unknown, number][]>([]), fc.array(wound, { maxLength: 2 }))
  return fc.tuple(value, wounds).map(([whole, all]) => all.reduce((current, [path, nasty, how]) => spoil(current, path, nasty, how), whole))
}

const brokenTexts = [
  '',
  '{',
  '{"a":',
  'null',
  '[]',
  '"text"',
  'undefined',
  'NaN',
  '{"title":NaN}',
  "{'a':1}",
  '{"a":1,}',
  '\ufeff{}',
  '{"__proto__":{"role":"admin"}}',
  '{"title":"a","title":"b"}',
  '{"constructor":{"prototype":{"x":1}}}',
  `${'['.repeat(20_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '{"a":1e9999}',
  '{"version":1}{"version":1}',
  '\0',
  'a=1&b=2',
  '<xml/>',
  `"${'x'.repeat(300_000)}"`,
]
const brokenBytes = [
  [0xff, 0xfe, 0x7b, 0],
  [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d],
  [0xed, 0xa0, 0x80],
  [0x1f, 0x8b, 8, 0, 0, 0],
].map((bytes) => new Uint8Array(bytes))
const contentTypes = [
  'text/plain',
  'application/xml',
  '',
  'application/json; charset=utf-16',
  'application/json;',
  'APPLICATION/JSON',
  'application/merge-patch+json',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json, text/html',
  'a/b/c',
  ';',
]

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}

type Sent = Pick<FuzzRequest, 'body' | 'headers'>
const asJson = { 'Content-Type': 'application/json' }

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='

function formBody(): fc.Arbitrary<Sent> {
  const file = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.constant(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])),
    fc.constant(new Uint8Array(Buffer.from(onePixel, 'base64'))),
  )
  const altText = fc.oneof(fc.constant('Et billede af søen'), fc.constant(null), fc.constantFrom(...nastyTexts))
  const fileName = fc.constantFrom('foto.jpg', '../../foto.jpg', 'a\0.png', '"; x="', 'æ'.repeat(400), '')
  return fc.record({ file, fileName, altText }).map((form) => ({ headers: {}, body: { ...form, file: new Uint8Array(form.file) } }))
}

function bodyFor(document: ApiDocument, operation: Operation, known: KnownValues): fc.Arbitrary<Sent> {
  const content = operation.requestBody?.content ?? {}
  const schema = content['application/json']?.schema
  const rubbish = fc.record({
    headers: fc.oneof(
      fc.constant(asJson),
      fc.constantFrom(...contentTypes).map((type) => ({ 'Content-Type': type }) as Record<string, string>),
    ),
    body: fc.oneof(
      fc.constantFrom<string | Uint8Array<ArrayBuffer>>(...brokenTexts, ...brokenBytes),
      fc.string({ unit: 'binary', maxLength: 80 }),
    ),
  })
  if (schema) {
    const right = spoiled(valueFor(document, schema, known)).map((value): Sent => ({ headers: asJson, body: json(value) }))
    return fc.oneof({ arbitrary: right, weight: 5 }, { arbitrary: rubbish, weight: 1 })
  }
  if (content['multipart/form-data']) return fc.oneof({ arbitrary: formBody(), weight: 3 }, { arbitrary: rubbish, weight: 1 })
  return operation.method === 'GET' ? fc.constant({ headers: {}, body: null }) : fc.oneof(fc.constant({ headers: {}, body: null }), rubbish)
}

/** Text for an address: escaped as it should be, or not quite. */
function escaped(value: unknown): fc.Arbitrary<string> {
  const text = encodeURIComponent((typeof value === 'string' ? value : json(value)).toWellFormed().slice(0, 4_000))
  const wrong = ['%', '%zz', '%00', '%c0%af', '%ed%a0%80', '%ff', '..%2f..', '%25%32%66', '%0d%0aX-A:%20b', `${text}%`, `${text}%00`]
  return fc.oneof({ arbitrary: fc.constant(text), weight: 8 }, { arbitrary: fc.constantFrom(...wrong), weight: 1 })
}

function parameterText(document: ApiDocument, parameter: Parameter, known: KnownValues): fc.Arbitrary<string> {
  const fitting = valueFor(document, parameter.schema, known, parameter.name)
  return fc.oneof({ arbitrary: fitting, weight: 3 }, { arbitrary: nastyValue(), weight: 1 }).chain(escaped)
}

function targetFor(document: ApiDocument, { path, parameters }: Operation, known: KnownValues): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const inPath = names.map((name) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    return parameterText(document, parameter ?? { name, in: 'path', schema: {} }, known)
  })
  const pair = (parameter: Parameter) => parameterText(document, parameter, known).map((value) => `${parameter.name}=${value}`)
  const inQuery = parameters
    .filter((one) => one.in === 'query')
    .map((one) => fc.array(pair(one), { maxLength: 1, ...(one.required ? { minLength: 1 } : {}) }))
  const odd = fc.constantFrom(
    'limit=1&limit=2',
    'lng=12.36&lng=0',
    'q[]=a',
    'q[$ne]=1',
    '=',
    '&&',
    'a',
    'bbox=,,,',
    '%=%',
    'cursor=MQ',
    '__proto__=1',
    `x=${'y'.repeat(5_000)}`,
  )
  return fc.tuple(fc.tuple(...inPath), fc.tuple(...inQuery), fc.array(odd, { maxLength: 1 })).map(([values, pairs, oddities]) => {
    const filled = names.reduce((text, name, index) => text.replace(`{${name}}`, () => values[index] as string), path)
    const query = [...pairs.flat(), ...oddities].join('&')
    return query === '' ? filled : `${filled}?${query}`
  })
}

const oddHeaders: Record<string, string>[] = [
  {},
  {},
  {},
  {},
  { 'Idempotency-Key': 'a'.repeat(101) },
  { 'Idempotency-Key': 'æøå-æøå-æøå' },
  { 'Idempotency-Key': 'one-key-for-all' },
  { 'If-None-Match': '*, W/"", "' },
  { 'Accept-Encoding': 'gzip;q=0, *;q=2, br;;,' },
  { Range: 'bytes=9-1,-0' },
  { 'X-Request-Id': '../../etc' },
  { 'X-Forwarded-For': '::1%eth0, 999.1.1.1, ,' },
  { Accept: 'text/html' },
  { Cookie: 'session=%ff; session=; =;' },
  { 'Content-Encoding': 'gzip' },
  { Referer: 'not an address' },
  { 'X-HTTP-Method-Override': 'DELETE' },
]

/** What every citizen may write comes most: most other writes are refused before they are read. */
function weightOf({ method, path }: Operation): number {
  if (method === 'POST' && path === '/api/rounds/{year}/ideas') return 40
  return method === 'GET' ? 1 : 4
}

/** Requests from wrong in one place to wrong in every place, over every operation of the description. */
export function fuzzRequests(document: ApiDocument, operations: Operation[], known: KnownValues): fc.Arbitrary<FuzzRequest> {
  const weighted = operations.flatMap((operation) => Array<Operation>(weightOf(operation)).fill(operation))
  return fc.constantFrom(...weighted).chain((operation) => {
    const method = fc.oneof(
      { arbitrary: fc.constant(operation.method), weight: 20 },
      { arbitrary: fc.constantFrom('PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD'), weight: 1 },
    )
    return fc
      .tuple(
        fc.constantFrom('visitor' as const, 'citizen' as const, 'citizen' as const),
        method,
        targetFor(document, operation, known),
        bodyFor(document, operation, known),
        fc.constantFrom(...oddHeaders),
      )
      .map(([actor, chosen, target, sent, odd]) => ({
        actor,
        operation: `${operation.method} ${operation.path}`,
        method: chosen,
        target,
        headers: { ...sent.headers, ...odd },
        body: chosen === 'GET' || chosen === 'HEAD' ? null : sent.body,
      }))
  })
}

/** The request as a line for a shell, to be tried again by hand. */
export function asCurl(request: FuzzRequest, origin: string): string {
  const quote = (text: string) =>
    `$'${text.replaceAll(/[\\']/g, '\\$&').replaceAll(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`
  const { body, headers, method, target } = request
  const lines = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
  if (typeof body === 'string') lines.push(`--data-binary ${quote(body.length > 2_000 ? `${body.slice(0, 2_000)}…` : body)}`)
  else if (body instanceof Uint8Array)
    lines.push(`--data-binary $'${[...body].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`)
  else if (body) lines.push(`-F file=@${body.file.length}-bytes -F ${quote(`altText=${body.altText}`)}`)
  return `# as ${request.actor}, ${request.operation}\ncurl -i -X ${method} ${quote(origin + target)} ${lines.join(' ')}`
}
