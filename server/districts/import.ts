import { sql } from 'kysely'
import { STORAGE_SRID, WIRE_SRID } from '../kernel/crs.ts'
import { StartError } from '../platform/config.ts'
import type { Database } from '../platform/db/connect.ts'
import { checkBounds, checkGaps, checkOverlaps, checkParts, stageParts, unionParts } from './importChecks.ts'
import type { DistrictPart } from './importPlan.ts'

export interface DistrictImport {
  /** First day the outlines are in force, `YYYY-MM-DD`. */
  validFrom: string
  source: string
  attribution: string
  isOfficial: boolean
  /** Features with their district. @crs EPSG:25832 */
  parts: readonly DistrictPart[]
  /** District id → name; a district that is known already may be left out. */
  names: ReadonlyMap<string, string>
  /** District id → lon/lat where its name stands; without one it is computed. @crs EPSG:4326 */
  labelPoints?: ReadonlyMap<string, readonly [number, number]>
}

export interface DistrictReport {
  districtVersionId: number
  /** False when a version with a later date stays in force, or this one begins later. */
  isInForce: boolean
  /** Before: in the version in force until now. @unit square metres */
  areas: { districtId: string; name: string; partCount: number; beforeM2: number | null; afterM2: number | null }[]
}

/** Outlines that were refused, with every failed check. Nothing was changed. */
export class DistrictsRefused extends StartError {
  override name = 'DistrictsRefused'
  readonly failures: readonly string[]

  constructor(failures: readonly string[]) {
    super(`The districts were not loaded; nothing was changed.\n${failures.map((failure) => `  - ${failure}`).join('\n')}`)
    this.failures = failures
  }
}

async function checkNames(db: Database, { parts, names }: DistrictImport): Promise<string[]> {
  const known = new Map((await db.selectFrom('district').selectAll().execute()).map((row) => [row.district_id, row.name]))
  const ids = [...new Set(parts.map(({ districtId }) => districtId))].sort()
  const nameless = ids.filter((id) => !names.has(id) && !known.has(id))
  for (const id of ids) known.set(id, names.get(id) ?? known.get(id) ?? id)
  const failures = nameless.map((id) => `the district ${id} has no name yet. Give it one with --names "${id}=Name".`)
  const byName = Map.groupBy(known, ([, name]) => name)
  for (const [name, group] of byName) {
    if (group.length > 1) failures.push(`${group.map(([id]) => id).join(' and ')} have the same name (${name}).`)
  }
  return failures
}

async function checkAll(db: Database, input: DistrictImport): Promise<void> {
  const failures = await checkNames(db, input)
  await stageParts(db, input.parts).catch((error: Error) => {
    throw new DistrictsRefused([...failures, `a geometry cannot be read: ${error.message}.`])
  })
  failures.push(...(await checkParts(db)))
  // What is not valid cannot be joined or compared.
  if (failures.length === 0) {
    await unionParts(db)
    for (const check of [checkBounds, checkOverlaps, checkGaps]) failures.push(...(await check(db)))
  }
  if (failures.length > 0) throw new DistrictsRefused(failures)
}

async function writeVersion(db: Database, input: DistrictImport): Promise<number> {
  for (const [districtId, name] of input.names) {
    await db
      .insertInto('district')
      .values({ district_id: districtId, name })
      .onConflict((conflict) => conflict.column('district_id').doUpdateSet({ name }))
      .execute()
  }
  const { district_version_id: version } = await db
    .insertInto('district_version')
    .values({
      valid_from: input.validFrom,
      source: input.source,
      attribution: input.attribution,
      is_official: input.isOfficial,
    })
    .returning('district_version_id')
    .executeTakeFirstOrThrow()
  const labels = [...(input.labelPoints ?? [])].map(([districtId, [lng, lat]]) => ({ districtId, lng, lat }))
  // A label outside its district would name another one: then the middle of the largest circle inside takes its place.
  await sql`
    insert into district_area (district_version_id, district_id, geom, label_point)
    select ${version}::integer, s.district_id, s.geom,
      coalesce(
        (select given.geom from (
          select ST_Transform(ST_SetSRID(ST_MakePoint(lng, lat), ${sql.lit(WIRE_SRID)}), ${sql.lit(STORAGE_SRID)}) as geom
          from json_to_recordset(${JSON.stringify(labels)}::json) as label("districtId" text, lng float8, lat float8)
          where "districtId" = s.district_id
        ) given where ST_Covers(s.geom, given.geom)),
        (ST_MaximumInscribedCircle(s.geom)).center
      )
    from staged_district s`.execute(db)
  return version
}

async function readAreas(db: Database, before: number | null, after: number): Promise<DistrictReport['areas']> {
  const { rows } = await sql<DistrictReport['areas'][number]>`
    select d.district_id as "districtId", d.name, ST_Area(b.geom) as "beforeM2", ST_Area(a.geom) as "afterM2",
      (select count(*) from staged_part p where p.district_id = d.district_id) as "partCount"
    from district d
    left join district_area b on b.district_id = d.district_id and b.district_version_id = ${before}::integer
    left join district_area a on a.district_id = d.district_id and a.district_version_id = ${after}::integer
    where a.geom is not null or b.geom is not null
    order by d.district_id`.execute(db)
  return rows
}

/** The version in force, or `null` when none is loaded. */
export async function selectVersionInForce(db: Database): Promise<number | null> {
  const { rows } = await sql<{ version: number | null }>`select current_district_version_id() as version`.execute(db)
  return rows[0]?.version ?? null
}

/** Whether any outlines were ever loaded. */
export async function hasDistrictVersion(db: Database): Promise<boolean> {
  return (await db.selectFrom('district_version').select('district_version_id').limit(1).executeTakeFirst()) !== undefined
}

/**
 * Joins parts into districts, checks them and writes them as a new version. Ideas stay under their version.
 * Runs inside the transaction given: when it throws, the caller's transaction must end with it.
 * @errors DistrictsRefused with every failed check
 */
export async function importDistricts(trx: Database, input: DistrictImport): Promise<DistrictReport> {
  await sql`set local statement_timeout = '10min'`.execute(trx)
  await sql`lock table district_version in share row exclusive mode`.execute(trx)
  const before = await selectVersionInForce(trx)
  await checkAll(trx, input)
  const districtVersionId = await writeVersion(trx, input)
  const areas = await readAreas(trx, before, districtVersionId)
  const isInForce = (await selectVersionInForce(trx)) === districtVersionId
  await sql`drop table staged_part, staged_district`.execute(trx)
  return { districtVersionId, isInForce, areas }
}

/** Districts known by id and name. */
export function selectDistrictNames(db: Database): Promise<{ districtId: string; name: string }[]> {
  return db.selectFrom('district').select(['district_id as districtId', 'name']).orderBy('district_id').execute()
}
