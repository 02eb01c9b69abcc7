import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

const paths = [
  '/ogc',
  '/ogc/conformance',
  '/ogc/api',
  '/ogc/collections',
  '/ogc/collections/ideas',
  '/ogc/collections/ideas/items?limit=5',
  '/ogc/collections/ideas/items/2',
]

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('the pages of the service on a %s', (_name, size) => {
  it.each(['da', 'en'])('are accessible, fit their width and have their style in %s', async (language) => {
    const { page, problems } = await journey.open({ size, drawsMap: false })
    const found: string[] = []
    for (const path of paths) {
      await page.goto(`${journey.server.url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      await page.locator('main h1').waitFor()
      expect(await page.getAttribute('html', 'lang'), path).toBe(language)
      found.push(...(await findings(page)).map((finding) => `${path}: ${finding}`))
      const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
      if (tooWide > 0) found.push(`${path} is ${tooWide}px wider than the window`)
      expect(await page.evaluate<string>('getComputedStyle(document.body).color'), path).toBe('rgb(29, 42, 42)')
    }
    expect(found).toEqual([])
    expect(problems).toEqual([])
  })

  it('lead from the start to a feature and on to the next page', async () => {
    const { page } = await journey.open({ size, drawsMap: false })
    await page.goto(`${journey.server.url}/ogc`)
    await page.getByRole('link', { name: 'Samlinger' }).click()
    await page.getByRole('link', { name: 'Idéer', exact: true }).click()
    await page.getByRole('link', { name: 'Indhold' }).click()
    await page.getByRole('table').getByRole('link', { name: '1', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Idéer · ' }).waitFor()
    await page.goto(`${journey.server.url}/ogc/collections/ideas/items?limit=30`)
    await page.getByRole('link', { name: 'Næste side' }).click()
    await page.getByText('10 vist af 40').waitFor()
    await page.getByRole('link', { name: 'Forrige side' }).click()
    await page.getByText('30 vist af 40').waitFor()
  })
})
