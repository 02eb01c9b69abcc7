import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { readConfig } from '../../server/platform/config.ts'
import { type RunningServer, startServer } from '../../server/start.ts'
import { cloneDatabase } from './database.ts'

export const PHONE = { width: 390, height: 844 } as const
export const DESKTOP = { width: 1440, height: 900 } as const
/** What most journeys see: the layout of the desktop with half of its pixels, because software draws the map. */
const SMALL_DESKTOP = { width: 1024, height: 720 } as const

// None of the browser's own conversations with the world.
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]
// Only the map is drawn through WebGL; the page around it is painted and put together without, at half of the time.
// Beside other tests it may be slow for seconds, which the browser would take for dead.
const DRAWING = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing', '--disable-gpu-watchdog']
const NOT_DRAWING = ['--disable-gpu', '--disable-software-rasterizer']

/** A browser that draws the map in software, or one that cannot draw it: the page says so and works, at a quarter of the time. */
export function launchBrowser(executablePath: string, drawsMap = true): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...FLAGS, ...(drawsMap ? DRAWING : NOT_DRAWING)] })
}

const browsers = new Map<boolean, Promise<Browser>>()

/** The files of a worker share its browsers, which end with it; every journey has profiles of its own. */
function keptBrowser(drawsMap: boolean): Promise<Browser> {
  const launched = browsers.get(drawsMap) ?? launchBrowser(inject('chromiumPath'), drawsMap)
  browsers.set(drawsMap, launched)
  return launched
}

export interface Journey {
  server: RunningServer
  /** A fresh browser profile at a size, in Danish unless told otherwise; errors of the page fail the test that reads `problems`. */
  open(options?: {
    size?: { width: number; height: number }
    locale?: string
    /** False where a journey does not look at the map: most of a page's time here is its drawing. */
    drawsMap?: boolean
  }): Promise<{ page: Page; context: BrowserContext; problems: string[] }>
  close(): Promise<void>
}

/** The whole server with the demo round on a free port, and a browser. */
export async function startJourney(environment: Record<string, string> = {}): Promise<Journey> {
  const clone = await cloneDatabase({ withDemo: true })
  const server = await startServer(readConfig({ ...clone.environment, PORT: '0', DEMO: 'true', ...environment }), () => {})
  const contexts: BrowserContext[] = []
  return {
    server,
    open: async ({ size = SMALL_DESKTOP, locale = 'da-DK', drawsMap = true } = {}) => {
      const browser = await keptBrowser(drawsMap)
      const context = await browser.newContext({ viewport: size, locale, hasTouch: size.width < 600, reducedMotion: 'reduce' })
      contexts.push(context)
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
      page.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`))
      return { page, context, problems }
    },
    close: async () => {
      for (const context of contexts) await context.close()
      await server.close()
      await clone.remove()
    },
  }
}
