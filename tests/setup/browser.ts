import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { readConfig } from '../../server/platform/config.ts'
import { type RunningServer, startServer } from '../../server/start.ts'
import { cloneDatabase } from './database.ts'

export const PHONE = { width: 390, height: 844 } as const
export const DESKTOP = { width: 1440, height: 900 } as const
/** What most journeys see: the layout of the desktop with half of its pixels, because software draws the map. */
const SMALL_DESKTOP = { width: 1024, height: 720 } as const

// Software rendering, and none of the browser's own conversations with the world.
const FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS })
}

export interface Journey {
  server: RunningServer
  browser: Browser
  /** A fresh browser profile at a size, in Danish unless told otherwise; errors of the page fail the test that reads `problems`. */
  open(options?: {
    size?: { width: number; height: number }
    locale?: string
  }): Promise<{ page: Page; context: BrowserContext; problems: string[] }>
  close(): Promise<void>
}

/** The whole server with the demo round on a free port, and a browser. */
export async function startJourney(environment: Record<string, string> = {}): Promise<Journey> {
  const clone = await cloneDatabase()
  const server = await startServer(readConfig({ ...clone.environment, PORT: '0', DEMO: 'true', ...environment }), () => {})
  const browser = await launchBrowser(inject('chromiumPath'))
  return {
    server,
    browser,
    open: async ({ size = SMALL_DESKTOP, locale = 'da-DK' } = {}) => {
      const context = await browser.newContext({ viewport: size, locale, hasTouch: size.width < 600, reducedMotion: 'reduce' })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
      page.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`))
      return { page, context, problems }
    },
    close: async () => {
      await browser.close()
      await server.close()
      await clone.remove()
    },
  }
}
