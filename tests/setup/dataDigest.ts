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

async function digestBy(db: Database, row: RawBuilder<unknown>, except: string[] = []): Promise<DataDigest> {
  const tables = (await tablesOf(db)).filter((table) => !except.includes(table))
  const parts = tables.map(
    (
      table,
    ) => sql`select ${table}::text as name, count(*)::text || ' rows, ' || coalesce(sum(hashtextextended(${row}, 0))::text, '-') as digest
      from ${sql.table(table)} t`,
  )
  const { rows } = await sql<{ name: string; digest: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/** Row count and checksum of what is in every table of ours. */
export function digestData(db: Database): Promise<DataDigest> {
  return digestBy(db, sql`t::text`)
}

/**
 * Of every table of ours but those in `except`, which rows stand where and who wrote them: the same twice when nothing was written in between, not even the same again.
 * It reads no contents, which takes a sixth of the time.
 */
export function digestWrites(db: Database, { except = [] }: { except?: string[] } = {}): Promise<DataDigest> {
  return digestBy(db, sql`t.ctid::text || t.xmin::text`, except)
}
