import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { StartError } from '../config.ts'
import { lockFolder } from './folderLock.ts'

// The kernel keeps socket paths in 108 bytes.
const SOCKET_PATH_MAX = 100
const REVIVE_AFTER_MS = 500
const REVIVE_AGAIN_MS = 5_000

export interface EmbeddedDatabase {
  /** Folder of the Unix socket: what `pg` takes as host. */
  readonly host: string
  readonly close: () => Promise<void>
  /** Stops and starts the database under the same socket, as a restart of a server would. */
  readonly restart: () => Promise<void>
}

/** Beside the data where the path is short enough, else in the system's folder for temporary files. */
function socketFolder(folder: string): string {
  const beside = join(folder, 'socket')
  if (beside.length <= SOCKET_PATH_MAX - '/.s.PGSQL.5432'.length) {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    return beside
  }
  return mkdtempSync(join(tmpdir(), 'bm-'))
}

function startWorker(folder: string, socketPath: string): Promise<Worker> {
  rmSync(socketPath, { force: true })
  const worker = new Worker(new URL('./embeddedWorker.ts', import.meta.url), {
    workerData: { dataDir: join(folder, 'postgres'), socketPath },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve(worker))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the embedded database ended with code ${code}`)))
  })
}

async function stopWorker(worker: Worker): Promise<void> {
  // A thread that has ended says so no more: nobody may wait for it.
  if (worker.threadId === -1) return
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.postMessage('stop')
  await ended
}

/**
 * Starts PostGIS in a thread of this process, with its data in `folder`/postgres and a socket beside it.
 * If the thread dies it is started again until it lives; requests answer 503 meanwhile.
 * @errors StartError when the folder is taken, not writable, or its data unreadable
 */
export async function startEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const unlock = lockFolder(folder)
  const host = socketFolder(folder)
  const socketPath = `${host}/.s.PGSQL.5432`
  let closing = false
  let worker: Worker
  let revival: NodeJS.Timeout | undefined
  const reviveIn = (ms: number) => {
    if (closing) return
    revival = setTimeout(() => startWorker(folder, socketPath).then(watch, () => reviveIn(REVIVE_AGAIN_MS)), ms)
  }
  const watch = (started: Worker) => {
    worker = started
    started.removeAllListeners('exit').removeAllListeners('error')
    started.on('error', () => {})
    started.once('exit', () => reviveIn(REVIVE_AFTER_MS))
  }
  try {
    watch(await startWorker(folder, socketPath))
  } catch (error) {
    unlock()
    throw new StartError(
      `The embedded database in ${folder} did not start (${(error as Error).message}). Restore a backup, or move the folder away to begin anew.`,
    )
  }
  return {
    host,
    restart: async () => {
      closing = true
      clearTimeout(revival)
      await stopWorker(worker)
      closing = false
      watch(await startWorker(folder, socketPath))
    },
    close: async () => {
      closing = true
      clearTimeout(revival)
      await stopWorker(worker)
      rmSync(socketPath, { force: true })
      unlock()
    },
  }
}
