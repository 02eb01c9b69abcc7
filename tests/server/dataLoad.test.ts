import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearDemo } from '../../data/demo/clear.ts'
import { readDemoFile } from '../../data/demo/ideaFile.ts'
import { loadDemo } from '../../data/demo/load.ts'
import { loadAll } from '../../data/load.ts'
import { readRoundFiles } from '../../data/rounds/load.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import { apportion, phaseOn } from '../../server/rounds/rules.ts'
import { testClock } from '../setup/app.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

let database: TestDatabase
const clock = testClock('2026-11-23T10:00:00Z')
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const tables = [
  'district',
  'district_area',
  'round',
  'round_share',
  'round_phase',
  'project',
  'installation',
  'installation_project',
  'place',
  'person',
  'idea',
  'idea_event',
  'picture',
] as const

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(database.db)
    counts[table] = rows[0]?.count as number
  }
  return counts
}

describe('the data that comes with the program', () => {
  test('is there and is not loaded twice', async () => {
    const counts = await countRows()
    expect(counts).toMatchObject({ district: 4, district_area: 4, round: 5, round_share: 12, idea: 0 })
    const said: string[] = []
    await loadAll({ db: database.db, isEmbedded: true, withDemo: false, clock, say: (line) => said.push(line) })
    expect(said).toEqual([])
    expect(await countRows()).toEqual(counts)
  })

  test('every position lies in its district', async () => {
    const { rows } = await sql<{ id: string }>`
      select project_id as id from project p where geom is not null and district_id is not null
        and not exists (select from current_district_area a where a.district_id = p.district_id and ST_Covers(a.geom, p.geom))
      union all select installation_id from installation i
        where not exists (select from current_district_area a where a.district_id = i.district_id and ST_Covers(a.geom, i.geom))
      union all select place_id from place p
        where district_id is distinct from (select district_id from current_district_area a where ST_Covers(a.geom, p.geom) limit 1)`.execute(
      database.db,
    )
    expect(rows).toEqual([])
  })

  test('has the shares that apportion gives, and none where none are known', () => {
    const nameOf: Record<string, string> = {
      skovlunde: 'Skovlunde',
      maaloev: 'Måløv',
      'ballerup-nord': 'Ballerup Nord',
      'ballerup-syd': 'Ballerup Syd',
    }
    const known = readRoundFiles().filter(({ content }) => content.sharesDkk !== null)
    expect(known.map(({ content }) => content.year)).toEqual([2015, 2017, 2018])
    for (const { content } of known) {
      const populations = (content.populations ?? []).map(({ districtId, population }) => ({
        districtId,
        population,
        name: nameOf[districtId] as string,
      }))
      expect(Object.fromEntries(apportion(content.totalDkk, populations))).toEqual(content.sharesDkk)
    }
  })

  test('loaded again after a change replaces what changed and keeps what people did', async () => {
    await sql`update dataset set checksum = 'old' where dataset_id in ('rounds', 'installations', 'gazetteer')`.execute(database.db)
    // A project made of ideas in the year of a file is nobody's to take away.
    await sql`
      insert into project (project_id, round_year, district_id, title, description, category, geom, position_accuracy, outcome, state, created_at)
      select '2018-made-here', round_year, district_id, title, description, category, geom, 'exact', 'unknown', 'planned', now()
      from project where round_year = 2018 and geom is not null and district_id is not null limit 1`.execute(database.db)
    await sql`update project set title = 'Ændret' where project_id = (select min(project_id) from project)`.execute(database.db)
    const said: string[] = []
    const before = await countRows()
    await loadAll({ db: database.db, isEmbedded: true, withDemo: false, clock, say: (line) => said.push(line) })
    expect(said.map((line) => line.split(':')[0])).toEqual(['Gazetteer', 'Rounds', 'Installations'])
    expect(await countRows()).toEqual(before)
    expect(await database.db.selectFrom('project').where('title', '=', 'Ændret').select('project_id').execute()).toEqual([])
    await database.db.deleteFrom('project').where('project_id', '=', '2018-made-here').execute()
  })
})

describe('the demo round', () => {
  test('is refused outside the embedded database', async () => {
    await expect(loadDemo(database.db, false, clock, () => {})).rejects.toThrow(/only loaded into the embedded database/)
  })

  test('lies where it was meant to, keeps involvement open, and goes without a trace', async () => {
    const before = await countRows()
    await loadDemo(database.db, true, clock, () => {})
    const { ideas, people } = readDemoFile()
    const placed = await database.db
      .selectFrom('idea')
      .where('round_year', '=', 2026)
      .select(['title', 'district_id', 'spans_districts', 'status', 'version'])
      .execute()
    expect(placed).toHaveLength(ideas.length)
    for (const idea of ideas) {
      const row = placed.find(({ title }) => title === idea.title)
      expect([idea.key, row?.district_id, row?.status, row?.version]).toEqual([
        idea.key,
        idea.districtId,
        idea.status,
        idea.status === 'withdrawn' ? 2 : 1,
      ])
      if (idea.spansDistricts.length > 0) expect(row?.spans_districts).toEqual(idea.spansDistricts)
    }
    const phases = async () =>
      (await database.db
        .selectFrom('round_phase')
        .where('round_year', '=', 2026)
        .select(['phase', sql<string>`starts_on::text`.as('startsOn'), sql<string>`ends_on::text`.as('endsOn')])
        .execute()) as never
    expect(phaseOn(await phases(), '2026-11-23')?.phase).toBe('involvement')
    clock.set('2026-12-30T10:00:00Z')
    await loadDemo(database.db, true, clock, () => {})
    expect(phaseOn(await phases(), '2026-12-30')?.phase).toBe('involvement')
    expect(await countRows()).toMatchObject({
      idea: ideas.length,
      person: (before.person as number) + people.length,
      round: (before.round as number) + 1,
    })

    await sql`insert into person (person_id, issuer, subject, display_name, role) values (gen_random_uuid(), 'test', 'real', 'Virkelig', 'citizen')`.execute(
      database.db,
    )
    await sql`
      insert into picture (picture_id, person_id, idea_id, position, alt_text, width, height)
      select '3f0f8a55-33a5-4f38-8c4f-1f4f0a6b7c11', person_id, (select min(idea_id) from idea), 0, 'En prøve', 1, 1 from person where subject = 'real'`.execute(
      database.db,
    )
    // What an organiser makes of them goes with them.
    await sql`
      insert into project (project_id, round_year, district_id, title, description, category, geom, position_accuracy, outcome, state,
        place_idea_id, created_at)
      select '2026-proeve', 2026, district_id, title, description, category, geom, 'exact', 'unknown', 'planned', idea_id, now()
      from idea where idea_id = (select min(idea_id) from idea)`.execute(database.db)
    await sql`insert into project_idea (project_id, idea_id, district_id, position, added_at)
      select project_id, place_idea_id, district_id, 1, now() from project where project_id = '2026-proeve'`.execute(database.db)
    const storage = createFolderStorage(database.config.storageDir)
    await storage.write('pictures/3f0f8a55-33a5-4f38-8c4f-1f4f0a6b7c11/320.webp', new Uint8Array([1]))
    await clearDemo(database.db, storage, () => {})
    expect(await countRows()).toEqual({ ...before, person: (before.person as number) + 1 })
    expect(await storage.list('pictures/')).toEqual([])
  })

  test('gives way to a real round of the year', async () => {
    clock.set('2018-05-01T10:00:00Z')
    const said: string[] = []
    await loadDemo(database.db, true, clock, (line) => said.push(line))
    expect(said).toEqual(['Demo: 2018 has a real round, so no demo round was loaded.'])
  })
})
