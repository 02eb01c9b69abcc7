import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SURFACE } from '../../web/map/palette.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

/** By the invented lake of the demo: inside its line, in the country zone. */
const AT_THE_LAKE = '55,7318 12,4068'
/** Municipal ground in town where the demo has no rule. */
const FREE = '55,72302 12,35574'
/** Somebody else's ground beside a road. */
const PRIVATE = '55,7234 12,3602'

const mainButton = (page: Page) => page.locator('.bm-form-footer .bm-button-main')
const card = (page: Page) => page.locator('.bm-feasibility')
const verdict = (page: Page) => page.locator('.bm-feasibility .bm-verdict-word')

async function choose(page: Page, coordinates: string): Promise<void> {
  const details = page.locator('.bm-coordinates')
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
  await details.locator('input').fill(coordinates)
  await details.locator('input').press('Enter')
  await page.locator('.bm-feasibility:not([data-old]) .bm-verdict').waitFor()
}

async function openAt(page: Page, coordinates: string, search = ''): Promise<void> {
  await page.goto(`${journey.server.url}/ideer/ny${search}`)
  await page.locator('.bm-step-heading').waitFor()
  await choose(page, coordinates)
}

/** Where the pin stands once the flight to it is over: in the middle of what panel and edges leave free, in its own colour. */
async function pinSpot(page: Page): Promise<{ x: number; y: number }> {
  const spot = { x: Math.round((448 + DESKTOP.width - 16) / 2), y: Math.round((76 + DESKTOP.height - 16) / 2) }
  const colour = async () => {
    const picture = await page.screenshot({ clip: { ...spot, width: 1, height: 1 } })
    return [...(await sharp(picture).removeAlpha().raw().toBuffer())].map((part) => part.toString(16).padStart(2, '0')).join('')
  }
  await expect.poll(colour).toBe(SURFACE.drawing.slice(1))
  return spot
}

describe('the card in the form', () => {
  test('says in words and shape what may stand there, with reasons, law and what was not checked; it never blocks', async () => {
    const { page, problems } = await journey.open({ size: PHONE, drawsMap: false })
    await openAt(page, AT_THE_LAKE)
    await expect.poll(() => verdict(page).textContent()).toBe('Kræver tilladelse')
    expect(await card(page).getAttribute('data-bm-verdict')).toBe('permit')
    expect(await page.locator('.bm-reason').first().textContent()).toContain('kræver tilladelse')
    await page.locator('.bm-feasibility').getByText('Eksempeldata, ikke rigtige').first().waitFor()

    await page.locator('.bm-reason .bm-fold summary').first().click()
    const law = page.locator('.bm-reason .bm-facts').first()
    expect(await law.textContent()).toMatch(/Lov.*Her.*Hvem afgør det.*Data fra.*\d{4}/)
    expect(await law.textContent()).toContain('(eksempel)')
    await page.getByText(/\d+ ting er ikke tjekket/).click()
    expect(await page.locator('.bm-not-checked li').count()).toBeGreaterThan(3)
    await page.getByText(/Gælder alle steder/).click()

    await page.getByLabel('Hvad skal der stå?').selectOption({ label: 'Bænk' })
    await expect.poll(() => verdict(page).textContent()).toBe('Kommunen skal spørge først')
    await mainButton(page).click()
    await page.getByRole('heading', { name: 'Hvad er idéen?' }).waitFor()
    await page.goBack()
    await expect.poll(() => verdict(page).textContent()).toBe('Kommunen skal spørge først')
    expect(problems).toEqual([])
  })

  test('nothing found is not a yes while anything was not checked', async () => {
    const { page } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openAt(page, FREE)
    await expect.poll(() => verdict(page).textContent()).toBe('Intet fundet i de lag, vi har')
    expect(await card(page).getAttribute('data-bm-verdict')).toBe('unsure')
    expect(await card(page).textContent()).toMatch(/\d+ ting er ikke tjekket\. Det er ikke et ja\./)
  })

  test('paints the areas that matter, with a legend that says they are examples', async () => {
    const { page, problems } = await journey.open({ size: DESKTOP })
    const tiles: string[] = []
    page.on('response', (response) => {
      const [, layer] = /\/tiles\/constraints\/([\w-]+)\/\d+\//.exec(response.url()) ?? []
      if (layer !== undefined && response.ok()) tiles.push(layer)
    })
    await openAt(page, AT_THE_LAKE)
    await page.locator('canvas').waitFor()
    expect(tiles).toEqual([])
    await page.getByRole('button', { name: 'Vis mig på kortet' }).click()
    const legend = page.getByRole('region', { name: 'Regler på kortet' })
    await legend.getByText('Eksempeldata, ikke rigtige').waitFor()
    expect(await legend.locator('li').count()).toBe(await page.locator('.bm-reason').filter({ visible: true }).count())
    await expect.poll(() => [...new Set(tiles)].sort()).toEqual(['landzone', 'par16soe'])
    await legend.getByRole('button', { name: 'Skjul reglerne på kortet' }).click()
    await legend.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Vis mig på kortet' }).waitFor()
    expect(problems).toEqual([])
  })

  test('follows the pin while it is dragged and the cross while it moves, and says whether it is better there', async () => {
    const { page } = await journey.open({ size: DESKTOP })
    await openAt(page, PRIVATE)
    await expect.poll(() => verdict(page).textContent()).toBe('Her må man normalt ikke bygge')
    await page.getByText('Stedet er valgt.').waitFor()
    const { x, y } = await pinSpot(page)
    await page.mouse.move(x, y)
    await page.mouse.down()
    // As a hand does it, in small steps: a leap out of the pin's reach would move the map.
    await page.mouse.move(x - 288, y + 43, { steps: 40 })
    await page.getByText(/^Bedre end dit sted: \d+ m mod vest\.$/).waitFor()
    await expect.poll(() => verdict(page).textContent()).toBe('Intet fundet i de lag, vi har')
    await page.mouse.up()
    await page.locator('.bm-trial').waitFor({ state: 'detached' })
    await expect.poll(() => verdict(page).textContent()).toBe('Intet fundet i de lag, vi har')

    await page.getByRole('button', { name: 'Sigtekorn og piletaster' }).press('Enter')
    await page.locator('.bm-map-crosshair').waitFor()
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowUp')
    await page.getByText(/(Bedre end|Samme svar som|Værre end) dit sted/).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.bm-trial').waitFor({ state: 'detached' })
  })

  test('finds the nearest better place, moves there when accepted, and back again', async () => {
    const { page, problems } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openAt(page, PRIVATE)
    await expect.poll(() => verdict(page).textContent()).toBe('Her må man normalt ikke bygge')
    const kept = () => page.evaluate(() => localStorage.getItem('bm-draft-new') ?? '')
    await expect.poll(kept).toContain('12.3602')
    await page.getByRole('button', { name: 'Find nærmeste bedre sted' }).click()
    const found = page.locator('.bm-better-found')
    await found.waitFor()
    expect(await found.textContent()).toMatch(/^\d+ m mod \p{L}+: (Kræver tilladelse|Kommunen skal spørge først|Intet fundet)/u)
    await expect.poll(kept).toContain('12.3602')
    await found.getByRole('button', { name: 'Flyt stedet dertil' }).click()
    await page.getByText(/Flyttet \d+ m mod/).waitFor()
    await expect.poll(() => verdict(page).textContent()).not.toBe('Her må man normalt ikke bygge')
    expect(await kept()).not.toContain('12.3602')
    await page.getByRole('button', { name: 'Fortryd' }).last().click()
    await expect.poll(() => verdict(page).textContent()).toBe('Her må man normalt ikke bygge')
    await expect.poll(kept).toContain('12.3602')
    expect(problems).toEqual([])
  })

  test('a check that does not answer stops nobody', async () => {
    const { page } = await journey.open({ size: PHONE, drawsMap: false })
    await page.route('**/api/feasibility/check*', (route) => route.abort())
    await page.goto(`${journey.server.url}/ideer/ny`)
    await page.locator('.bm-step-heading').waitFor()
    await page.locator('.bm-coordinates summary').click()
    await page.locator('.bm-coordinates input').fill(FREE)
    await page.locator('.bm-coordinates input').press('Enter')
    await page.getByText('Vi kan ikke tjekke reglerne lige nu').waitFor()
    await mainButton(page).click()
    await page.getByRole('heading', { name: 'Hvad er idéen?' }).waitFor()
    await page.unroute('**/api/feasibility/check*')
    await page.goBack()
    await expect.poll(() => verdict(page).textContent()).toBe('Intet fundet i de lag, vi har')
  })
})

describe("the card on an idea's page", () => {
  test('tells everybody the same, in both languages', async () => {
    const { page, problems } = await journey.open({ size: PHONE })
    await page.goto(`${journey.server.url}/ideer/1?lang=en`)
    await page.getByRole('heading', { name: 'May it stand here?' }).waitFor()
    expect(await card(page).textContent()).toContain('Example data, not real')
    expect(await card(page).textContent()).toMatch(/Checked \d+ \w+ \d{4}\./)
    await page.getByLabel('What shall stand here?').selectOption({ label: 'Bench' })
    await page.locator('.bm-feasibility:not([data-old])').waitFor()
    await page.getByRole('button', { name: 'Show me on the map' }).click()
    await page.getByRole('list', { name: 'What is coloured on the map' }).waitFor()
    // From the whole municipality nothing would be seen: the map goes there, and fetches the tiles.
    await page.waitForResponse((response) => response.url().includes('/tiles/constraints/') && response.ok())
    expect(new URL(page.url()).searchParams.get('at')).toMatch(/_15\.50*$/)
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([])
  })
})

describe.each([
  [PHONE, 'da'],
  [DESKTOP, 'en'],
] as const)('at %o', (size, language) => {
  test('the opened card passes axe and fits its width', async () => {
    const { page } = await journey.open({ size, drawsMap: false })
    await openAt(page, AT_THE_LAKE, `?lang=${language}`)
    await page.locator('.bm-feasibility details').evaluateAll((folds) => {
      for (const fold of folds) fold.setAttribute('open', '')
    })
    await page.locator('.bm-feasibility-actions button').first().click()
    expect(await findings(page)).toEqual([])
    const tooWide = await page.locator('.bm-panel-scroll').evaluate((panel) => panel.scrollWidth - panel.clientWidth)
    expect(tooWide).toBeLessThanOrEqual(0)
  })
})
