import { sql } from 'kysely'
import type { Database } from '../../server/platform/db/connect.ts'

async function tablesOf(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' and tablename <> 'spatial_ref_sys' order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Row count and checksum of each table, as one comparable line per table. */
export type DataDigest = Record<string, string>

/** Reads the digest of the given tables, or of every table of ours but those in `except`. */
export async function digestData(db: Database, { only, except = [] }: { only?: string[]; except?: string[] } = {}): Promise<DataDigest> {
  const tables = (only ?? (await tablesOf(db))).filter((table) => !except.includes(table))
  const parts = tables.map(
    (
      table,
    ) => sql`select ${table}::text as name, count(*)::text || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0))::text, '-') as digest
      from ${sql.table(table)} t`,
  )
  const { rows } = await sql<{ name: string; digest: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}
