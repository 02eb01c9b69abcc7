import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { DEFAULT_SETTINGS } from '../../server/elections/rules/settings.ts'
import { ROLES, type Role } from '../../server/kernel/roles.ts'
import { createRouter } from '../../server/platform/http/router.ts'
import { TILE_LAYERS } from '../../server/tiles/layers.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { fillLayer } from '../builders/publicData.ts'
import { buildRound } from '../builders/round.ts'
import { buildVote } from '../builders/vote.ts'
import { type Operation, operationsOf, readApiDocument } from '../setup/apiDocument.ts'
import { createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { readingAddresses, readingPaths, readingRoutes } from '../setup/readingRoutes.ts'

// Every answer that can be read is read, as everybody, over data in which each secret carries a word of its own.
// Routes come from the application, so a new one is walked by itself; a parameter nobody knows a value for fails here.

/** Words planted in the data, by what they stand for. */
const MARKS = {
  shown: 'MRKVIST',
  hidden: 'MRKSKJULT',
  withdrawn: 'MRKTRUKKET',
  name: 'MRKNAVN',
  subject: 'MRKSUBJEKT',
  issuer: 'MRKUDSTEDER',
  draft: 'MRKKLADDE',
  event: 'MRKHAENDELSE',
  record: 'MRKVURDERING',
  answer: 'MRKSVAR',
  attributes: 'MRKEGENSKAB',
  licence: 'MRKLICENS',
  note: 'MRKNOTAT',
  inside: 'MRKINTERNT',
  unsaid: 'MRKUDKAST',
  setup: 'MRKOPSAETNING',
} as const
type Mark = keyof typeof MARKS
type Actor = 'visitor' | 'author' | Role

interface Permission {
  route: string
  /** Nobody named: everybody. */
  actors?: readonly Actor[]
}

const STAFF = ['planner', 'organiser', 'admin'] as const

/** Where a word may stand. What is not here may stand nowhere. */
const MAY: Partial<Record<Mark, readonly Permission[]>> = {
  // The page of an idea that was taken back stays and says so; lists have it for who asks for it.
  withdrawn: [
    { route: 'GET /api/ideas/{id}' },
    { route: 'GET /api/rounds/{year}/ideas' },
    { route: 'GET /api/rounds/{year}/ideas.geojson' },
  ],
  name: [{ route: 'GET /api/ideas/{id}' }, { route: 'GET /api/session', actors: ['author'] }],
  draft: [{ route: 'GET /api/pictures/{pictureId}', actors: ['author'] }],
  // What staff write of an idea stays among them until it is decided, and their notes for ever.
  note: [{ route: 'GET /api/plan/ideas/{id}/assessment', actors: STAFF }],
  inside: [{ route: 'GET /api/plan/ideas/{id}/assessment', actors: STAFF }],
  unsaid: [{ route: 'GET /api/plan/ideas/{id}/assessment', actors: STAFF }],
  // A vote that is being prepared is its organiser's.
  setup: [{ route: 'GET /api/rounds/{year}/election/plan', actors: ['organiser', 'admin'] }],
}
/** Routes that show a public idea; they prove that the walk sees what it looks for. */
const SHOWS_IDEAS = [
  'GET /api/ideas/near',
  'GET /api/ideas/{id}',
  'GET /api/rounds/{year}/export.csv',
  'GET /api/rounds/{year}/export.fgb',
  'GET /api/rounds/{year}/export.geojson',
  'GET /api/rounds/{year}/export.gpkg',
  'GET /api/rounds/{year}/ideas',
  'GET /api/rounds/{year}/ideas.geojson',
  'GET /ogc/collections/{collectionId}/items',
  'GET /ogc/collections/{collectionId}/items/{featureId}',
  'GET /tiles/{collection}/{z}/{x}/{y}',
]

const PLACE = { lng: 12.3618, lat: 55.7338 }
let t: TestApp
let author: SignedIn
let values: Record<string, string[]>
let operations: Operation[]

async function plant(): Promise<{ shown: number; hidden: number; withdrawn: number; picture: string }> {
  const { db } = t.deps
  await buildRound(db, { year: 2026 })
  author = await t.signIn('citizen')
  await db
    .updateTable('person')
    .set({ display_name: MARKS.name, subject: MARKS.subject, issuer: MARKS.issuer })
    .where('person_id', '=', author.personId)
    .execute()
  const { rows: at } = await sql<{ wkt: string }>`
    select ST_AsText(ST_Transform(ST_SetSRID(ST_MakePoint(${PLACE.lng}, ${PLACE.lat}), 4326), 25832)) as wkt`.execute(db)
  const wkt = at[0]?.wkt ?? ''
  const [shown, hidden, withdrawn] = (await insertIdeas(db, [
    { title: MARKS.shown, wkt },
    { title: MARKS.hidden, wkt, status: 'hidden' },
    { title: MARKS.withdrawn, wkt, status: 'withdrawn' },
  ])) as [number, number, number]
  for (const [id, word] of [
    [hidden, MARKS.hidden],
    [withdrawn, MARKS.withdrawn],
  ] as const) {
    await db
      .updateTable('idea')
      .set({ description: `${word} beskrivelse`, upkeep_note: word, accessibility_note: word })
      .where('idea_id', '=', id)
      .execute()
  }
  await db.updateTable('idea').set({ person_id: author.personId }).execute()
  const picture = randomUUID()
  const drawn = { alt_text: MARKS.draft, status: 'ready', width: 10, height: 10, created_at: t.clock.now() }
  await db
    .insertInto('picture')
    .values({ picture_id: picture, person_id: author.personId, ...drawn })
    .execute()
  await sql`insert into idea_event (idea_id, kind, version, detail) values (${shown}, 'changed', 2, ${JSON.stringify({ word: MARKS.event })})`.execute(
    db,
  )
  await sql`insert into idempotency_key (person_id, key, request_hash, response_status, response_body)
    values (${author.personId}, 'nøgle-nummer-et', 'x', 201, ${JSON.stringify({ word: MARKS.answer })})`.execute(db)
  await sql`insert into feasibility_record (idea_id, occasion, checked_at, catalogue_version, verdict, is_partial, result)
    select ${hidden}, 'submission', now(), max(constraint_layer_version_id), 'clear', false, ${JSON.stringify({ word: MARKS.record })}
    from constraint_layer_version`.execute(db)
  const assessor = await t.signIn('planner')
  await sql`insert into assessment (idea_id, occasion, idea_version, contingency_percent, running_years, outcome, public_reason, assessor_id,
      created_at, updated_at)
    values (${shown}, 'first', 1, 10, 10, 'not-feasible', ${`${MARKS.unsaid} begrundelse`}, ${assessor.personId}, now(), now())`.execute(db)
  await sql`insert into assessment_answer (assessment_id, question_id, answer, note, public_text, author_may_correct, is_prefilled)
    select assessment_id, 'soil', 'no', ${MARKS.inside}, ${MARKS.unsaid}, false, false from assessment`.execute(db)
  await sql`insert into assessment_note (idea_id, person_id, text, noted_at)
    values (${shown}, ${assessor.personId}, ${MARKS.note}, now())`.execute(db)
  await buildVote(db, { state: 'draft', districts: [] })
  const settings = { ...DEFAULT_SETTINGS, introDa: MARKS.setup }
  await db
    .updateTable('election')
    .set({ settings: JSON.stringify(settings), lot_source: MARKS.setup })
    .execute()
  await fillLayer(db, 'par3', ['Mose'])
  await fillLayer(db, 'ejerskab', [MARKS.licence])
  await sql`update constraint_feature set properties = ${JSON.stringify({ word: MARKS.attributes })}`.execute(db)
  return { shown, hidden, withdrawn, picture }
}

beforeAll(async () => {
  // Nothing listens there, so no identity provider either.
  t = await createTestApp({ BASE_URL: 'http://localhost:9' })
  const { shown, hidden, withdrawn, picture } = await plant()
  operations = operationsOf(await readApiDocument(t))
  const { items: projects } = await t.read('/api/rounds/2018/projects')
  const { collections } = await t.read('/ogc/collections')
  const ideaIds = [shown, hidden, withdrawn].map(String)
  values = {
    year: ['2026'],
    id: [...ideaIds, projects[0].projectId],
    collection: Object.keys(TILE_LAYERS),
    document: Object.keys(TILE_LAYERS).map((name) => `${name}.json`),
    collectionId: [...collections.map(({ id }: { id: string }) => id), 'constraints-ejerskab'],
    featureId: [...ideaIds, 'maaloev'],
    districtId: ['maaloev'],
    batchId: [randomUUID()],
    layerId: ['par3', 'ejerskab'],
    pictureId: [picture],
    file: ['10.webp', 'start.js', 'maaloev.pb'],
    first: [`idea:${shown}`],
    second: [`idea:${hidden}`],
    // Parameters of queries.
    status: ['withdrawn', 'hidden'],
    q: ['MRK', MARKS.hidden],
    f: ['html'],
    limit: ['200'],
    lng: [String(PLACE.lng)],
    lat: [String(PLACE.lat)],
    radiusM: ['5000'],
  }
}, 120_000)
afterAll(() => t.close())
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

/** The tile a place lies in. */
function tileAt(z: number): string {
  const x = Math.floor(((PLACE.lng + 180) / 360) * 2 ** z)
  const y = Math.floor(((1 - Math.asinh(Math.tan((PLACE.lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z)
  return `${z}/${x}/${y}.mvt`
}

const tilePaths = () => (values.collection ?? []).flatMap((name) => [10, 14].map((z) => `/tiles/${name}/${tileAt(z)}`))

/** Every path of a route with the values that are known. */
const pathsOf = (route: string) => readingPaths(route, values, tilePaths)

const mayShow = (mark: Mark, route: string, actor: Actor) =>
  mark === 'shown' || (MAY[mark] ?? []).some((one) => one.route === route && (one.actors?.includes(actor) ?? true))

/** Which words stand in an answer, in its head or its body, whatever the body is. */
async function marksIn(response: Response): Promise<Mark[]> {
  const head = JSON.stringify([...response.headers])
  const body = Buffer.from(await response.arrayBuffer())
  return (Object.keys(MARKS) as Mark[]).filter((mark) => head.includes(MARKS[mark]) || body.includes(MARKS[mark]))
}

interface Walk {
  faults: string[]
  /** Routes by the words seen there. */
  seen: Map<Mark, Set<string>>
  count: number
}

async function walk(app: { request: TestApp['app']['request'] }, routes: readonly string[], actor: Actor): Promise<Walk> {
  const as = actor === 'visitor' ? null : actor === 'author' ? author : await t.signIn(actor)
  const result: Walk = { faults: [], seen: new Map(), count: 0 }
  const visit = async (route: string, address: string) => {
    const response = await app.request(t.deps.config.baseUrl + address, { headers: { ...as?.headers } })
    result.count += 1
    if (response.status >= 500 && response.status !== 503) result.faults.push(`${actor}: ${address} answers ${response.status}`)
    for (const mark of await marksIn(response)) {
      result.seen.set(mark, (result.seen.get(mark) ?? new Set()).add(route))
      // The address itself may stand in the answer: what was asked for is no news.
      if (!mayShow(mark, route, actor) && !address.includes(MARKS[mark])) result.faults.push(`${actor}: ${address} shows ${MARKS[mark]}`)
    }
  }
  for (const route of routes) {
    await t.deps.db.deleteFrom('rate_limit').execute()
    for (const address of readingAddresses(route, { operations, values, tilePaths })) await visit(route, address)
  }
  return result
}

describe('every output', () => {
  it.each<Actor>(['visitor', 'author', ...ROLES])('shows %s nothing that is not for them', { timeout: 120_000 }, async (actor) => {
    const routes = readingRoutes(t.app)
    const { faults, seen, count } = await walk(t.app, routes, actor)
    expect(faults).toEqual([])
    expect(count).toBeGreaterThan(100)
    expect([...(seen.get('shown') ?? [])].sort()).toEqual(expect.arrayContaining(SHOWS_IDEAS))
    // What may stand somewhere does stand there: a permission nobody uses would hide a fault later.
    for (const [mark, places] of Object.entries(MAY) as [Mark, Permission[]][]) {
      const own = places.filter(({ actors }) => actors?.includes(actor) ?? true).map(({ route }) => route)
      expect([...(seen.get(mark) ?? [])].sort(), mark).toEqual(own.sort())
    }
  })

  it('asked for a secret word finds nothing, wherever words can be searched for', async () => {
    for (const path of ['/api/rounds/2026/ideas', '/api/rounds/2026/ideas.geojson', `/api/ideas/near?lng=${PLACE.lng}&lat=${PLACE.lat}`]) {
      for (const word of [MARKS.hidden, MARKS.name, MARKS.subject]) {
        const body = await t.read(`${path}${path.includes('?') ? '&' : '?'}q=${word}`)
        expect(JSON.stringify(body)).not.toContain(word)
      }
    }
  })
})

describe('the walk itself', () => {
  it('sees a route that leaks', async () => {
    const app = createRouter()
    app.get('/api/planted', async (context) => context.json(await t.deps.db.selectFrom('idea').selectAll().execute()))
    app.get('/api/planted/:year', (context) => context.text(`of ${context.req.param('year')}: ${MARKS.subject}`))
    app.route('/', createApp(t.deps) as never)
    const leaking = readingRoutes(app).filter((route) => route.includes('planted'))
    expect(leaking).toEqual(['GET /api/planted', 'GET /api/planted/{year}'])
    expect((await walk(app, leaking, 'visitor')).faults).toEqual([
      `visitor: /api/planted shows ${MARKS.hidden}`,
      `visitor: /api/planted shows ${MARKS.withdrawn}`,
      `visitor: /api/planted/2026 shows ${MARKS.subject}`,
    ])
  })

  it('asks for values of a parameter it does not know', () => {
    expect(() => pathsOf('GET /api/planted/{noteId}')).toThrow('give this test values for "noteId"')
  })

  it('planted every word where it can be found', async () => {
    const { rows } = await sql<{ text: string }>`
      select concat((select string_agg(i::text, '') from idea i), (select string_agg(p::text, '') from person p),
        (select string_agg(p::text, '') from picture p), (select string_agg(e::text, '') from idea_event e),
        (select string_agg(f::text, '') from feasibility_record f), (select string_agg(k::text, '') from idempotency_key k),
        (select string_agg(concat(a, w, n), '') from assessment a join assessment_answer w using (assessment_id)
          join assessment_note n using (idea_id)),
        (select string_agg(e::text, '') from election e),
        (select string_agg(f.label || f.properties::text, '') from constraint_feature f)) as text`.execute(t.deps.db)
    for (const word of Object.values(MARKS)) expect(rows[0]?.text, word).toContain(word)
  })
})
