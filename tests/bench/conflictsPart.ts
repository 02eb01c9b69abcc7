import { sql } from 'kysely'
import { selectConflicts } from '../../server/conflicts/queries.ts'
import { openConflictCount } from '../../server/conflicts/service.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { type Figure, type PartResult, rounded, type Spread, spreadOf } from './measure.ts'
import type { PostgisServer } from './postgis.ts'
import { BENCH_YEAR, prepareDatabase, seedIdeas } from './seed.ts'
import { explain, recordStatement } from './statements.ts'

const GEOMETRIES = 10_000
const PROJECTS = 500
const INSTALLATIONS = 500
const RUNS = 9

/**
 * Makes every third idea an area of some 20 by 20 metres and every fifth a path of 30 metres, and puts projects and
 * finished things beside some of them.
 */
async function seedPlaces(db: Database): Promise<void> {
  await seedIdeas(db, GEOMETRIES - PROJECTS - INSTALLATIONS)
  await sql`update idea set geom = case when idea_id % 3 = 0 then ST_Buffer(geom, 10 + idea_id % 7, 'quad_segs=4')
    else ST_MakeLine(geom, ST_Translate(geom, 20, 22)) end where idea_id % 3 = 0 or idea_id % 5 = 0`.execute(db)
  await sql`
    insert into project (project_id, round_year, district_id, title, description, category, geom, position_accuracy, outcome, state, created_at)
    select 'bench-' || idea_id, ${BENCH_YEAR}::integer, district_id, title, description, category, ST_Buffer(label_point, 12), 'exact',
      'unknown', 'planned', now() from idea order by idea_id limit ${PROJECTS}`.execute(db)
  await sql`
    insert into installation (installation_id, title, description, district_id, category, geom, position_accuracy, opened)
    select 'bench-' || idea_id, title, description, district_id, category, ST_Translate(label_point, 9, 4), 'exact', '2020'
    from idea order by idea_id desc limit ${INSTALLATIONS}`.execute(db)
  await sql`analyze idea, project, installation`.execute(db)
}

async function timed(run: () => Promise<unknown>): Promise<Spread> {
  await run()
  const seconds: number[] = []
  for (let round = 0; round < RUNS; round += 1) {
    const began = performance.now()
    await run()
    seconds.push((performance.now() - began) / 1000)
  }
  return spreadOf(seconds)
}

/** How long it takes to find what stands in each other's way in a whole round. */
export async function measureConflicts(postgis: PostgisServer, database: string): Promise<PartResult> {
  const { db, pool, close } = await prepareDatabase(postgis.urlOf(database))
  try {
    await seedPlaces(db)
    const question = (distanceM: number) => ({ year: BENCH_YEAR, distanceM, after: null, limit: 200 })
    const figures: Figure[] = []
    for (const [distanceM, bar] of [
      [25, { atMost: 2 }],
      [100, null],
    ] as const) {
      const { counts } = await selectConflicts(db, question(distanceM))
      const measured = await timed(() => selectConflicts(db, question(distanceM)))
      const name = `Pairs within ${distanceM} m over ${GEOMETRIES} geometries`
      figures.push({ name, bar, unit: 's', measured, detail: `${counts.open} pairs, 200 of them whole` })
    }
    const district = 'ballerup-syd'
    const open = await openConflictCount(db, BENCH_YEAR, district)
    const counting = await timed(() => openConflictCount(db, BENCH_YEAR, district))
    figures.push({ name: 'Open pairs of one district', bar: null, unit: 's', measured: counting, detail: `${open} pairs` })
    const statement = await recordStatement(pool, (recorded) => selectConflicts(recorded, question(25)))
    const [first] = figures as [Figure]
    const notes = [`One statement; ${RUNS} runs, one after the other; ${rounded(first.measured.median * 1000)} ms at 25 m.`]
    return { figures, plans: { 'Pairs within 25 m': await explain(pool, statement) }, notes }
  } finally {
    await close()
  }
}
