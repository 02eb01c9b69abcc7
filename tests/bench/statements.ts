import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Database } from '../../server/platform/db/connect.ts'
import type { DB } from '../../server/platform/db/schema.ts'

export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** Runs the program's own query and answers the one statement it sent, as it sent it. */
export async function recordStatement(pool: pg.Pool, query: (db: Database) => Promise<unknown>): Promise<Statement> {
  const sent: CompiledQuery[] = []
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), log: ({ query: done }) => void sent.push(done) })
  await query(db)
  const [statement, ...others] = sent
  if (statement === undefined || others.length > 0) throw new Error(`Expected one statement, ${sent.length} were sent.`)
  return { sql: statement.sql, parameters: statement.parameters }
}

export async function recordStatements<Input>(
  pool: pg.Pool,
  inputs: readonly Input[],
  query: (db: Database, input: Input) => Promise<unknown>,
): Promise<Statement[]> {
  const statements: Statement[] = []
  for (const input of inputs) statements.push(await recordStatement(pool, (db) => query(db, input)))
  return statements
}

/** The plan of a statement as it ran, without what is the same everywhere. */
export async function explain(pool: pg.Pool, { sql, parameters }: Statement): Promise<string> {
  const { rows } = await pool.query(`explain (analyze, buffers, costs off) ${sql}`, [...parameters])
  return rows.map((row) => (row['QUERY PLAN'] as string).slice(0, 160)).join('\n')
}

/** Statements the database has finished, everything counted. */
export async function countTransactions(pool: pg.Pool, database: string): Promise<number> {
  const { rows } = await pool.query('select xact_commit::bigint as count from pg_stat_database where datname = $1', [database])
  return rows[0].count
}
