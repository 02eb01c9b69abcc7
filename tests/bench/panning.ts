import type { Browser, Page } from 'playwright-core'
import type { Screen } from './pageLoad.ts'

const DRAG_MS = 4_000
const STEP_PX = 8
const SETTLED_MS = 3_000

// Runs in the page before its own code: counts the browser's frames, and those in which WebGL drew something.
const COUNT = `
  window.frames_ = { all: 0, drawn: 0 }
  let hasDrawn = false
  for (const name of ['drawElements', 'drawArrays']) {
    const draw = WebGL2RenderingContext.prototype[name]
    WebGL2RenderingContext.prototype[name] = function (...values) {
      hasDrawn = true
      return draw.apply(this, values)
    }
  }
  const tick = () => {
    window.frames_.all += 1
    if (hasDrawn) window.frames_.drawn += 1
    hasDrawn = false
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
`

export interface FrameRate {
  /** Frames the browser made. @unit per second */
  readonly all: number
  /** Frames in which the map drew. @unit per second */
  readonly drawn: number
}

/** Pulls the map to and fro by the mouse, without a pause, for some seconds. */
async function drag(page: Page, { size }: Screen): Promise<void> {
  // On a phone the lower half is the sheet's.
  const [startX, y] = [size.width * 0.72, size.height * (size.width < size.height ? 0.3 : 0.5)]
  await page.mouse.move(startX, y)
  await page.mouse.down()
  const until = performance.now() + DRAG_MS
  const reachPx = size.width * 0.15
  let [x, step] = [startX, -STEP_PX]
  while (performance.now() < until) {
    if (Math.abs(x + step - startX) > reachPx) step = -step
    x += step
    await page.mouse.move(x, y + (x - startX) / 3)
  }
}

/** Frames per second while somebody pans the map, opened at an address with everything loaded. */
export async function measurePanning(browser: Browser, screen: Screen, url: string, times: number): Promise<FrameRate[]> {
  const context = await browser.newContext({ viewport: screen.size, locale: 'da-DK' })
  await context.addInitScript(COUNT)
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('canvas').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(SETTLED_MS)
  const rates: FrameRate[] = []
  for (let time = 0; time < times; time += 1) {
    await page.evaluate('Object.assign(window.frames_, { all: 0, drawn: 0 })')
    const began = performance.now()
    await drag(page, screen)
    const { all, drawn } = (await page.evaluate('window.frames_')) as FrameRate
    const seconds = (performance.now() - began) / 1000
    await page.mouse.up()
    await page.waitForTimeout(500)
    rates.push({ all: all / seconds, drawn: drawn / seconds })
  }
  await context.close()
  return rates
}
