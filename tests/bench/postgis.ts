import { execFile, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** What differs from PostgreSQL's own settings; printed with the results. */
export const POSTGRES_SETTINGS = { shared_buffers: '256MB', max_wal_size: '4GB', fsync: 'off' } as const

const run = promisify(execFile)

export interface PostgisServer {
  /** Folder of pgbench and its companions. */
  readonly programs: string
  readonly port: number
  readonly urlOf: (database: string) => string
  readonly stop: () => Promise<void>
}

/** Newest PostgreSQL with PostGIS and pgbench in Debian's places. */
function findPrograms(): string {
  const complete = globSync('/usr/lib/postgresql/*/bin')
    .filter((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'pgbench')))
    .filter((folder) => existsSync(join('/usr/share/postgresql', folder.split('/')[4] as string, 'extension/postgis.control')))
    .sort()
  const newest = complete.at(-1)
  if (newest !== undefined) return newest
  throw new Error(
    'The bench needs PostgreSQL with PostGIS and pgbench in /usr/lib/postgresql. On Debian: apt-get install postgresql-15-postgis-3',
  )
}

async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as { port: number }
  await new Promise((done) => probe.close(done))
  return port
}

/** PostgreSQL refuses to run as root; Debian's package brings the user `postgres`. */
function findUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const number = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

/** Starts a PostGIS server of the bench's own on a free port, in a folder that `stop` removes. */
export async function startPostgis(more: Partial<Record<keyof typeof POSTGRES_SETTINGS, string>> = {}): Promise<PostgisServer> {
  const programs = findPrograms()
  const user = findUser()
  const data = mkdtempSync(join(tmpdir(), 'bench-postgis-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid)
  const as = { cwd: data, ...user }
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], as)
  const port = await findFreePort()
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: data, logging_collector: 'on', ...POSTGRES_SETTINGS, ...more }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...options], { ...as, stdio: 'ignore' })
  const ended = new Promise((done) => child.once('exit', done))
  // A bench that is broken off leaves nothing behind.
  const abandon = () => {
    child.kill('SIGQUIT')
    rmSync(data, { recursive: true, force: true })
  }
  process.once('exit', abandon)
  const stop = async () => {
    child.kill('SIGINT')
    await ended
    process.off('exit', abandon)
    rmSync(data, { recursive: true, force: true })
  }
  const isReady = () =>
    run(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    )
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await isReady()) return { programs, port, urlOf: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`, stop }
    await wait(200)
  }
  const log = globSync(join(data, 'log/*'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('')
  await stop()
  throw new Error(`The bench's PostgreSQL did not start within 20 seconds.\n${log}`)
}
