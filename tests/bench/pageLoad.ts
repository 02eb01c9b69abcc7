import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Screen {
  readonly name: string
  readonly size: { readonly width: number; readonly height: number }
}

const SLOW_NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const SLOW_CPU = { rate: 4 }
const SETTLED_MS = 2_500

// Runs in the page before its own code: when the first idea stands in the list, and the largest paint so far.
const WATCH = `
  window.bench = { listMs: null, lcpMs: null, lcpOf: '' }
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('.bm-card-link')) return
    window.bench.listMs = performance.now()
    observer.disconnect()
  }).observe(document, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.bench.lcpMs = entry.startTime
      window.bench.lcpOf = entry.element ? entry.element.tagName.toLowerCase() + '.' + entry.element.className : entry.url
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
`

async function openWatched(browser: Browser, { size }: Screen): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: size, locale: 'da-DK', hasTouch: size.width < 600 })
  await context.addInitScript(WATCH)
  return { context, page: await context.newPage() }
}

export interface SlowVisit {
  readonly lcpMs: number
  readonly lcpOf: string
  readonly listMs: number
}

/** A first visit with nothing cached, on a slow computer and a slow line. */
export async function visitSlowly(browser: Browser, screen: Screen, url: string): Promise<SlowVisit> {
  const { context, page } = await openWatched(browser, screen)
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', SLOW_CPU)
  await page.goto(url)
  await page.locator('.bm-card-link').first().waitFor()
  await page.locator('canvas').first().waitFor()
  await page.waitForTimeout(SETTLED_MS)
  const seen = (await page.evaluate('window.bench')) as SlowVisit
  await context.close()
  return seen
}

/** Script that a first visit asks for until the first idea stands in the list. @unit bytes, gzip 9 */
export async function scriptBeforeList(browser: Browser, screen: Screen, url: string): Promise<{ bytes: number; files: string[] }> {
  const { context, page } = await openWatched(browser, screen)
  await page.goto(url)
  await page.locator('.bm-card-link').first().waitFor()
  const addresses = (await page.evaluate(`performance.getEntriesByType('resource')
    .filter((entry) => entry.startTime <= window.bench.listMs && new URL(entry.name).pathname.endsWith('.js'))
    .map((entry) => entry.name)`)) as string[]
  let bytes = 0
  for (const address of addresses) {
    const answer = await context.request.get(address)
    bytes += gzipSync(await answer.body(), { level: 9 }).length
  }
  await context.close()
  return { bytes, files: addresses.map((address) => new URL(address).pathname.split('/').at(-1) as string) }
}
