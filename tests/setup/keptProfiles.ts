import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from './launchBrowser.ts'

// Half of what a page costs here is its process and the compilation of its scripts. The files of a worker share its
// browsers, and a journey takes over the page of the last one, once everything that one left in it is gone. The cache of
// answers stays, because compiled scripts lie in it; what a map may show for seconds without asking again goes with the
// server that said it.

export interface ProfileKind {
  size: { width: number; height: number }
  locale: string
  drawsMap: boolean
}

export interface Profile {
  page: Page
  context: BrowserContext
  /** Errors the page told of, as lines. */
  problems: string[]
  /** Empties it for the next journey, or closes it where that cannot be. */
  giveBack(url: string, mayBeKept?: boolean): Promise<void>
}

type Opened = Pick<Profile, 'page' | 'context'>
/** `server`: whose answers its cache holds. */
type Kept = Opened & { server: object }

const browsers = new Map<boolean, Promise<Browser>>()
const idle = new Map<string, Kept[]>()

function keptBrowser(chromiumPath: string, drawsMap: boolean): Promise<Browser> {
  const launched = browsers.get(drawsMap) ?? launchBrowser(chromiumPath, drawsMap)
  browsers.set(drawsMap, launched)
  return launched
}

async function make(chromiumPath: string, { size, locale, drawsMap }: ProfileKind, hasTouch: boolean): Promise<Opened> {
  const browser = await keptBrowser(chromiumPath, drawsMap)
  const context = await browser.newContext({ viewport: size, locale, hasTouch, reducedMotion: 'reduce' })
  return { context, page: await context.newPage() }
}

/** As after `make`, on an address where no script runs. @errors whatever a page that hangs or has crashed throws */
async function empty({ page, context }: Opened, url: string): Promise<void> {
  for (const other of context.pages()) if (other !== page) await other.close()
  page.removeAllListeners()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await context.setOffline(false)
  await page.goto(`${url}/healthz`)
  await page.evaluate('sessionStorage.clear()')
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'all' })
  await session.detach()
  await context.clearCookies()
  await context.clearPermissions()
  await page.emulateMedia({ media: null, colorScheme: null, contrast: null, forcedColors: null, reducedMotion: 'reduce' })
}

async function clearCache({ page, context }: Opened): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await session.detach()
}

/** A page in a profile of its own in which nothing is kept but the cache of answers, for a journey at `server`. */
export async function takeProfile(chromiumPath: string, kind: ProfileKind, server: object): Promise<Profile> {
  const hasTouch = kind.size.width < 600
  const key = JSON.stringify([kind.drawsMap, kind.locale, hasTouch])
  const known = idle.get(key)?.pop()
  if (known && known.server !== server && kind.drawsMap) await clearCache(known)
  const kept: Kept = { ...(known ?? (await make(chromiumPath, kind, hasTouch))), server }
  const { page, context } = kept
  if (known) await page.setViewportSize(kind.size)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`))
  return {
    page,
    context,
    problems,
    giveBack: async (url, mayBeKept = true) => {
      const isGood =
        mayBeKept &&
        (await empty(kept, url).then(
          () => true,
          () => false,
        ))
      if (isGood) idle.set(key, [...(idle.get(key) ?? []), kept])
      else await context.close()
    },
  }
}
