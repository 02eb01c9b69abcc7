import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

/** The panel shows the page's own words and nothing is still coming. */
async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.locator('main [aria-busy=true], main .bm-skeleton').first().waitFor({ state: 'detached' })
}

const paths = [
  ['/', 'Fire bydele fordeler'],
  ['/runder', 'Runderne'],
  ['/runder/2018', '2018'],
  ['/runder/2013', '2013'],
  ['/projekter/2018-haren-i-aadalen', 'Haren'],
  ['/ideer/1', null],
  ['/ideer/ny', 'Hvor er det?'],
  ['/bydele/maaloev', 'Måløv'],
  ['/anlaeg', null],
  ['/anlaeg/haren-i-aadalen', 'Haren'],
  ['/om', 'Borgermillionen'],
  ['/plan/bindingslag', 'Bindingslag'],
  ['/plan/bindingslag/byggelov', 'Byggetilladelse'],
  ['/findes-ikke', null],
] as const

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('every page on a %s', (_name, size) => {
  it.each(['da', 'en'])('is accessible and fits its width in %s', async (language) => {
    const { page, context, problems } = await journey.open({ size })
    const found: string[] = []
    for (const [path] of paths) {
      await page.goto(`${journey.server.url}${path}?lang=${language}`)
      await settled(page)
      expect(await page.getAttribute('html', 'lang'), path).toBe(language)
      found.push(...(await findings(page)).map((finding) => `${path}: ${finding}`))
      const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
      if (tooWide > 0) found.push(`${path} is ${tooWide}px wider than the window`)
      // A text that has no translation shows its key.
      const keys = await page
        .locator('body')
        .innerText()
        .then((text) => text.match(/\b[a-z]+\.[a-z]+[A-Za-z]*\.[a-zA-Z]+\b/g) ?? [])
      found.push(...keys.map((key) => `${path} shows the key ${key}`))
    }
    expect(found).toEqual([])
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([])
    await context.close()
  })
})

describe('the words on the page', () => {
  it.each(paths.filter(([, words]) => words !== null))('%s says what it is', async (path, words) => {
    const { page, context } = await journey.open({ size: PHONE })
    await page.goto(`${journey.server.url}${path}`)
    await settled(page)
    await page
      .getByRole('main')
      .getByText(words ?? '')
      .first()
      .waitFor()
    expect(await page.title()).toContain('Borgermillionen')
    await context.close()
  })

  it('unknown stays unknown: 2013 has no shares and says so', async () => {
    const { page, context } = await journey.open()
    await page.goto(`${journey.server.url}/runder/2013`)
    await settled(page)
    expect(await page.locator('main').innerText()).toMatch(/ikke oplyst|kendes ikke/i)
    await context.close()
  })

  it('money is written the Danish way and the demo says that it is one', async () => {
    const { page, context } = await journey.open()
    await page.goto(journey.server.url)
    await settled(page)
    const words = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ')
    expect(words).toContain('375.251 kr.')
    expect(words).toContain('Demo')
    await context.close()
  })
})
