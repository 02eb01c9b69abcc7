import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'

// Software rendering on a busy machine is slow; what never comes is still told within seconds.
const SOON = { timeout: 15_000 }

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

const address = (page: Page) => new URL(page.url())
const count = async (page: Page) =>
  Number((await page.locator('main [aria-live] , main h2').allInnerTexts()).join(' ').match(/(\d+) idé/)?.[1] ?? Number.NaN)

async function openFront(page: Page, search = ''): Promise<void> {
  await page.goto(`${journey.server.url}/${search}`)
  await page.locator('main h1').waitFor()
  await page.locator('canvas').waitFor()
}

describe('the map and the list', () => {
  it('follow the same filters, which stand in the address, and the way back works', async () => {
    const { page, problems } = await journey.open()
    await openFront(page)
    const all = await count(page)
    expect(all).toBeGreaterThan(30)
    await page.getByRole('main').getByText('Måløv', { exact: true }).last().click()
    await page.waitForURL(/district=maaloev/)
    await expect.poll(() => count(page), SOON).toBeLessThan(all)
    await page.goBack()
    await expect.poll(() => count(page), SOON).toBe(all)
    await page.goForward()
    await expect.poll(() => address(page).searchParams.get('district'), SOON).toBe('maaloev')
    await page.reload()
    await expect.poll(() => count(page), SOON).toBeLessThan(all)
    expect(problems).toEqual([])
  })

  it('an idea opened from the list is chosen on the map, and back leads to the list', async () => {
    const { page } = await journey.open()
    await openFront(page)
    await page.getByRole('main').locator('a[href*="/ideer/"]').first().click()
    await page.waitForURL(/\/ideer\/\d+/)
    await page.locator('main h1').waitFor()
    const canvas = await page.locator('canvas').elementHandle()
    await page.goBack()
    await page.waitForURL((url) => url.pathname === '/')
    // The same map as before: it is mounted once and never blinks.
    expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true)
  })

  it('a link restores the camera', async () => {
    const { page } = await journey.open()
    await openFront(page)
    await page.getByRole('button', { name: 'Zoom ind' }).click()
    await page.getByRole('button', { name: 'Zoom ind' }).click()
    await expect.poll(() => address(page).searchParams.get('at'), SOON).toBeTruthy()
    const at = address(page).searchParams.get('at')
    const second = await journey.open()
    await openFront(second.page, `?at=${at}`)
    await second.page.waitForTimeout(500)
    expect(address(second.page).searchParams.get('at')).toBe(at)
  })

  it('stays in the hand that pulls it, also where the machine is slow and it is drawn coarser meanwhile', async () => {
    const { page } = await journey.open()
    const [zoom, startX, y, pulledPx] = [15.5, 900, 300, 320]
    await openFront(page, `?at=55.73000_12.36000_${zoom.toFixed(2)}`)
    await page.waitForLoadState('networkidle')
    const width = async () => Number(await page.locator('canvas').first().getAttribute('width'))
    const full = await width()
    // Every frame takes longer than a moving picture may.
    await page.evaluate(`{
      const slowly = () => { const until = performance.now() + 45; while (performance.now() < until); requestAnimationFrame(slowly) }
      requestAnimationFrame(slowly)
    }`)
    await page.mouse.move(startX, y)
    await page.mouse.down()
    const widths: number[] = []
    for (let pulled = 10; pulled <= pulledPx; pulled += 10) {
      await page.mouse.move(startX - pulled, y)
      widths.push(await width())
    }
    await page.mouse.up()
    expect(Math.min(...widths)).toBeLessThan(full)
    await expect.poll(width, SOON).toBe(full)
    const pulledDegrees = (pulledPx * 360) / (512 * 2 ** zoom)
    await expect.poll(() => Number(address(page).searchParams.get('at')?.split('_')[1]), SOON).toBeGreaterThan(12.36 + pulledDegrees * 0.9)
  })

  it('works on a phone without the map in the way: the sheet has three heights', async () => {
    const { page } = await journey.open({ size: PHONE })
    await openFront(page)
    const top = async () => (await page.locator('.bm-panel').boundingBox())?.y ?? Number.NaN
    const start = await top()
    const handle = page
      .locator('.bm-panel')
      .getByRole('button', { name: /højde|liste|panel/i })
      .first()
    await handle.focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(top, SOON).toBeLessThan(start)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(top, SOON).toBeGreaterThan(start)
  })

  it.each([PHONE, DESKTOP])('is not fetched by a browser that cannot draw it, which says so beside the list, at %o', async (size) => {
    const { page, problems } = await journey.open({ size, drawsMap: false })
    const fetched: string[] = []
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
    await page.goto(journey.server.url)
    await page.getByText('Din browser kan ikke tegne kortet. Alt på kortet står også i listen.').waitFor()
    await expect.poll(() => count(page), SOON).toBeGreaterThan(30)
    await page.waitForLoadState('networkidle')
    expect(fetched.filter((path) => path.includes('MapHost'))).not.toEqual([])
    expect(fetched.filter((path) => path.includes('mapLibrary'))).toEqual([])
    expect(problems).toEqual([])
  })
})
