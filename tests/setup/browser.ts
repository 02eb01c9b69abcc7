import { inject, onTestFinished } from 'vitest'
import { type RunningServer, startServer } from '../../server/start.ts'
import { takeDatabase } from './keptDatabase.ts'
import { type Profile, takeProfile } from './keptProfiles.ts'

export const PHONE = { width: 390, height: 844 } as const
export const DESKTOP = { width: 1440, height: 900 } as const
/** What most journeys see: the layout of the desktop with half of its pixels, because software draws the map. */
const SMALL_DESKTOP = { width: 1024, height: 720 } as const

export interface OpenOptions {
  size?: { width: number; height: number }
  locale?: string
  /** False where a journey does not look at the map: most of a page's time here is its drawing. */
  drawsMap?: boolean
  /** Until the end of the file instead of the test, for what is opened before all tests. */
  isForFile?: boolean
  /** For a test that changes the profile for good: by a clock of its own, a script before every page, answers it keeps. */
  isSpoiled?: boolean
}

export interface Journey {
  server: RunningServer
  /**
   * A browser profile in which nothing is kept yet, at a size and in Danish unless told otherwise, until the end of the
   * test. Errors of the page fail the test that reads `problems`.
   */
  open(options?: OpenOptions): Promise<Profile>
  close(): Promise<void>
}

// Every file of a worker listens where the last one did: a page's scripts, once compiled, are known by their address.
let port = 0

/** The whole server with the demo round on a port of this worker, and a browser. */
export async function startJourney(environment: Record<string, string> = {}): Promise<Journey> {
  const template = inject('template')
  if (template.kind === 'server')
    throw new Error('Journeys run on the embedded database, which alone has the demo round: unset TEST_DATABASE_URL.')
  const database = await takeDatabase(template.demoFolder, { PORT: String(port), DEMO: 'true', ...environment })
  const server = await startServer(
    database.config,
    () => {},
    async () => database,
  )
  port = Number(new URL(server.url).port)
  const held: Profile[] = []
  return {
    server,
    open: async ({ size = SMALL_DESKTOP, locale = 'da-DK', drawsMap = true, isForFile = false, isSpoiled = false } = {}) => {
      const profile = await takeProfile(inject('chromiumPath'), { size, locale, drawsMap }, server)
      if (isForFile) held.push(profile)
      else
        onTestFinished(async ({ task }) => {
          await profile.giveBack(server.url, task.result?.state === 'pass' && !isSpoiled)
        })
      return profile
    },
    close: async () => {
      for (const profile of held) await profile.giveBack(server.url)
      await server.close()
    },
  }
}
