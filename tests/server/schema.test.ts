import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { writeTypes } from '../../server/platform/db/writeTypes.ts'
import { createBossJobs } from '../../server/platform/jobs/bossJobs.ts'
import { TABLE_OWNERS } from '../architecture/conventions.ts'
import { yesDraft } from '../builders/assessment.ts'
import { newIdea } from '../builders/idea.ts'
import { MAALOEV_2018, meetingPath, SKOVLUNDE } from '../builders/meeting.ts'
import { flatPicture, pictureForm } from '../builders/picture.ts'
import { buildRound } from '../builders/round.ts'
import { buildVote } from '../builders/vote.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

const schemaFile = resolve(import.meta.dirname, '../../server/platform/db/schema.ts')

let t: TestApp
beforeAll(async () => {
  // One connection: whoever asks for a second one inside a transaction waits until the pool gives up.
  t = await createTestApp({ DATABASE_POOL_SIZE: '1' })
})
afterAll(() => t.close())

async function names(query: ReturnType<typeof sql<{ name: string }>>): Promise<string[]> {
  return (await query.execute(t.deps.db)).rows.map(({ name }) => name)
}

describe('the schema', () => {
  it('is the one the generated types describe', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bm-types-'))
    const { embedded, config } = t.database
    const url = embedded
      ? `postgres://postgres@localhost/postgres?host=${encodeURIComponent(embedded.host)}`
      : (config.databaseUrl as string)
    try {
      writeTypes(url, join(folder, 'schema.ts'))
      expect(readFileSync(join(folder, 'schema.ts'), 'utf8'), 'run "npm run db:types"').toBe(readFileSync(schemaFile, 'utf8'))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('has every table, each with an owner, a primary key and a comment that the open data can show', async () => {
    const rows = await sql<{ name: string; comment: string | null; keys: number }>`
      select relname as name, obj_description(oid, 'pg_class') as comment,
        (select count(*)::int from pg_constraint where conrelid = c.oid and contype = 'p') as keys
      from pg_class c
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%' and relname <> 'spatial_ref_sys'
      order by 1`.execute(t.deps.db)
    expect(rows.rows.map(({ name }) => name)).toEqual(Object.keys(TABLE_OWNERS).sort())
    for (const { name, comment, keys } of rows.rows) {
      expect([name, keys]).toEqual([name, 1])
      expect(comment?.length ?? 0, `comment on ${name}`).toBeGreaterThan(15)
    }
  })

  it('keeps what belongs together by foreign keys', async () => {
    const found = await names(sql`
      select conrelid::regclass || ' (' || (select string_agg(attname, ', ' order by n) from unnest(conkey) with ordinality as k (num, n)
        join pg_attribute on attrelid = conrelid and attnum = num) || ') -> ' || confrelid::regclass as name
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1`)
    expect(found).toEqual([
      'agreed_amount (round_year, district_id) -> agreed_sharing',
      'agreed_amount (round_year, district_id, project_id) -> ballot_line',
      'agreed_sharing (confirmed_by) -> person',
      'agreed_sharing (recorded_by) -> person',
      'agreed_sharing (round_year, district_id) -> vote_meeting',
      'appeal (assessment_id, idea_id) -> assessment',
      'appeal (idea_id) -> idea',
      'appeal (person_id) -> person',
      'assessment (approver_id) -> person',
      'assessment (assessor_id) -> person',
      'assessment (catalogue_version) -> constraint_layer_version',
      'assessment (idea_id) -> idea',
      'assessment (previous_assessment_id, idea_id) -> assessment',
      'assessment_answer (assessment_id) -> assessment',
      'assessment_co_funding (assessment_id) -> assessment',
      'assessment_event (assessment_id, idea_id) -> assessment',
      'assessment_event (assignee_id) -> person',
      'assessment_event (idea_id) -> idea',
      'assessment_event (person_id) -> person',
      'assessment_line (assessment_id) -> assessment',
      'assessment_line (element_id) -> element_price',
      'assessment_note (idea_id) -> idea',
      'assessment_note (person_id) -> person',
      'assessment_note (reply_to, idea_id) -> assessment_note',
      'assessment_writer (assessment_id) -> assessment',
      'assessment_writer (person_id) -> person',
      'assignment (assigned_by) -> person',
      'assignment (assignee_id) -> person',
      'assignment (idea_id) -> idea',
      'award (project_id) -> project',
      'award (round_year, district_id, result_number) -> district_result',
      'ballot (round_year, district_id) -> election_district',
      'ballot_exclusion (round_year, district_id, first_project_id) -> ballot_line',
      'ballot_exclusion (round_year, district_id, second_project_id) -> ballot_line',
      'ballot_line (project_id) -> project',
      'ballot_line (round_year, district_id) -> election_district',
      'ballot_number (district_id) -> district',
      'ballot_number (round_year) -> election',
      'ballot_preparation (project_id) -> project',
      'code_batch (district_id) -> district',
      'code_batch (round_year) -> election',
      'code_round (round_year, district_id) -> election_district',
      'conflict_decision (decided_by) -> person',
      'conflict_decision (first_idea_id) -> idea',
      'conflict_decision (first_project_id) -> project',
      'conflict_decision (second_idea_id) -> idea',
      'conflict_decision (second_project_id) -> project',
      'constraint_dataset (layer_id) -> constraint_layer',
      'constraint_feature (constraint_dataset_id, layer_id) -> constraint_dataset',
      'constraint_layer (current_dataset_id, layer_id) -> constraint_dataset',
      'constraint_layer_version (edited_by) -> person',
      'constraint_layer_version (layer_id) -> constraint_layer',
      'constraint_load (layer_id) -> constraint_layer',
      'constraint_piece (constraint_feature_id) -> constraint_feature',
      'constraint_staged_feature (load_id) -> constraint_load',
      'decision_record (author_id) -> person',
      'decision_record (corrects_id) -> decision_record',
      'decision_record (district_id) -> district',
      'decision_record (round_year) -> round',
      'district_area (district_id) -> district',
      'district_area (district_version_id) -> district_version',
      'district_result (round_year, district_id) -> election_district',
      'election (round_year) -> round',
      'election_district (district_id) -> district',
      'election_district (round_year) -> election',
      'election_log (round_year) -> election',
      'election_step (confirmed_by) -> person',
      'election_step (proposed_by) -> person',
      'election_step (round_year) -> election',
      'feasibility_record (catalogue_version) -> constraint_layer_version',
      'feasibility_record (idea_id) -> idea',
      'idea (district_version_id, district_id) -> district_area',
      'idea (person_id) -> person',
      'idea (round_year) -> round',
      'idea_event (idea_id) -> idea',
      'idea_outcome (decided_by) -> person',
      'idea_outcome (idea_id) -> idea',
      'idea_outcome (project_id) -> project',
      'idempotency_key (person_id) -> person',
      'installation (district_id) -> district',
      'installation_project (installation_id) -> installation',
      'installation_project (project_id) -> project',
      'knock_out_count (counted_by) -> person',
      'knock_out_count (round_year, district_id, round_number) -> knock_out_round',
      'knock_out_round (opened_by) -> person',
      'knock_out_round (round_year, district_id) -> vote_meeting',
      'knock_out_standing (round_year, district_id, project_id) -> ballot_line',
      'knock_out_standing (round_year, district_id, round_number) -> knock_out_round',
      'knock_out_vote (round_year, district_id, round_number, attempt, counter) -> knock_out_count',
      'knock_out_vote (round_year, district_id, round_number, project_id) -> knock_out_standing',
      'meeting_admission (round_year, district_id) -> vote_meeting',
      'paper_ballot_tally (batch_id) -> paper_batch',
      'paper_batch (decided_by) -> person',
      'paper_batch (entered_by) -> person',
      'paper_batch (replaces_batch_id) -> paper_batch',
      'paper_batch (round_year, district_id) -> election_district',
      'paper_invalid (batch_id) -> paper_batch',
      'pass_on (project_id) -> project',
      'pass_on (proposed_by) -> person',
      'pass_on (round_year, district_id) -> election_district',
      'pass_on (round_year, district_id, result_number) -> district_result',
      'pass_on (settled_by) -> person',
      'person (district_id) -> district',
      'picture (idea_id) -> idea',
      'picture (person_id) -> person',
      'picture_variant (picture_id) -> picture',
      'place (district_id) -> district',
      'project (continues_project_id) -> project',
      'project (created_by) -> person',
      'project (district_id) -> district',
      'project (place_idea_id) -> idea',
      'project (round_year) -> round',
      'project_event (actor_id) -> person',
      'project_event (idea_id) -> idea',
      'project_event (project_id) -> project',
      'project_idea (idea_id) -> idea',
      'project_idea (project_id, district_id) -> project',
      'receipt (round_year, district_id) -> election_district',
      'receipt_root (round_year, district_id) -> election_district',
      'round_phase (round_year) -> round',
      'round_share (district_id) -> district',
      'round_share (round_year) -> round',
      'session (person_id) -> person',
      'vote_meeting (district_id) -> district',
      'vote_meeting (pitch_project_id) -> project',
      'vote_meeting (round_year) -> election',
      'voter (district_id) -> district',
      'voter (round_year) -> round',
      'voter_mark (round_year, district_id) -> election_district',
      'voting_auditor (round_year) -> election',
      'voting_code (batch_id) -> code_batch',
    ])
  })

  it('keeps what may be there once by unique and exclusion constraints', async () => {
    const found = await names(sql`
      select conrelid::regclass || ' ' || contype::text || ' ' || pg_get_constraintdef(oid) as name
      from pg_constraint where contype in ('u', 'x') and connamespace = 'public'::regnamespace order by 1`)
    expect(found).toEqual([
      'assessment u UNIQUE (assessment_id, idea_id)',
      'assessment u UNIQUE (previous_assessment_id)',
      'assessment_note u UNIQUE (assessment_note_id, idea_id)',
      'award u UNIQUE (round_year, district_id, result_number, "position")',
      'ballot_line u UNIQUE (round_year, district_id, line_number)',
      'ballot_line u UNIQUE (round_year, district_id, lot_place)',
      'conflict_decision u UNIQUE (first_key, second_key, version)',
      'constraint_dataset u UNIQUE (constraint_dataset_id, layer_id)',
      'constraint_layer u UNIQUE (layer_number)',
      'constraint_load u UNIQUE (load_id)',
      'decision_record u UNIQUE (corrects_id)',
      'district u UNIQUE (name)',
      'knock_out_count u UNIQUE (round_year, district_id, round_number, attempt, counted_by)',
      'paper_ballot_tally u UNIQUE (batch_id, project_ids, points)',
      'person u UNIQUE (issuer, subject)',
      'picture u UNIQUE (idea_id, "position") DEFERRABLE INITIALLY DEFERRED',
      'project u UNIQUE (project_id, district_id)',
      'project u UNIQUE (round_year, district_id, shortlist_number)',
      expect.stringMatching(/^round_phase x EXCLUDE USING gist .*daterange/),
      'vote_meeting u UNIQUE (meeting_id)',
      'voting_auditor u UNIQUE (round_year, public_key)',
    ])
  })

  it('has a spatial index and the storage reference system on every geometry', async () => {
    const { rows } = await sql<{ name: string; srid: number; indexes: number }>`
      select c.relname || '.' || a.attname as name, postgis_typmod_srid(a.atttypmod) as srid,
        (select count(*)::int from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am on pg_am.oid = x.relam
          where i.indrelid = c.oid and amname = 'gist'
            and (a.attnum = any (i.indkey) or pg_get_expr(i.indexprs, i.indrelid) like '%' || a.attname || '%')) as indexes
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type y on y.oid = a.atttypid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and y.typname = 'geometry' order by 1`.execute(t.deps.db)
    expect(rows.length).toBeGreaterThan(5)
    for (const { name, srid, indexes } of rows) {
      expect([name, srid]).toEqual([name, 25832])
      if (name.endsWith('.geom') && !['place.geom', 'constraint_staged_feature.geom'].includes(name))
        expect([name, indexes > 0]).toEqual([name, true])
    }
  })
})

describe('the constraints refuse', () => {
  const wrong: [string, string, string][] = [
    ['two phases at once', '23P01', "insert into round_phase values (2030, 'research', '2030-01-15', '2030-02-15')"],
    ['a phase that ends before it begins', '23514', "insert into round_phase values (2030, 'decision', '2030-08-02', '2030-08-01')"],
    ['shares that are not the total', '23514', "insert into round_share values (2030, 'maaloev', 100, false, 999999)"],
    ['a round without money', '23514', "insert into round (year, theme, total_dkk, rules, record) values (2031, 'x', 0, '{}', '{}')"],
    [
      'a role nobody has',
      '23514',
      "insert into person (person_id, issuer, subject, display_name, role) values (gen_random_uuid(), 'a', 'b', 'c', 'king')",
    ],
    [
      'a district that is not there',
      '23503',
      "insert into person (person_id, issuer, subject, display_name, role, district_id) values (gen_random_uuid(), 'a', 'b', 'c', 'citizen', 'atlantis')",
    ],
    ['a token that is no hash', '23514', "insert into session select 'abc', person_id, 'x', now(), now() from person limit 1"],
    ['an answer address of another site', '23514', "insert into sign_in_attempt values (sha256('a'), 'n', 'v', '//evil.example', now())"],
    [
      'a lost project with money',
      '23514',
      "insert into project (project_id, round_year, title, description, category, outcome, awarded_dkk) values ('a', 2030, 't', 'd', 'play', 'lost', 5)",
    ],
  ]

  it.each(wrong)('%s', async (_what, code, statement) => {
    await t.signIn()
    await t.deps.db.deleteFrom('round').where('year', '=', 2030).execute()
    await sql`insert into round (year, theme, total_dkk, rules, record) values (2030, 'x', 1000000, '{}', '{}')`.execute(t.deps.db)
    await sql`insert into round_phase values (2030, 'clarification', '2030-01-01', '2030-01-31')`.execute(t.deps.db)
    await expect(sql.raw(statement).execute(t.deps.db)).rejects.toMatchObject({ code })
  })
})

describe('with one connection', () => {
  it('every write answers, jobs included: nothing asks for a second connection inside a transaction', { timeout: 60_000 }, async () => {
    await buildRound(t.deps.db, { year: 2026 })
    const citizen = await t.signIn('citizen')
    const [planner, organiser] = [await t.signIn('planner'), await t.signIn('organiser')]
    const jobs = createBossJobs({ pool: t.database.pool, log: t.deps.log })
    const app = createApp({ ...t.deps, jobs })
    await jobs.start()
    const send = async (method: string, path: string, body?: unknown, as = citizen): Promise<Response> => {
      const isForm = body instanceof FormData
      const headers = {
        Origin: t.deps.config.baseUrl,
        ...as.headers,
        ...(isForm ? {} : { 'Content-Type': 'application/json' }),
        'Idempotency-Key': crypto.randomUUID(),
      }
      const began = performance.now()
      const response = await app.request(t.deps.config.baseUrl + path, { method, headers, body: isForm ? body : JSON.stringify(body) })
      expect(performance.now() - began, `${method} ${path} waited for a connection`).toBeLessThan(4_900)
      expect([path, response.status, response.ok ? '' : await response.text()]).toEqual([path, expect.any(Number), ''])
      return response
    }
    try {
      const upload = async () =>
        (await bodyOf(await send('POST', '/api/pictures', pictureForm(await flatPicture(40, 30), { altText: 'En rød flade' })))).pictureId
      const [kept, removed] = [await upload(), await upload()]
      await send('PATCH', `/api/pictures/${kept}`, { altText: 'En rød flade i solen' })
      await send('DELETE', `/api/pictures/${removed}`)
      const ideas = '/api/rounds/2026/ideas'
      const { ideaId } = await bodyOf(await send('POST', ideas, newIdea({ pictureIds: [kept] })))
      await send('PATCH', `${ideas}/${ideaId}`, { version: 1, geometry: { type: 'Point', coordinates: [12.401, 55.7207] } })
      await Promise.all([1, 2, 3, 4].map(() => send('POST', ideas, newIdea())))
      const assessment = `/api/plan/ideas/${ideaId}/assessment`
      const draft = yesDraft(await t.read(assessment, planner), { outcome: 'needs-information', publicReason: 'Hvor præcis?' })
      await send('PUT', assessment, draft, planner)
      await send('POST', `${assessment}/refresh`, { version: 1 }, planner)
      await send('POST', `${assessment}/submit`, { version: 2 }, planner)
      await send('POST', `${assessment}/approve`, { version: 3 }, organiser)
      await send('POST', `/api/ideas/${ideaId}/correction`, { version: 2, message: 'Ved den store eg.' })
      await send('POST', `/api/plan/ideas/${ideaId}/notes`, { text: 'Husk egen' }, planner)
      await send('POST', '/api/plan/assignments', { ideaIds: [ideaId], assigneeId: planner.personId }, planner)
      await send('POST', `${ideas}/${ideaId}/withdraw`, { version: 3 })
      const made = async (offset: number) => {
        const geometry = { type: 'Point', coordinates: [12.3618, 55.7338 + offset] } as const
        return (await bodyOf(await send('POST', ideas, newIdea({ geometry: { ...geometry, coordinates: [...geometry.coordinates] } }))))
          .ideaId
      }
      const [a, b, c, d] = [await made(0), await made(0.0001), await made(0.0002), await made(0.0003)]
      const project = { districtId: 'ballerup-syd', ideaIds: [a, b] }
      const { projectId } = await bodyOf(await send('POST', '/api/rounds/2026/projects', project, organiser))
      const path = `/api/projects/${projectId}`
      await send('POST', `${path}/consent`, { ideaId: a, answer: 'no' })
      await send('POST', `${path}/keep-idea`, { version: 1, ideaId: a, reason: 'De hører sammen.' }, organiser)
      await send('POST', `${path}/state`, { version: 2, state: 'shortlisted' }, organiser)
      await send('POST', `${path}/ideas`, { version: 3, ideaIds: [c] }, organiser)
      await send('PATCH', path, { version: 4, geometry: { type: 'Point', coordinates: [12.3619, 55.7338] } }, organiser)
      await send('POST', `${path}/split`, { version: 5, ideaIds: [c], reason: 'Det var forkert.' }, organiser)
      await send('POST', `/api/plan/ideas/${c}/not-taken-forward`, { reason: 'Den er bygget allerede.' }, organiser)
      const decision = { first: `idea:${d}`, second: `project:${projectId}`, version: 0, state: 'cleared', reason: 'Der er plads nok.' }
      await send('POST', '/api/plan/conflicts/decisions', decision, organiser)
      await send('POST', `/api/ideas/${d}/withdraw-in-favour`, { version: 1, projectId })
      await buildVote(t.deps.db, { districts: [MAALOEV_2018, SKOVLUNDE], opensAt: '2026-05-01T06:00:00.000Z' })
      const meeting = meetingPath('maaloev')
      const times = { startsAt: '2026-05-04T17:00:00.000Z', endsAt: '2026-05-04T19:00:00.000Z' }
      await send('PUT', meeting, { version: 0, place: 'Kulturhus Måløv', ...times }, organiser)
      await send('POST', `${meeting}/open`, undefined, organiser)
      await send('POST', `${meeting}/pitch`, { action: 'select', projectId: '2026-klatring' }, organiser)
      await send('POST', `${meeting}/door`, { means: 'code', rollNumber: '010180-1234' }, organiser)
      await Promise.all([1, 2, 3].map(() => send('POST', `${meeting}/door`, { means: 'paper', people: 3 }, planner)))
      await send('POST', `${meeting}/rounds`, { roundNumber: 1, method: 'code' }, organiser)
      await send('POST', `${meeting}/rounds/1/cancel`, { reason: 'Vi stemmer på papir.' }, organiser)
      await send('POST', `${meeting}/rounds`, { roundNumber: 2, method: 'paper' }, organiser)
      await send('POST', `${meeting}/rounds/2/end`, undefined, organiser)
      const votes = MAALOEV_2018.projects.map((one, index) => ({ projectId: one.projectId, votes: 3 - index }))
      for (const as of [organiser, planner]) await send('POST', `${meeting}/rounds/2/counts`, { attempt: 1, votes }, as)
      const papers = { label: 'Kasse 1', controlTotal: 1, tallies: [{ projectIds: ['2026-skovlunde-baenke'], ballots: 1 }], invalid: [] }
      const paper = `${meetingPath('skovlunde')}/paper`
      const { batchId } = await bodyOf(await send('POST', paper, papers, organiser))
      await send('POST', `${paper}/${batchId}/accept`, undefined, planner)
      await send('POST', '/auth/sign-out')
    } finally {
      await jobs.stop()
    }
  })
})
