import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { serveDatabase } from './embeddedSocket.ts'
import { leanPostgis } from './leanPostgis.ts'
import { rememberLibraryNames } from './quickSymbols.ts'

// A thread of its own: PostgreSQL in WebAssembly computes without pause, and answers to people must not wait for it.
// It dies with the process, whatever ends that.
const { dataDir, socketPath } = workerData as { dataDir: string; socketPath: string }

rememberLibraryNames()
const database = await PGlite.create(dataDir, { extensions: { postgis: leanPostgis, pg_trgm } })
// A database that failed inside is started anew, as after a crash of a server.
const stop = await serveDatabase(database, socketPath, () => process.exit(1))

parentPort?.on('message', async (message) => {
  if (message !== 'stop') return
  await stop()
  await database.close()
  parentPort?.postMessage('stopped')
  parentPort?.close()
})
parentPort?.postMessage('ready')
