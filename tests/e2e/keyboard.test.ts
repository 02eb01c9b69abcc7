import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Journey, startJourney } from '../setup/browser.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

const focused = 'document.activeElement'
// Headings and regions take the focus too after a change of page; their text is everything inside, not a name.
const nameOfFocus = (page: Page) =>
  page.evaluate<string>(`${focused}.matches('a, button, input, textarea, select, summary')
    ? [${focused}.getAttribute('aria-label'), ${focused}.labels?.[0]?.textContent, ${focused}.textContent, ${focused}.id].filter(Boolean).join(' | ')
    : ''`)

/** Presses Tab until the focus stands on something whose name fits; every stop must be visible. */
async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < 120; step++) {
    const here = await nameOfFocus(page)
    if (name.test(here)) return
    passed.push(here.slice(0, 40))
    await page.keyboard.press(key)
  }
  throw new Error(`Nothing named ${name} can be reached by Tab. Passed: ${passed.join(', ')}`)
}

async function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const style = getComputedStyle(${focused})
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    return ring || style.boxShadow !== 'none'
  })()`)
}

it('puts an idea on the map with the keyboard alone', async () => {
  const { page, problems } = await journey.open()
  await page.goto(journey.server.url)
  await page.locator('main h1').waitFor()
  await page.keyboard.press('Tab')
  expect(await nameOfFocus(page)).toMatch(/spring|gå til/i)
  await page.keyboard.press('Enter')
  await tabTo(page, /Sæt en idé på kortet/)
  expect(await focusIsVisible(page)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Hvor er det?' }).waitFor()

  await tabTo(page, /Skriv koordinater/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^(?!Skriv koordinater).*(koordinat|bredde)/i)
  await page.keyboard.type('55,7186 12,4020')
  await page.keyboard.press('Enter')
  await page.getByText('Bekræftet af serveren').waitFor()
  await tabTo(page, /Brug dette sted|Næste|Videre/)
  await page.keyboard.press('Enter')

  await page.getByLabel('Titel').waitFor()
  await tabTo(page, /Titel/)
  await page.keyboard.type('Sat på kortet uden mus')
  await tabTo(page, /Beskriv idéen/)
  await page.keyboard.type('En bænk, hvor man kan hvile sig på vej hjem.')
  await tabTo(page, /Grønt/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await tabTo(page, /Næste|Videre|Fortsæt/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Penge og drift' }).waitFor()
  await tabTo(page, /Næste|Videre|Fortsæt|Spring/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Se efter, og send' }).waitFor()

  await tabTo(page, /Log ind, og send/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Testborger Skovlunde' }).waitFor()
  await tabTo(page, /Testborger Skovlunde/)
  await page.keyboard.press('Enter')
  await page.getByText('Sendes som Testborger Skovlunde').waitFor()
  await tabTo(page, /^Send/)
  await page.keyboard.press('Enter')
  await page.getByText('Sat på kortet uden mus').first().waitFor()
  const { db } = journey.server.deps
  await expect
    .poll(() => db.selectFrom('idea').select('district_id').where('title', '=', 'Sat på kortet uden mus').execute())
    .toEqual([{ district_id: 'skovlunde' }])
  expect(problems).toEqual([])
})
