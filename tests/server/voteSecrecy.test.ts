import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { selectLastEntry } from '../../server/elections/queries.ts'
import { ROLES } from '../../server/kernel/roles.ts'
import { createRouter } from '../../server/platform/http/router.ts'
import { closeBoxes } from '../../server/voting/box.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import { prepareVoting } from '../../server/voting/prepare.ts'
import { newCast } from '../builders/castVote.ts'
import { buildMeeting, MAALOEV_2018 } from '../builders/meeting.ts'
import { buildResult } from '../builders/result.ts'
import { buildVote, VOTE_DISTRICTS, type VoteDistrict } from '../builders/vote.ts'
import { type Operation, operationsOf, readApiDocument } from '../setup/apiDocument.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { readingAddresses, readingRoutes } from '../setup/readingRoutes.ts'

const NORD = 'ballerup-nord'
// What a cast writes about who, and about what.
const WHO = ['voter_mark', 'voting_code'] as const
const WHAT = ['ballot', 'receipt'] as const
// Two piles of papers: one waits for its second clerk.
const [ENTERED, ACCEPTED] = [randomUUID(), randomUUID()]
const ENTERED_PATH = `/api/plan/rounds/2026/meetings/${NORD}/paper/${ENTERED}`

let t: TestApp
let setup: FrozenSetup
beforeAll(async () => {
  // Nothing listens there, so no identity provider either.
  t = await createTestApp({ BASE_URL: 'http://localhost:9' })
})
afterAll(() => t.close())
beforeEach(async () => {
  setup = await buildVote(t.deps.db)
})
afterEach(async () => {
  await t.deps.db.deleteFrom('election').execute()
})

const projectIds = () => setup.districts.find(({ districtId }) => districtId === NORD)?.lines.map(({ projectId }) => projectId) as string[]
const close = () => t.deps.db.transaction().execute((trx) => closeBoxes(trx, 2026, { actorName: 'Test organiser', at: t.clock.now() }))
const order = { year: 2026, districtId: NORD, meetingId: null, roundNumber: 0, actorName: 'Test' }
const codesOf = (count: number) =>
  t.deps.db.transaction().execute(async (trx) => (await createCodeBatch(trx, t.deps, { ...order, count, at: t.clock.now() })).codes)

async function castAll(count: number): Promise<SignedIn[]> {
  const people: SignedIn[] = []
  const codes = await codesOf(count)
  for (let index = 0; index < count; index += 1) {
    const choices = { projectIds: projectIds().filter((_, place) => (index >> place) % 2 === 0) }
    const person = await t.signIn('citizen', NORD)
    people.push(person)
    for (const [body, as] of [
      [newCast(setup, NORD, { choices }), person],
      [newCast(setup, NORD, { choices, code: codes[index] }), undefined],
    ] as const) {
      const response = await t.send('POST', '/api/rounds/2026/ballots', { as, body })
      expect(response.status, await response.clone().text()).toBe(201)
    }
  }
  return people
}

describe('the schema', () => {
  it('gives the tables of who and of what nothing in common but round and district, and no time at all', async () => {
    const { rows } = await sql<{ table: string; column: string; type: string; default: string | null }>`
      select table_name as table, column_name as column, data_type as type, column_default as default from information_schema.columns
      where table_schema = 'public' and table_name = any (${[...WHO, ...WHAT]})`.execute(t.deps.db)
    const columnsOf = (tables: readonly string[]) => new Set(rows.filter(({ table }) => tables.includes(table)).map(({ column }) => column))
    expect([...columnsOf(WHO)].filter((column) => columnsOf(WHAT).has(column)).sort()).toEqual(['district_id', 'round_year'])
    expect(rows.filter(({ type }) => /time|date|serial/.test(type))).toEqual([])
    expect(rows.filter((row) => row.default !== null).map(({ column }) => column)).toEqual(['is_used'])
    const links = await sql<{ from: string; to: string }>`
      select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
      where contype = 'f' and conrelid::regclass::text = any (${[...WHO, ...WHAT]})`.execute(t.deps.db)
    expect([...new Set(links.rows.map(({ to }) => to))].sort()).toEqual(['code_batch', 'election_district'])
    const sequences = await sql`select from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
      where d.refobjid::regclass::text = any (${[...WHO, ...WHAT]})`.execute(t.deps.db)
    expect(sequences.rows.length).toBe(0)
  })

  it('lets the role of the cast add, and neither change nor take out', async () => {
    const { rows } = await sql<{ table: string; right: string }>`
      select t as table, r as right from unnest(${['voter_mark', 'ballot', 'receipt', 'voting_code', 'voter', 'election', 'election_district', 'session', 'person']}::text[]) t,
        unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) r
      where has_table_privilege('borgermillionen_ballot_box', t, r) order by 1, 2`.execute(t.deps.db)
    expect(rows.map(({ table, right }) => `${right} ${table}`)).toEqual([
      'INSERT ballot',
      'SELECT election',
      'SELECT election_district',
      'INSERT receipt',
      'SELECT voter',
      'INSERT voter_mark',
      'SELECT voting_code',
    ])
    const owner = await sql<{ owner: string; isDefiner: boolean }>`
      select pg_get_userbyid(proowner) as owner, prosecdef as "isDefiner" from pg_proc where proname = 'cast_ballot'`.execute(t.deps.db)
    expect(owner.rows).toEqual([{ owner: 'borgermillionen_ballot_box', isDefiner: true }])
    await castAll(1)
    for (const statement of [
      "update ballot set choices = ''",
      'delete from ballot',
      'delete from voter_mark',
      'select choices from ballot',
    ]) {
      const asRole = t.deps.db.transaction().execute(async (trx) => {
        await sql`set local role borgermillionen_ballot_box`.execute(trx)
        await sql.raw(statement).execute(trx)
      })
      await expect(asRole, statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('refuses changes of the box to its owner too, whatever the statement', async () => {
    await castAll(1)
    for (const table of ['ballot', 'receipt', 'voter_mark']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
      await expect(sql`update ${sql.table(table)} set district_id = 'maaloev'`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
    }
    const held = () =>
      sql<{ rows: number }>`select (select count(*) from ballot) + (select count(*) from receipt) + (select count(*) from voter_mark)
        + (select count(*) from voting_code) as rows`.execute(t.deps.db)
    const before = await held()
    const emptying = ['truncate election_district cascade', ...[...WHO, ...WHAT].map((table) => `truncate ${table}`)]
    for (const statement of emptying) {
      await expect(sql.raw(statement).execute(t.deps.db), statement).rejects.toMatchObject({ code: '23001' })
    }
    // Rewriting may, and what lets it does not outlive it.
    await close()
    for (const statement of emptying) {
      await expect(sql.raw(statement).execute(t.deps.db), statement).rejects.toMatchObject({ code: '23001' })
    }
    expect((await held()).rows).toEqual(before.rows)
    await expect(sql`delete from receipt_root`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
  })

  it('gets its role back at the next start, where a restore left it with another owner', async () => {
    const owner = async () =>
      (
        await sql<{ owner: string }>`select pg_get_userbyid(proowner) as owner from pg_proc where proname = 'cast_ballot'`.execute(
          t.deps.db,
        )
      ).rows[0]?.owner
    await sql`alter function cast_ballot owner to current_user`.execute(t.deps.db)
    expect(await owner()).not.toBe('borgermillionen_ballot_box')
    await prepareVoting(t.deps.db, t.deps.config)
    expect(await owner()).toBe('borgermillionen_ballot_box')
    await castAll(1)
  })
})

/** As two organisers do it, and what it leaves to be read. */
async function stop() {
  const halves = [
    { action: 'propose', reason: 'Et projekt viste sig umuligt.' },
    { action: 'confirm', reason: null },
  ]
  for (const body of halves) {
    const as = await t.signIn('organiser')
    const done = await t.send('POST', '/api/rounds/2026/election/steps/stop', { as, body })
    expect(done.status, await done.clone().text()).toBe(200)
  }
  const receipts = await t.send('GET', '/api/rounds/2026/receipts')
  expect([receipts.status, (await bodyOf(receipts)).kind]).toEqual([404, 'receipts-not-published'])
  expect(await t.deps.db.selectFrom('receipt_root').selectAll().execute()).toEqual([])
}

describe.each([
  ['closing', close],
  ['a stop', stop],
])('after %s', (_what, end) => {
  it('neither place in the file nor transaction tells which ballot came with which person', async () => {
    await castAll(12)
    const physical = async (table: string) => {
      const { rows } = await sql<{ row: string; transaction: string; file: number }>`
        select t::text as row, xmin::text as transaction, pg_relation_filenode(${table}::regclass) as file
        from ${sql.table(table)} t order by ctid`.execute(t.deps.db)
      return { rows: rows.map(({ row }) => row), transactions: new Set(rows.map(({ transaction }) => transaction)), file: rows[0]?.file }
    }
    const before = await Promise.all([...WHO, ...WHAT].map(physical))
    // As it comes in, each ballot stands beside its mark: this is what closing takes away.
    expect(before.map(({ transactions }) => transactions.size > 6)).toEqual([true, true, true, true])
    await end()
    const after = await Promise.all([...WHO, ...WHAT].map(physical))
    expect(new Set(after.flatMap(({ transactions }) => [...transactions])).size).toBe(1)
    for (const [index, { rows, file }] of after.entries()) {
      expect(rows.length).toBe(before[index]?.rows.length)
      expect(file, 'a new file, without the old rows').not.toBe(before[index]?.file)
    }
    const sorted = async (table: string, by: string) =>
      (await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by ${sql.raw(by)}`.execute(t.deps.db)).rows.map(
        ({ row }) => row,
      )
    expect(after[0]?.rows).toEqual(await sorted('voter_mark', 'person_hash'))
    expect(after[1]?.rows).toEqual(await sorted('voting_code', 'batch_id, code_hash'))
    expect(after[2]?.rows).toEqual(await sorted('ballot', 'district_id, round_number, choices, ballot_id'))
    expect(after[3]?.rows).toEqual(await sorted('receipt', 'receipt_hash'))
    const { rows } = await sql<{ hashes: number }>`select count(retry_hash) as hashes from receipt`.execute(t.deps.db)
    expect(rows).toEqual([{ hashes: 0 }])
  })
})

describe('what is written down beside the database', () => {
  it('no line of the log tells of a cast, and no other line of who or what', async () => {
    const lines: string[] = []
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    const app = createApp({ ...t.deps, log: pino({ level: 'trace' }, stream) })
    const [code] = (await codesOf(1)) as [string]
    const person = await t.signIn('citizen', NORD)
    const send = async (path: string, body: unknown, as?: SignedIn) => {
      const headers = { Origin: t.deps.config.baseUrl, 'Content-Type': 'application/json', ...as?.headers }
      return app.request(`${t.deps.config.baseUrl}/api/rounds/2026/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    }
    const answers = [
      await send('ballots', newCast(setup, NORD), person),
      await send('ballots', newCast(setup, NORD), person),
      await send('ballots', newCast(setup, NORD, { code })),
      await send('ballots', newCast(setup, NORD, { code })),
      await send('ballots', newCast(setup, NORD, { code: '2222-2222-2222' })),
      await send('code', { code }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 201, 409, 404, 409])
    expect((await app.request(`${t.deps.config.baseUrl}/api/rounds/2026/turnout`)).status).toBe(200)
    expect(lines.length).toBe(1)
    expect(lines[0]).toContain('/turnout')
    // Nothing else kept a time either: only the wrong code was counted.
    const buckets = await t.deps.db.selectFrom('rate_limit').select('bucket').execute()
    expect(buckets.map(({ bucket }) => bucket.replace(/address:.*/, 'address')).sort()).toEqual([
      'voting-code:address',
      'voting-code:round:2026',
    ])
    await t.deps.db.deleteFrom('rate_limit').execute()
  })

  it('the start warns of every setting by which the database server writes down what a cast is given', async () => {
    const warnings = async (...settings: string[]) => {
      const lines: string[] = []
      await t.deps.db.transaction().execute(async (trx) => {
        for (const setting of settings) await sql.raw(`set local ${setting}`).execute(trx)
        await prepareVoting(trx, t.deps.config, (line) => lines.push(line))
      })
      return lines
    }
    const silent = ["log_statement = 'none'", 'log_min_duration_statement = -1', 'log_min_duration_sample = -1']
    expect(await warnings(...silent)).toEqual([])
    for (const setting of [
      "log_statement = 'all'",
      'log_min_duration_statement = 0',
      'log_min_duration_sample = 500',
      'log_transaction_sample_rate = 0.01',
    ]) {
      expect(await warnings(...silent, setting), setting).toEqual([expect.stringMatching(/^Warning: .* ballots beside persons/)])
      expect(await warnings(...silent, setting, 'log_parameter_max_length = 0'), setting).toEqual([])
    }
    for (const setting of ['log_parameter_max_length_on_error = -1', 'auto_explain.log_min_duration = 0'])
      expect(await warnings(...silent, 'log_parameter_max_length = 0', setting), setting).toHaveLength(1)
    expect(await warnings(...silent, 'auto_explain.log_min_duration = -1')).toEqual([])
  })

  it('the code itself is nowhere in the database, nor a number or subject in the roll', async () => {
    const [code] = (await codesOf(1)) as [string]
    const plain = code.replaceAll('-', '')
    const { rows } = await sql<{ text: string }>`
      select concat((select string_agg(v::text, '') from voting_code v), (select string_agg(b::text, '') from code_batch b),
        (select string_agg(l::text, '') from election_log l)) as text`.execute(t.deps.db)
    for (const form of [code, plain, createHash('sha256').update(plain).digest('hex')]) expect(rows[0]?.text).not.toContain(form)
  })
})

describe('until a vote is published, every output', () => {
  /** That a pile was read is told, and more of it with each walk. */
  const READINGS = /\{"entryNumber":\d+,"action":"paper-read"[^}]*\}[^}]*\},?/g
  /** Everybody sees how far the log has come, and each reading takes it on; the tag of that answer is made from its text. */
  const LOG_HEAD = /"logHead":(?:null|\{"entryNumber":\d+,"entryHash":"[0-9a-f]{64}"\})/g
  let operations: Operation[]
  const values = {
    year: ['2026'],
    id: ['1', '2026-ballerup-nord-baenke'],
    collection: ['projects', 'ideas'],
    document: ['projects.json'],
    collectionId: ['projects', 'ideas', 'districts'],
    featureId: ['2026-ballerup-nord-baenke'],
    layerId: ['par3'],
    pictureId: [randomUUID()],
    file: ['10.webp'],
    districtId: [NORD, MAALOEV_2018.districtId],
    meetingId: [randomUUID()],
    batchId: [randomUUID(), ENTERED, ACCEPTED],
    roundNumber: ['1'],
    first: ['idea:1'],
    second: ['idea:2'],
    lng: ['12.3618'],
    lat: ['55.7338'],
    q: ['bænk'],
    f: ['html'],
    limit: ['200'],
  }
  const tilePaths = () => values.collection.map((name) => `/tiles/${name}/10/547/320.mvt`)

  /** Fills the box with so many ballots for each project; how many come to the same. */
  async function fillBox(votes: readonly number[]): Promise<void> {
    await t.deps.db.transaction().execute(async (trx) => {
      await sql`set local borgermillionen.rewrites_boxes = 'on'`.execute(trx)
      await sql`truncate ballot, receipt`.execute(trx)
    })
    for (const [place, count] of votes.entries()) {
      await sql`insert into ballot select gen_random_uuid(), 2026, ${NORD}, 0, ${projectIds()[place]} from generate_series(1, ${count}::integer)`.execute(
        t.deps.db,
      )
      await sql`insert into receipt select sha256(convert_to(${`${place}`} || n, 'UTF8')), 2026, ${NORD}, null, null
        from generate_series(1, ${count}::integer) n`.execute(t.deps.db)
    }
  }

  /** Puts two piles of papers and a knock-out round that is being counted in, saying so many votes for each project. */
  async function fillMeeting(votes: readonly number[], [clerk, second]: readonly [SignedIn, SignedIn]): Promise<void> {
    const total = votes.reduce((sum, count) => sum + count, 0)
    const content = createHash('sha256').update(votes.join()).digest('hex')
    await t.deps.db.transaction().execute(async (trx) => {
      await trx.deleteFrom('paper_batch').execute()
      await trx.deleteFrom('knock_out_round').execute()
      for (const batch_id of [ENTERED, ACCEPTED]) {
        const by = { entered_by: clerk.personId, clerk_name: 'Test moderator', entered_at: t.clock.now() }
        const decided = { state: 'accepted', decided_by: second.personId, decider_name: 'Test planner', decided_at: t.clock.now() }
        const batch = {
          batch_id,
          round_year: 2026,
          district_id: NORD,
          label: batch_id.slice(0, 8),
          control_total: total,
          content_sha256: content,
        }
        await trx
          .insertInto('paper_batch')
          .values({ ...batch, ...by, ...(batch_id === ACCEPTED ? decided : {}) })
          .execute()
        const tallies = votes.map((ballots, place) => ({
          batch_id,
          tally_number: place + 1,
          project_ids: [projectIds()[place] as string],
          ballots,
        }))
        await trx.insertInto('paper_ballot_tally').values(tallies).execute()
      }
      const round = { round_year: 2026, district_id: MAALOEV_2018.districtId, round_number: 1 }
      const counting = { method: 'paper', state: 'counting', opened_at: t.clock.now(), counting_at: t.clock.now() }
      await trx
        .insertInto('knock_out_round')
        .values({ ...round, ...counting })
        .execute()
      const count = { ...round, attempt: 1, counter: 1 }
      const counted = { counted_by: clerk.personId, counter_name: 'Test moderator', counted_at: t.clock.now(), blank_votes: 0 }
      for (const { projectId } of MAALOEV_2018.projects)
        await trx
          .insertInto('knock_out_standing')
          .values({ ...round, project_id: projectId })
          .execute()
      await trx
        .insertInto('knock_out_count')
        .values({ ...count, ...counted })
        .execute()
      for (const [place, { projectId }] of MAALOEV_2018.projects.entries())
        await trx
          .insertInto('knock_out_vote')
          .values({ ...count, project_id: projectId, votes: votes[place] as number })
          .execute()
    })
  }

  /** Everything there is to read, by address, without what differs by the moment. */
  async function readAll(
    app: { request: TestApp['app']['request'] },
    routes: readonly string[],
    as: SignedIn | null,
  ): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const route of routes) {
      await t.deps.db.deleteFrom('rate_limit').execute()
      for (const address of readingAddresses(route, { operations, values, tilePaths })) {
        const response = await app.request(t.deps.config.baseUrl + address, { headers: { ...as?.headers } })
        const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
        const passing = ['x-request-id', 'date', 'set-cookie', ...(body.includes('"logHead":') ? ['etag'] : [])]
        const head = [...response.headers].filter(([name]) => !passing.includes(name))
        const steady = [/"instance":"[^"]+"/g, READINGS, LOG_HEAD].reduce((text, moving) => text.replaceAll(moving, ''), body)
        found.set(address, JSON.stringify([response.status, head, steady]))
      }
    }
    return found
  }

  const differing = (one: Map<string, string>, other: Map<string, string>) =>
    [...one.keys()].filter((address) => one.get(address) !== other.get(address))
  /** Counts of requests and memory differ each time; a file is packed with its time; a sign-in begins with a random word. */
  const isSteady = (route: string) =>
    !['GET /metrics', 'GET /readyz', 'GET /auth/sign-in', 'GET /auth/callback'].includes(route) && !/export\.(gpkg|fgb)$/.test(route)

  beforeAll(async () => {
    operations = operationsOf(await readApiDocument(t))
  })

  /** What each actor may read, before and after the votes went from one project to another; answers what differs, by actor. */
  async function differencesFor(
    actors: readonly (readonly [string, SignedIn | null])[],
    fill: (votes: readonly number[]) => Promise<unknown>,
  ): Promise<Record<string, string[]>> {
    const routes = readingRoutes(t.app).filter(isSteady)
    expect(routes.length).toBeGreaterThan(60)
    const before = new Map<string, Map<string, string>>()
    const found: Record<string, string[]> = {}
    await fill([40, 3, 2])
    for (const [name, actor] of actors) before.set(name, await readAll(t.app, routes, actor))
    await fill([1, 2, 42])
    for (const [name, actor] of actors) {
      const now = await readAll(t.app, routes, actor)
      const addresses = differing(before.get(name) as Map<string, string>, now)
      if (addresses.length > 0) found[name] = addresses
      turnouts.set(name, now.get('/api/rounds/2026/turnout') ?? '')
    }
    return found
  }
  const turnouts = new Map<string, string>()
  const everybody = async (): Promise<[string, SignedIn | null][]> => [
    ['visitor', null],
    ...(await Promise.all(ROLES.map(async (role): Promise<[string, SignedIn]> => [role, await t.signIn(role, NORD)]))),
  ]

  it('says the same to everybody whatever ballots, papers and counts say, but for the second clerk of a pile', {
    timeout: 400_000,
  }, async () => {
    await t.deps.db.deleteFrom('election').execute()
    const nord = VOTE_DISTRICTS.find(({ districtId }) => districtId === NORD) as VoteDistrict
    setup = await buildVote(t.deps.db, { districts: [nord, MAALOEV_2018] })
    const [clerk, second] = [await t.signIn('moderator', NORD), await t.signIn('planner', NORD)]
    await buildMeeting(t, second, MAALOEV_2018.districtId)
    const marks = Array.from({ length: 45 }, () => randomBytes(32).toString('hex'))
    await sql`insert into voter_mark select 2026, decode(h, 'hex'), ${NORD}, 'home' from unnest(${marks}::text[]) h`.execute(t.deps.db)
    const actors = [...(await everybody()), ['clerk', clerk] as const]
    const logged = (await selectLastEntry(t.deps.db, 2026))?.entryNumber ?? 0
    const different = await differencesFor(actors, async (votes) => {
      await fillBox(votes)
      await fillMeeting(votes, [clerk, second])
    })
    const reviewed = [ENTERED_PATH]
    expect(different).toEqual({ planner: reviewed, organiser: reviewed, moderator: reviewed, admin: reviewed })
    // Home and paper; the pile that waits is not in it.
    for (const [name, turnout] of turnouts) expect(turnout, name).toContain('\\"ballots\\":90')
    // Nothing else took the log on, and no reading says what it read: so neither does the hash of the newest entry.
    const log = await sql<{ action: string; detail: unknown }>`
      select distinct action, detail from election_log where entry_number > ${logged}`.execute(t.deps.db)
    expect(log.rows).toEqual([{ action: 'paper-read', detail: { districtId: NORD, label: ENTERED.slice(0, 8), recount: 0 } }])
  })

  it('says the same to everybody once it is counted, until it is published', { timeout: 400_000 }, async () => {
    const district = { ...(VOTE_DISTRICTS.find(({ districtId }) => districtId === NORD) as VoteDistrict) }
    const count = async (votes: readonly number[]) => {
      await t.deps.db.deleteFrom('election').execute()
      const box = votes.flatMap((count, place) =>
        Array.from({ length: count }, () => ({ projects: [district.projects[place]?.projectId as string] })),
      )
      await buildResult(t.deps.db, { state: 'counted', districts: [district], handedIn: { [NORD]: { box } } })
    }
    // The first time gives the projects their places; what is told of them may be a second old.
    await count([1, 1, 1])
    await pause(1_100)
    const different = await differencesFor(await everybody(), count)
    expect(different).toEqual({})
    const results = await t.deps.db.selectFrom('district_result').select('district_id').execute()
    expect(results).toEqual([{ district_id: NORD }])
  })

  it('names no project and no district in its measurements, and no view or exported table reads the box', async () => {
    await castAll(2)
    const metrics = await (await t.app.request(`${t.deps.config.baseUrl}/metrics`)).text()
    for (const word of [...projectIds(), NORD]) expect(metrics).not.toContain(word)
    const { rows } = await sql<{ name: string }>`
      select distinct c.relname as name from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class c on c.oid = r.ev_class
      where d.refobjid::regclass::text = any (${[...WHO, ...WHAT]}) and c.relname <> all (${[...WHO, ...WHAT]})`.execute(t.deps.db)
    expect(rows).toEqual([])
    for (const kind of ['gpkg', 'fgb']) {
      const file = Buffer.from(await (await t.app.request(`${t.deps.config.baseUrl}/api/rounds/2026/export.${kind}`)).arrayBuffer())
      for (const word of ['receipt', 'voter_mark', 'ballot_id']) expect(file.includes(word), `${kind} ${word}`).toBe(false)
    }
  })

  it('would be noticed if it counted', async () => {
    const app = createRouter()
    app.get('/api/planted', async (context) =>
      context.json((await sql`select choices, count(*) as votes from ballot group by 1 order by 1`.execute(t.deps.db)).rows as never),
    )
    await fillBox([5, 1])
    const before = await readAll(app, ['GET /api/planted'], null)
    await fillBox([1, 5])
    expect(differing(before, await readAll(app, ['GET /api/planted'], null))).toEqual(['/api/planted'])
  })
})
