import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createDevelopmentIssuer } from '../../server/accounts/developmentIssuer.ts'
import { findPerson, refuseCrossSite } from '../../server/accounts/middleware.ts'
import { accountsRoutes } from '../../server/accounts/routes.ts'
import type { SignInParts } from '../../server/accounts/service.ts'
import type { Config } from '../../server/platform/config.ts'
import type { Deps } from '../../server/platform/deps.ts'
import { onError, onNotFound } from '../../server/platform/http/problems.ts'
import { createRouter } from '../../server/platform/http/router.ts'
import { createLog } from '../../server/platform/log.ts'
import { heldJobs, type TestClock, testClock } from './app.ts'
import { openTestDatabase } from './database.ts'

/** The accounts room alone, with one route behind its middleware that a write can be tried on. */
export function createAccountsApp(deps: Deps, parts?: Partial<SignInParts>) {
  const app = createRouter()
  app.onError(onError)
  app.notFound(onNotFound)
  app.use(async (context, next) => {
    context.set('addressKey', 'test')
    await next()
  })
  app.use(findPerson(deps))
  app.use(refuseCrossSite(deps.config))
  app.route('/', accountsRoutes(deps, parts))
  app.all('/probe', (context) => context.json({ personId: context.get('person')?.personId ?? null }))
  return app
}

/** The room's dependencies over a database of its own. */
export async function openAccountsDeps(change: Partial<Config> = {}): Promise<Deps & { clock: TestClock; close: () => Promise<void> }> {
  const { config, db, isEmbedded, encodesTiles, close } = await openTestDatabase()
  const storage = { write: async () => {}, read: async () => null, remove: async () => {}, list: async () => [] }
  const log = createLog('silent')
  return { config: { ...config, ...change }, db, isEmbedded, encodesTiles, clock: testClock(), log, jobs: heldJobs(), storage, close }
}

/** The accounts room and the development issuer on a free port, as in a real start. */
export async function startAccountsServer() {
  const server = createServer((request, response) => handle(request, response))
  let handle: Parameters<typeof createServer>[1] & {} = (_request, response) => response.writeHead(503).end()
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const baseUrl = `http://localhost:${(server.address() as { port: number }).port}`
  const deps = await openAccountsDeps({ baseUrl })
  const issuer = createDevelopmentIssuer(deps.config, deps.log)
  const listener = getRequestListener(createAccountsApp(deps).fetch)
  handle = (request, response) => (request.url?.startsWith(issuer.path) ? issuer.handle(request, response) : listener(request, response))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await deps.close()
  }
  return { baseUrl, deps, close }
}
