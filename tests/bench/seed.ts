import { sql } from 'kysely'
import { demoPhases } from '../../data/demo/demoPhases.ts'
import { loadAll } from '../../data/load.ts'
import { CATEGORIES } from '../../server/kernel/categories.ts'
import { copenhagenDate } from '../../server/kernel/time.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { type Database, type DatabaseHandle, openDatabase } from '../../server/platform/db/connect.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { upsertRound } from '../../server/rounds/import.ts'

/** The round all seeded ideas belong to: the one of today, so that the front page shows it. */
export const BENCH_YEAR = Number(copenhagenDate(systemClock.now()).slice(0, 4))

const WISHES = [
  'Flere træer ved',
  'En bænk ved',
  'Legeplads ved',
  'Bedre belysning ved',
  'En sti til',
  'Boldbane ved',
  'Bålplads ved',
  'Kunst ved',
]
const REASON = 'Her mangler et sted, hvor unge og gamle kan mødes hele året, og det kan laves uden store udgifter til drift. '

/** Migrates, loads the data of the program and makes an empty round of today. */
export async function prepareDatabase(url: string): Promise<DatabaseHandle> {
  const handle = await openDatabase(readConfig({ NODE_ENV: 'test', DATABASE_URL: url }))
  const { db } = handle
  await migrate(db)
  await loadAll({ db, isEmbedded: false, withDemo: false, clock: systemClock, say: () => {} })
  await makeRound(db)
  return handle
}

async function makeRound(db: Database): Promise<void> {
  const districts = await db.selectFrom('current_district_area').select(['district_id as districtId']).execute()
  const shareDkk = 1_000_000 / districts.length
  await upsertRound(db, {
    year: BENCH_YEAR,
    title: 'Runde til måling',
    theme: 'Måling',
    description: null,
    totalDkk: 1_000_000,
    rules: { whoProposes: null, whoDecides: null, howDecided: null, maxProjectsPerDistrict: 3, minimumAge: null, notes: [] },
    record: { proposalDeadline: null, sources: null, meetings: [], ballots: [] },
    phases: demoPhases(copenhagenDate(systemClock.now())),
    shares: districts.map(({ districtId }) => ({
      districtId: districtId as string,
      population: null,
      populationIsDerived: false,
      shareDkk,
    })),
  })
}

async function countIdeas(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from idea`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Adds random ideas (points, evenly spread over the districts) until there are `wanted`: one statement, the same ideas each time.
 * They come in an order that has nothing to do with where they lie. The triggers per row are off meanwhile.
 */
export async function seedIdeas(db: Database, wanted: number): Promise<void> {
  const there = await countIdeas(db)
  const missing = wanted - there
  if (missing <= 0) return
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`
      with whole as (select sum(ST_Area(geom)) as area_m2 from current_district_area),
      point as (
        select a.district_id, a.district_version_id,
          (ST_Dump(ST_GeneratePoints(a.geom, ceil(${missing}::float8 * ST_Area(a.geom) / whole.area_m2)::integer, ${there + 1}::integer))).geom
        from current_district_area a, whole
      ),
      shuffled as (
        select point.*, row_number() over (order by hashfloat8(ST_X(geom)), hashfloat8(ST_Y(geom))) as number from point
      ),
      word as (
        select array_agg(name order by place_id) as places, ${WISHES}::text[] as wishes, ${[...CATEGORIES]}::text[] as categories from place
      )
      insert into idea (round_year, title, description, category, geom, label_point, district_id, district_version_id, spans_districts,
        wished_amount_dkk, created_at, updated_at)
      select ${BENCH_YEAR}::integer, left(wishes[1 + number % 8] || ' ' || places[1 + number % cardinality(places)], 100),
        repeat(${REASON}, 1 + (number % 4)::integer), categories[1 + number % 8], geom, geom, district_id, district_version_id,
        array[district_id], case when number % 3 > 0 then 1000 * (1 + number % 250) end, sent.at, sent.at
      from shuffled, word, lateral (
        select now() - make_interval(secs => (abs(hashint8(number + ${there})::bigint) % 2000000)) as at
      ) sent
      where number <= ${missing} order by number`.execute(trx)
    await sql`update collection_version set version = version + 1 where collection = 'ideas'`.execute(trx)
  })
  await sql`vacuum analyze idea`.execute(db)
}
