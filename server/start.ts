import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { loadAll } from '../data/load.ts'
import { createDevelopmentIssuer } from './accounts/developmentIssuer.ts'
import { createApp } from './app.ts'
import { systemClock } from './platform/clock.ts'
import { type Config, StartError } from './platform/config.ts'
import { type DatabaseHandle, openDatabase } from './platform/db/connect.ts'
import { migrate } from './platform/db/migrate.ts'
import type { Deps } from './platform/deps.ts'
import { createMetrics } from './platform/http/metrics.ts'
import { createBossJobs } from './platform/jobs/bossJobs.ts'
import { createLog } from './platform/log.ts'
import { buildPage } from './platform/page/build.ts'
import { createFolderStorage } from './platform/storage/folderStorage.ts'
import { prepareVoting } from './voting/prepare.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void
type Say = (line: string) => void

export interface RunningServer {
  readonly url: string
  readonly deps: Deps
  readonly handle: DatabaseHandle
  readonly close: () => Promise<void>
}

const startingPage = `<!doctype html><html lang="da"><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>Borgermillionen starter</title><p>Borgermillionen starter. Siden kommer af sig selv om lidt. <span lang="en">(Starting …)</span>`

const notYet: Handler = (_request, response) => {
  response.writeHead(503, { 'Content-Type': 'text/html; charset=utf-8', 'Retry-After': '3', 'Cache-Control': 'no-store' })
  response.end(startingPage)
}

/** Listens before anything slow is done, so that a taken port is known at once. */
async function listen(config: Config): Promise<{ server: Server; config: Config; serve: (handler: Handler) => void }> {
  let handler = notYet
  const server = createServer((request, response) => handler(request, response))
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence: Record<string, string> = {
        EADDRINUSE: `Port ${config.port} is already in use. Stop what listens there, or choose another port: PORT=8081 npm start`,
        EACCES: `Port ${config.port} may not be used by this user. Choose a port above 1023: PORT=8080 npm start`,
      }
      fail(
        new StartError(
          sentence[error.code ?? ''] ?? `Cannot listen on ${config.host}:${config.port} (${error.message}). Check HOST and PORT.`,
        ),
      )
    })
    server.listen(config.port, config.host, done)
  })
  const { port } = server.address() as { port: number }
  const bound = config.port === 0 ? { ...config, port, baseUrl: `http://localhost:${port}` } : config
  return {
    server,
    config: bound,
    serve: (next) => {
      handler = next
    },
  }
}

async function prepareData(config: Config, handle: DatabaseHandle, say: Say): Promise<void> {
  const done = await migrate(handle.db)
  say(done.length > 0 ? `Database: ${done.length} migrations run.` : 'Database: up to date.')
  await prepareVoting(handle.db, config, say)
  await loadAll({ db: handle.db, isEmbedded: handle.isEmbedded, withDemo: config.loadDemo && handle.isEmbedded, clock: systemClock, say })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 3_000).unref()
  })
}

/**
 * Starts everything the configuration asks for and says in plain lines what it does; `open` opens another database
 * than the one it names.
 * @errors StartError with a sentence for people
 */
export async function startServer(wanted: Config, say: Say, open = openDatabase): Promise<RunningServer> {
  const log = createLog(wanted.logLevel)
  const { server, config, serve } = await listen(wanted)
  const page = buildPage()
  page.catch(() => {})
  let handle: DatabaseHandle | undefined
  try {
    say(
      config.databaseUrl
        ? 'Database: connecting.'
        : `Database: starting the embedded PostGIS in ${config.localDir} (the first time takes about 10 seconds).`,
    )
    handle = await open(config)
    const { db, isEmbedded, encodesTiles } = handle
    await prepareData(config, handle, say)
    const storage = createFolderStorage(config.storageDir)
    const jobs = createBossJobs({ pool: handle.pool, log })
    const deps: Deps = { config, db, isEmbedded, encodesTiles, clock: systemClock, log, jobs, storage }
    const app = createApp(deps, createMetrics(handle.pool))
    say((await page) ? 'Page: built.' : 'Page: already built.')
    await jobs.start()
    const listener = getRequestListener(app.fetch)
    const issuer = config.oidc === null ? createDevelopmentIssuer(config, log) : null
    serve((request, response) =>
      issuer && request.url?.startsWith(issuer.path) ? issuer.handle(request, response) : listener(request, response),
    )
    const opened = handle
    const close = async () => {
      await closeServer(server)
      await jobs.stop()
      await opened.close()
    }
    return { url: config.baseUrl, deps, handle, close }
  } catch (error) {
    await closeServer(server)
    await handle?.close()
    throw error
  }
}
