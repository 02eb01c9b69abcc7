import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../server/platform/db/connect.ts'

async function tablesOf(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' and tablename <> 'spatial_ref_sys' order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Each table as one comparable line. */
export type DataDigest = Record<string, string>

async function digestBy(db: Database, row: RawBuilder<unknown>, tables: readonly string[]): Promise<DataDigest> {
  if (tables.length === 0) return {}
  const parts = tables.map(
    (
      table,
    ) => sql`select ${table}::text as name, count(*)::text || ' rows, ' || coalesce(sum(hashtextextended(${row}, 0))::text, '-') as digest
      from ${sql.table(table)} t`,
  )
  const { rows } = await sql<{ name: string; digest: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/** Row count and checksum of what is in every table of ours, or in those named. */
export async function digestData(db: Database, tables?: readonly string[]): Promise<DataDigest> {
  return digestBy(db, sql`t::text`, tables ?? (await tablesOf(db)))
}

interface Known {
  /** The transaction that was to be the next one to write. */
  next: string
  digest: DataDigest
}
const lastKnown = new WeakMap<Database, Map<string, Known>>()

/**
 * Of every table of ours but those in `except`, which rows stand where and who wrote them: the same twice when nothing was written in between, not even the same again.
 * It reads no contents, which takes a sixth of the time; and nothing at all while no transaction has written anywhere.
 */
export async function digestWrites(db: Database, { except = [] }: { except?: string[] } = {}): Promise<DataDigest> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  const next = rows[0]?.next as string
  const ofDatabase = lastKnown.get(db) ?? new Map<string, Known>()
  lastKnown.set(db, ofDatabase)
  const known = ofDatabase.get(except.join())
  if (known?.next === next) return known.digest
  const tables = (await tablesOf(db)).filter((table) => !except.includes(table))
  const digest = await digestBy(db, sql`t.ctid::text || t.xmin::text`, tables)
  ofDatabase.set(except.join(), { next, digest })
  return digest
}
