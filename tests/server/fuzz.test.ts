import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROBLEM_KINDS } from '../../server/opendata/openApi.ts'
import { decideIdea } from '../builders/assessment.ts'
import { newIdea } from '../builders/idea.ts'
import { buildRound } from '../builders/round.ts'
import { type ApiDocument, type Operation, operationsOf, readApiDocument } from '../setup/apiDocument.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { digestWrites } from '../setup/dataDigest.ts'
import { asCurl, type FuzzRequest, fuzzRequests, type KnownValues } from '../setup/fuzzRequests.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123)
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1_200)
const PATIENCE_MS = 10_000
// What requests leave behind that change nothing: counted requests and sign-ins on their way.
const TRACES = ['rate_limit', 'sign_in_attempt']

// Answered before it is known which operation is meant.
const anywhere = ['not-found', 'cross-site-request', 'too-large']
const isSignOut = (request: FuzzRequest) => request.operation.endsWith('/sign-out')
const digestNow = () => digestWrites(t.deps.db, { except: TRACES })

const kinds = new Map([PROBLEM_KINDS.common, ...Object.values(PROBLEM_KINDS.byTag)].flatMap((table) => Object.entries(table)))
const internals =
  /\bat \S+ \(|:\d+:\d+\)|node_modules|node:|\/(work|home|usr|tmp|root|var|server)\/|\.ts\b|\bselect\b.+\bfrom\b|insert into|kysely|\bpg\b|postgres|pglite|relation "|column "|syntax error|invalid input syntax|\bST_|SQLSTATE|WebAssembly|TypeError|\[object/i

const inSkovlunde = { type: 'Point', coordinates: [12.401, 55.7207] }

let t: TestApp
let document: ApiDocument
let operations: Operation[]
let citizen: SignedIn
let planner: SignedIn
let known: KnownValues
beforeAll(async () => {
  // Nothing listens there, so no identity provider either.
  t = await createTestApp({ BASE_URL: 'http://localhost:9' })
  await buildRound(t.deps.db, { year: 2026 })
  document = await readApiDocument(t)
  operations = operationsOf(document)
  citizen = await t.signIn('citizen')
  planner = await t.signIn('planner')
  const anybody = await t.signIn('planner')
  const create = async (as: SignedIn) =>
    (await bodyOf(await t.send('POST', '/api/rounds/2026/ideas', { as, body: newIdea() }))).ideaId as number
  const ideaIds = [await create(citizen), await create(citizen), await create(anybody)]
  // One that was decided, so that its author may correct and appeal.
  const [assessor, approver] = [await t.signIn('planner'), await t.signIn('organiser')]
  const draft = { outcome: 'needs-information', publicReason: 'Hvor præcis skal den stå?', correctionDays: 10 } as const
  await decideIdea(t, { ideaId: ideaIds[0] as number, assessor, approver, draft })
  const pictureIds = await Promise.all([citizen, citizen, anybody].map(addPicture))
  const organiser = await t.signIn('organiser')
  const projectIds = await Promise.all(
    [ideaIds, ideaIds.slice(1)].map(async (ids, index) => {
      const body = { districtId: ['ballerup-syd', 'skovlunde'][index], ideaIds: ids, ...(index === 1 ? { geometry: inSkovlunde } : {}) }
      const response = await t.send('POST', '/api/rounds/2026/projects', { as: organiser, body })
      expect(response.status, await response.clone().text()).toBe(201)
      return (await bodyOf(response)).projectId as string
    }),
  )
  known = {
    year: [2026, 2026, 2026, 2018],
    id: [...ideaIds, ...projectIds, (await t.read('/api/rounds/2018/projects')).items[0].projectId],
    ideaId: ideaIds,
    ideaIds: [ideaIds, [ideaIds[0]], []],
    projectId: [...projectIds, 'no-such-project'],
    districtId: ['ballerup-syd', 'skovlunde', 'atlantis'],
    answer: ['yes', 'no'],
    state: ['planned', 'shortlisted', 'withdrawn', 'a'.repeat(43)],
    reason: ['De hører sammen.'],
    first: ideaIds.map((id) => `idea:${id}`),
    second: [...projectIds.map((id) => `project:${id}`), 'idea:1'],
    version: [1, 1, 2],
    geometry: [
      newIdea().geometry,
      {
        type: 'LineString',
        coordinates: [
          [12.36, 55.73],
          [12.361, 55.7305],
        ],
      },
    ],
    layerId: ['par3', 'lokalplan'],
    questionId: ['land-ownership', 'soil', 'horoscope'],
    elementId: ['baenk', null, 'rumraket'],
    assigneeId: [planner.personId, citizen.personId, null],
    pictureId: pictureIds,
    pictureIds: [[], [pictureIds[0]], pictureIds],
    file: ['320.webp', '800.avif'],
    lng: [12.3618],
    lat: [55.7338],
    cursor: [btoa('2026-05-04T10:00:00Z,12'), 'MjAyNi0wNS0wNFQxMDowMDowMFosMTI'],
    returnTo: ['/ideer/ny', '//evil.example', 'https://evil.example'],
    bbox: ['12.3,55.7,12.4,55.8', '-180,-90,180,90'],
    collectionId: ['ideas', 'ideas', 'projects', 'districts', 'constraints-par3'],
    featureId: ['1', 'maaloev', '99999999999'],
    crs: ['http://www.opengis.net/def/crs/EPSG/0/25832', 'http://www.opengis.net/def/crs/EPSG/0/4326'],
    datetime: ['2026-05-04/..', '2026-05-04T10:00:00Z', '../..'],
    f: ['json', 'html', 'xml'],
    q: ['bænk', 'station', "l'a & b:* | !c"],
  }
})
afterAll(() => t.close())

async function addPicture({ personId }: SignedIn): Promise<string> {
  const pictureId = randomUUID()
  const row = {
    picture_id: pictureId,
    person_id: personId,
    alt_text: 'Søen',
    status: 'ready',
    width: 10,
    height: 10,
    created_at: t.clock.now(),
  }
  await t.deps.db.insertInto('picture').values(row).execute()
  return pictureId
}

function formOf({ file, fileName, altText }: Extract<FuzzRequest['body'], { file: unknown }>): FormData {
  const form = new FormData()
  form.append('file', new File([file], fileName))
  if (altText !== null) form.append('altText', altText)
  return form
}

async function send(request: FuzzRequest): Promise<Response> {
  const { method, target, headers, body } = request
  // A sign-out that works would make the citizen a visitor for the rest of the run.
  const insider = request.operation.includes(' /api/plan/') ? planner : citizen
  const as = request.actor === 'visitor' ? null : isSignOut(request) ? await t.signIn() : insider
  const isForm = typeof body === 'object' && body !== null && 'file' in body
  const { 'Content-Type': type, ...others } = headers
  const sent = {
    Origin: t.deps.config.baseUrl,
    ...(isForm || type === undefined || type === '' ? {} : { 'Content-Type': type }),
    ...Object.fromEntries(Object.entries(others).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')])),
    ...as?.headers,
  }
  return t.app.request(t.deps.config.baseUrl + target, { method, headers: sent, body: isForm ? formOf(body) : body })
}

async function patiently(answer: Promise<Response>): Promise<Response> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  return Promise.race([answer, tooLong]).finally(() => clearTimeout(timer))
}

/** The text of an answer, unpacked where odd headers had it compressed. */
async function textOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.clone().arrayBuffer())
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[response.headers.get('content-encoding') ?? '']
  return (unpack ? unpack(bytes) : bytes).toString('utf8')
}

/** What is wrong with an answer; null when it is a right one. */
async function faultOf(request: FuzzRequest, response: Response): Promise<string | null> {
  const { status } = response
  const text = request.method === 'HEAD' ? '' : await textOf(response)
  const isAway = request.operation === 'GET /auth/sign-in' && status === 503 && text.includes('identity-provider-away')
  if (status >= 500 && !isAway && !(status === 503 && text.includes('basemap'))) return `${status}: ${text}`
  const operation = operations.find((one) => `${one.method} ${one.path}` === request.operation)
  if (status < 400 || request.method === 'HEAD') return null
  if (response.headers.get('content-type') !== 'application/problem+json') return `${status} is no problem: ${text}`
  const problem = JSON.parse(text) as { kind: string; status: number }
  if (problem.status !== status || !kinds.has(problem.kind)) return `${status} carries an unknown kind: ${text}`
  if (internals.test(text)) return `${status} tells of the inside (${internals.exec(text)?.[0]}): ${text}`
  const isAddressed = request.method === request.operation.split(' ')[0] && !anywhere.includes(problem.kind)
  const described = operation?.responses[status]?.['x-problem-kinds'] ?? []
  return isAddressed && !described.includes(problem.kind) ? `${request.operation} does not describe ${status} ${problem.kind}` : null
}

/** Tells of data a request changed without being answered 2xx to a write; most reads are looked at in tens. */
async function watchData() {
  let before = await digestNow()
  return async (request: FuzzRequest, { ok, status }: Response, index: number): Promise<string | null> => {
    if (request.method === 'GET' && index % 10 > 0) return null
    const after = await digestNow()
    const mayWrite = (ok && request.method !== 'GET') || isSignOut(request)
    const changed = mayWrite ? [] : Object.keys(after).filter((table) => after[table] !== before[table])
    before = after
    return changed.length > 0 ? `answered ${status} but changed ${changed.join(', ')}` : null
  }
}

async function ideaMadeBy({ target }: FuzzRequest, response: Response): Promise<number[]> {
  return response.status === 201 && target.includes('/ideas') ? [JSON.parse(await textOf(response)).ideaId] : []
}

async function countIdeas(): Promise<number> {
  return (await t.deps.db.selectFrom('idea').select('idea_id').execute()).length
}

describe(`${REQUESTS} malformed requests`, () => {
  const requests = () => fc.sample(fuzzRequests(document, operations, known), { seed: SEED, numRuns: REQUESTS })

  it(`are answered rightly and change nothing (seed ${SEED})`, { timeout: 180_000 }, async () => {
    const counts: Record<string, number> = {}
    const faults: string[] = []
    const created: number[] = []
    const ideasBefore = await countIdeas()
    const changeBy = await watchData()
    for (const [index, request] of requests().entries()) {
      if (index % 20 === 0) await t.deps.db.deleteFrom('rate_limit').execute()
      const response = await patiently(send(request))
      counts[response.status] = (counts[response.status] ?? 0) + 1
      created.push(...(await ideaMadeBy(request, response)))
      const fault = (await faultOf(request, response)) ?? (await changeBy(request, response, index))
      if (fault !== null) faults.push(`${fault}\n${asCurl(request, t.deps.config.baseUrl)}`)
    }
    process.stdout.write(`fuzz seed ${SEED}: ${JSON.stringify(counts)}\n`)
    expect(`${faults.length} faults\n${faults.slice(0, 10).join('\n\n')}`).toBe('0 faults\n')
    expect(await countIdeas()).toBe(ideasBefore + new Set(created).size)
    // The fuzzer reaches every layer: what is right, refused by the contract, by rights, by state, by PostGIS.
    for (const status of [200, 201, 400, 401, 404, 409, 413, 415, 422]) expect(counts[status], `answers with ${status}`).toBeGreaterThan(0)
  })
})

describe('what is no HTTP request', () => {
  const long = 'x'.repeat(20_000)
  const lines: [string, string][] = [
    ['an address with a broken escape', 'GET /api/rounds/%zz?q=%ff HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an address that climbs', 'GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an address of another site', 'GET http://evil.example/api/rounds HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an address that is none', 'GET // HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a host that is none', 'GET /api/rounds HTTP/1.1\r\nHost: a b:99999/%\r\n\r\n'],
    ['no host', 'GET /api/rounds HTTP/1.1\r\n\r\n'],
    ['an old protocol', 'GET /api/rounds HTTP/1.0\r\n\r\n'],
    ['raw bytes in the address', 'GET /api/rounds/\u00ff\u0001 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a header too long', `GET /api/rounds HTTP/1.1\r\nHost: a\r\nCookie: session=${long}\r\n\r\n`],
    ['an address too long', `GET /api/places?q=${long} HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['an invented method', 'BREW /api/rounds HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a trace', 'TRACE /api/rounds HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a tunnel', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['two lengths', 'POST /api/rounds/2026/ideas HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /api/rounds/2026/ideas HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['chunks that are none', 'POST /api/rounds/2026/ideas HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    [
      'a body cut short',
      'POST /api/rounds/2026/ideas HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"ti',
    ],
    ['an upgrade nobody offers', 'GET /api/rounds HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['noise', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ]

  it('gets a refusal or nothing, and the server goes on', { timeout: 60_000 }, async () => {
    const server = createServer(getRequestListener(t.app.fetch))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as { port: number }
    const say = (bytes: string) =>
      new Promise<string>((done) => {
        let heard = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')))
        const end = setTimeout(() => socket.end(), 400)
        socket.on('data', (data) => (heard += data.toString('latin1')))
        socket.on('error', () => {})
        socket.on('close', () => {
          clearTimeout(end)
          done(heard)
        })
      })
    const answers = await Promise.all(lines.map(async ([name, bytes]) => ({ name, heard: await say(bytes) })))
    for (const { name, heard } of answers) {
      expect(heard, name).not.toMatch(/^HTTP\/1\.1 5/)
      expect(heard.startsWith('HTTP/1.1 2') ? '' : heard, name).not.toMatch(internals)
    }
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
})
