import { type Kysely, sql } from 'kysely'
import type { Database } from '../../server/platform/db/connect.ts'
import { type DataDigest, digestData, digestWrites } from './dataDigest.ts'

interface Table {
  name: string
  /** Its columns that can be written; a generated one cannot. */
  columns: string[]
  /** Its rows as PostgreSQL writes them, and reads them back without loss. */
  rows: string[]
}

/** Everything in a database of ours, to be brought back after a test. */
export interface Pristine {
  tables: Table[]
  /** Statements that set each sequence to where it stood. */
  sequences: string[]
  digest: DataDigest
  /** Tells which tables were written to since; other after each time it is brought back. */
  writes: DataDigest
  shape: string
}

/** One line for all that is not rows: schemas, relations, columns, constraints, triggers, functions and roles. */
async function shapeOf(db: Database): Promise<string> {
  const { rows } = await sql<{ shape: string }>`
    with part (line) as (
      select concat_ws(' ', 'schema', nspname) from pg_namespace where nspname !~ '^pg_(toast_)?temp|^pgboss$'
      union all select concat_ws(' ', 'role', rolname, rolsuper, rolcanlogin) from pg_roles
      union all select concat_ws(' ', 'setting', setdatabase, setrole, setconfig) from pg_db_role_setting
      union all select concat_ws(' ', 'relation', oid, relname, relkind, relacl, relhastriggers) from pg_class
        where relnamespace = 'public'::regnamespace
      union all select concat_ws(' ', 'column', attrelid, attname, atttypid, attnotnull) from pg_attribute
        where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
      union all select concat_ws(' ', 'constraint', oid, conname, convalidated) from pg_constraint
        where connamespace = 'public'::regnamespace
      union all select concat_ws(' ', 'trigger', oid, tgname, tgenabled) from pg_trigger where not tgisinternal
      union all select concat_ws(' ', 'function', oid, proname, md5(prosrc)) from pg_proc where pronamespace = 'public'::regnamespace
    )
    select count(*) || ' ' || md5(string_agg(line, ',' order by line)) as shape from part`.execute(db)
  return rows[0]?.shape as string
}

async function readTable(db: Database, name: string): Promise<Table> {
  const columns = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(db)
  const rows = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db)
  return { name, columns: columns.rows.map((column) => column.name), rows: rows.rows.map(({ row }) => row) }
}

/** Reads a database as it is, which takes no longer than a look at it: what comes with the program is little. */
export async function readPristine(db: Database): Promise<Pristine> {
  const digest = await digestData(db)
  const tables: Table[] = []
  for (const name of Object.keys(digest)) tables.push(await readTable(db, name))
  const { rows } = await sql<{ statement: string }>`
    select format('select setval(%L, %s, %L)', quote_ident(schemaname) || '.' || quote_ident(sequencename),
      coalesce(last_value, start_value), last_value is not null) as statement
    from pg_sequences where schemaname = 'public'`.execute(db)
  const sequences = rows.map(({ statement }) => statement)
  return { tables, sequences, digest, writes: await digestWrites(db), shape: await shapeOf(db) }
}

async function refill(db: Kysely<unknown> | Database, { name, columns, rows }: Table): Promise<void> {
  if (rows.length === 0) return
  const into = sql.join(columns.map((column) => sql.ref(column)))
  const values = sql.join(columns.map((column) => sql`(t).${sql.ref(column)}`))
  await sql`insert into ${sql.table(name)} (${into}) overriding system value
    select ${values} from (select row::${sql.table(name)} as t from unnest(${rows}::text[]) row offset 0) as given`.execute(db as Database)
}

/** Brings a database back to what was read of it. False when that cannot be: then it must not be used again. */
export async function bringBack(db: Database, pristine: Pristine): Promise<boolean> {
  await sql`drop schema if exists pgboss cascade`.execute(db)
  if ((await shapeOf(db)) !== pristine.shape) return false
  const left = await digestWrites(db)
  const changed = pristine.tables.filter(({ name }) => left[name] !== pristine.writes[name])
  await db.transaction().execute(async (trx) => {
    // What a trigger or a foreign key would refuse was right when it was read.
    await sql`set local session_replication_role = replica`.execute(trx)
    // Emptying begins new files for a table and all that refer to it; a few rows are deleted in a tenth of the time.
    for (const { name } of changed) await sql`delete from ${sql.table(name)}`.execute(trx)
    for (const table of changed) await refill(trx, table)
    for (const statement of pristine.sequences) await sql.raw(statement).execute(trx)
  })
  const digest = await digestData(
    db,
    changed.map(({ name }) => name),
  )
  pristine.writes = await digestWrites(db)
  return pristine.tables.every((table) => {
    const { name } = table
    return changed.includes(table) ? digest[name] === pristine.digest[name] : pristine.writes[name] === left[name]
  })
}
