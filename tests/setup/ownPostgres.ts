import { execFileSync } from 'node:child_process'
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid)
    throw new Error(
      'A PostgreSQL of this test cannot run as root and there is no user "postgres". Install the package postgresql-15-postgis-3.',
    )
  return { uid: Number(uid), gid: Number(gid) }
}

function programs(): string {
  const found = globSync('/usr/lib/postgresql/*/bin/pg_ctl').sort().at(-1)
  if (!found)
    throw new Error('This test restarts a PostgreSQL server of its own and needs its programs: apt-get install postgresql-15-postgis-3')
  return found.slice(0, -'pg_ctl'.length)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

export interface OwnPostgres {
  readonly url: string
  stop(mode: 'fast' | 'immediate'): void
  start(): void
  remove(): void
}

/** A PostgreSQL server of this test's own, to be stopped and started at will. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const user = unprivileged()
  const bin = programs()
  const folder = mkdtempSync(join(tmpdir(), 'bm-pg-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const run = (program: string, ...words: string[]) =>
    void execFileSync(join(bin, program), words, { ...user, cwd: folder, stdio: 'ignore', timeout: 60_000 })
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
  const port = await freePort()
  // fsync stays on: what is acknowledged must be there after a crash.
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  const start = () => run('pg_ctl', '-D', data, '-w', '-t', '50', '-l', join(folder, 'log'), '-o', options, 'start')
  const stop = (mode: 'fast' | 'immediate') => run('pg_ctl', '-D', data, '-w', '-m', mode, 'stop')
  start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove: () => {
      stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
