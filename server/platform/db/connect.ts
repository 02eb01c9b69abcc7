import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Config, StartError } from '../config.ts'
import { answerSocket } from './answerSocket.ts'
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
import { hotClient } from './hotStatements.ts'
import type { DB } from './schema.ts'

export type Database = Kysely<DB>

export interface DatabaseHandle {
  readonly db: Database
  readonly pool: pg.Pool
  readonly isEmbedded: boolean
  /** Whether this PostGIS can encode vector tiles itself. */
  readonly encodesTiles: boolean
  readonly embedded: EmbeddedDatabase | null
  readonly close: () => Promise<void>
}

const MINIMUM_POSTGIS = [3, 3] as const
const STATEMENT_TIMEOUT_MS = 15_000

// Counts and sums fit a double here; a date has no time zone and stays text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

function openPool(config: Config, embedded: EmbeddedDatabase | null): pg.Pool {
  const shared = {
    max: config.databasePoolSize,
    connectionTimeoutMillis: 5_000,
    application_name: 'borgermillionen',
    stream: answerSocket as unknown as pg.PoolConfig['stream'],
  }
  const pool = embedded
    ? new pg.Pool({ ...shared, Client: hotClient(false), host: embedded.host, user: 'postgres', database: 'postgres' })
    : new pg.Pool({
        ...shared,
        Client: hotClient(config.namedStatements),
        connectionString: config.databaseUrl as string,
        statement_timeout: STATEMENT_TIMEOUT_MS,
        // PostGIS functions look so costly to the planner that it compiles a tile's statement for 200 ms to save 5.
        options: '-c jit=off',
      })
  // An idle connection that breaks is replaced on the next use; and one in use fails its query;
  // without a listener either would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

async function ensureExtension(pool: pg.Pool, name: string, debianPackage: string): Promise<void> {
  const installed = await pool.query('select 1 from pg_extension where extname = $1', [name])
  if (installed.rowCount) return
  const available = await pool.query('select 1 from pg_available_extensions where name = $1', [name])
  if (!available.rowCount) {
    throw new StartError(
      `The database server has no extension "${name}". Install it there (on Debian the package ${debianPackage}) and start again.`,
    )
  }
  try {
    await pool.query(`create extension if not exists ${name}`)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23505' || code === '42710') return // another process made it in this moment
    throw new StartError(
      `The database user may not create the extension "${name}" (${(error as Error).message}). Let an administrator run: CREATE EXTENSION ${name};`,
    )
  }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const result = await pool.query('select postgis_lib_version() as version')
  const version: string = result.rows[0].version
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantMajor, wantMinor] = MINIMUM_POSTGIS
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return
  throw new StartError(`The database has PostGIS ${version}; at least ${MINIMUM_POSTGIS.join('.')} is needed. Upgrade PostGIS there.`)
}

async function checkPermission(pool: pg.Pool): Promise<void> {
  const result = await pool.query(`select has_schema_privilege(current_user, 'public', 'create') as may`)
  if (result.rows[0].may) return
  throw new StartError('The database user may not create tables. Let an administrator run: GRANT CREATE, USAGE ON SCHEMA public TO <user>;')
}

/** `ST_AsMVT` exists everywhere, but only works where PostGIS was built with protobuf. */
async function canEncodeTiles(pool: pg.Pool): Promise<boolean> {
  const result = await pool.query('select postgis_libprotobuf_version() as version')
  return Boolean(result.rows[0].version)
}

function connectionSentence(error: Error & { code?: string }): string {
  const known: Record<string, string> = {
    ECONNREFUSED: 'nothing listens at that address',
    ENOTFOUND: 'the host name is not known',
    EAI_AGAIN: 'the host name cannot be looked up at the moment',
    ETIMEDOUT: 'it does not answer',
    '28P01': 'the password is wrong',
    '28000': 'the user may not connect',
    '3D000': 'the database does not exist',
  }
  return known[error.code ?? ''] ?? error.message
}

/**
 * Opens the database the configuration names and makes sure PostGIS is there, new enough and allowed.
 * @errors StartError with a sentence for people
 */
export async function openDatabase(config: Config): Promise<DatabaseHandle> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config.localDir) : null
  const pool = openPool(config, embedded)
  const close = async () => {
    await pool.end()
    await embedded?.close()
  }
  try {
    await pool.query('select 1').catch((error) => {
      throw new StartError(`The database in DATABASE_URL cannot be reached: ${connectionSentence(error)}.`)
    })
    await checkPermission(pool)
    await ensureExtension(pool, 'postgis', 'postgresql-15-postgis-3')
    await ensureExtension(pool, 'pg_trgm', 'postgresql-contrib')
    await checkVersion(pool)
    const encodesTiles = await canEncodeTiles(pool)
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
    return { db, pool, isEmbedded: embedded !== null, encodesTiles, embedded, close }
  } catch (error) {
    await close()
    throw error
  }
}
