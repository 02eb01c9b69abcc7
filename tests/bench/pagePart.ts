import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { pageFolder } from '../../server/platform/page/build.ts'
import { findChromium } from '../setup/chromium.ts'
import { launchBrowser } from '../setup/launchBrowser.ts'
import { type Figure, type PartResult, spreadOf, spreadText } from './measure.ts'
import { type Screen, scriptBeforeList, visitSlowly } from './pageLoad.ts'
import { measurePanning } from './panning.ts'
import type { PostgisServer } from './postgis.ts'
import { prepareDatabase, seedIdeas } from './seed.ts'
import { startServerProcess } from './serverProcess.ts'

const IDEAS = 10_000
const VISITS = 5
const PANS = 5
const PHONE: Screen = { name: 'phone 390×844', size: { width: 390, height: 844 } }
const DESKTOP: Screen = { name: 'desktop 1440×900', size: { width: 1440, height: 900 } }
// Where single pins begin to stand apart; the front page itself shows all of them gathered.
const CLOSE = '?at=55.73000_12.36000_15.50'

const kilobytes = (bytes: number) => bytes / 1000

function allScript(): Figure {
  const files = globSync('**/*.js', { cwd: pageFolder })
  const sizes = files.map((file) => kilobytes(gzipSync(readFileSync(join(pageFolder, file)), { level: 9 }).length))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return {
    name: 'All script, the map’s worker included',
    bar: { atMost: 650 },
    unit: 'kB gzip',
    measured: spreadOf([total]),
    detail: `${files.length} files`,
  }
}

async function earlyScript(browser: Browser, url: string): Promise<Figure> {
  const visits = [await scriptBeforeList(browser, PHONE, url), await scriptBeforeList(browser, DESKTOP, url)]
  return {
    name: 'Script before the list is usable',
    bar: { atMost: 130 },
    unit: 'kB gzip',
    measured: spreadOf(visits.map(({ bytes }) => kilobytes(bytes))),
    detail: visits.map(({ files }) => files.join(' ')).join(' / '),
  }
}

async function largestPaint(browser: Browser, screen: Screen, url: string): Promise<Figure> {
  const visits = []
  for (let visit = 0; visit < VISITS; visit += 1) visits.push(await visitSlowly(browser, screen, url))
  const list = spreadOf(visits.map(({ listMs }) => listMs / 1000))
  return {
    name: `Largest Contentful Paint, ${screen.name}`,
    bar: { atMost: 2 },
    unit: 's',
    measured: spreadOf(visits.map(({ lcpMs }) => lcpMs / 1000)),
    detail: `${[...new Set(visits.map(({ lcpOf }) => lcpOf))].join(', ')}; list after ${spreadText(list)} s`,
  }
}

async function panning(browser: Browser, name: string, screen: Screen, url: string): Promise<Figure> {
  const rates = await measurePanning(browser, screen, url, PANS)
  return {
    name: `Panning over ${IDEAS} ideas, ${name}, ${screen.name}`,
    bar: { atLeast: 30 },
    unit: 'map frames/s',
    measured: spreadOf(rates.map(({ drawn }) => drawn)),
    detail: `browser: ${spreadText(spreadOf(rates.map(({ all }) => all)))} frames/s`,
  }
}

/** The page in a real Chromium with software rendering, with 10,000 ideas in the round. */
export async function measurePage(postgis: PostgisServer, database: string): Promise<PartResult> {
  const chromium = findChromium()
  const handle = await prepareDatabase(postgis.urlOf(database))
  await seedIdeas(handle.db, IDEAS)
  const server = await startServerProcess(postgis.urlOf(database))
  const url = `http://127.0.0.1:${server.port}/`
  const browser = await launchBrowser(chromium)
  try {
    const figures = [
      await earlyScript(browser, url),
      allScript(),
      await largestPaint(browser, PHONE, url),
      await largestPaint(browser, DESKTOP, url),
      await panning(browser, 'all districts', PHONE, url),
      await panning(browser, 'all districts', DESKTOP, url),
      await panning(browser, 'close', DESKTOP, `${url}${CLOSE}`),
    ]
    const notes = [
      `Chromium ${browser.version()}, software rendering; ${IDEAS} ideas in the round.`,
      `Paint: processor 4 times slower, 1.6 Mbit/s, 150 ms, nothing cached, ${VISITS} visits. Panning: ${PANS} pulls of 4 s by mouse.`,
    ]
    return { figures, plans: {}, notes }
  } finally {
    await browser.close()
    await server.stop()
    await handle.close()
  }
}
