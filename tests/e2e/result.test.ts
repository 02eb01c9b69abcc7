import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildVariedResult } from '../builders/variedResult.ts'
import { buildVote, VOTE_DISTRICTS } from '../builders/vote.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pageFaults, settled } from '../setup/pageFaults.ts'

let journey: Journey
const year = new Date().getFullYear()
beforeAll(async () => {
  journey = await startJourney()
  await buildVariedResult(journey.server.deps.db, year)
})
afterAll(() => journey.close())

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${journey.server.url}${path}`)
  await settled(page)
}

/** What else is not there is answered 404, which the browser tells; nothing else may be wrong. */
const faultsAmong = (problems: readonly string[]) => problems.filter((problem) => !problem.includes('404'))

describe('a citizen', () => {
  it('reads on a phone who won and why, counts it again, tries another rule and a file of their own', { timeout: 60_000 }, async () => {
    const { page, context, problems } = await journey.open({ size: PHONE, drawsMap: false })
    await open(page, `/runder/${year}/resultat`)
    const syd = page.getByRole('region', { name: /Ballerup Syd/ })
    expect(await syd.getByRole('list', { name: 'Projekter, der fik penge' }).innerText()).toMatch(/180\.000\skr\./)
    await syd.getByText('Sådan blev der talt, og hvorfor').click()
    const reasons = await syd.getByRole('list', { name: 'Hvorfor' }).innerText()
    expect(reasons).toContain('Nåede ikke med, fordi dets stemmer havde')
    expect(reasons).toMatch(/stemmer mere havde været nok/)
    expect(await page.getByRole('region', { name: /Måløv/ }).innerText()).toContain('40 stemmer')
    expect(await page.getByRole('region', { name: /Ballerup Nord/ }).innerText()).toContain('færre end 20 stemmer')
    expect(await findings(page)).toEqual([])
    await page.getByRole('link', { name: 'Tæl selv om' }).click()
    await page.getByRole('button', { name: 'Tæl om nu' }).click()
    await page.getByText('Alt, der kan tjekkes her, er lig med det offentliggjorte.').first().waitFor()
    expect(await page.getByText('Lig med det offentliggjorte, trin for trin').count()).toBe(2)
    await page.getByLabel('Regel').selectOption('greedy_cost')
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    await page.getByText('Dette er ikke resultatet.').waitFor()
    await page.getByLabel('Din egen .pb-fil').setInputFiles(join(import.meta.dirname, '../fixtures/pb', 'format_messy.pb'))
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    await page.getByRole('list', { name: 'Projekter, der ville få penge' }).waitFor()
    const broken = { name: 'forkert.pb', mimeType: 'text/plain', buffer: Buffer.from('META\nkey;value\n') }
    await page.getByLabel('Din egen .pb-fil').setInputFiles(broken)
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    await page.getByText('forkert.pb kan ikke tælles.').waitFor()
    expect(await findings(page)).toEqual([])
    expect(faultsAmong(problems)).toEqual([])
    await context.close()
  })

  it('is told when a file was changed on the way', async () => {
    const { page, context } = await journey.open({ drawsMap: false })
    await page.route('**/ballots/skovlunde.pb', async (route) => {
      const text = await (await route.fetch()).text()
      await route.fulfill({ body: text.replace(/(\d+);(\d+-skovlunde-toilet)\n/, `$1;$2,${year}-skovlunde-skater\n`) })
    })
    await open(page, `/runder/${year}/tjek`)
    await page.getByRole('button', { name: 'Tæl om nu' }).click()
    await page.getByText('Noget er ikke lig med det offentliggjorte.').first().waitFor()
    await page.getByText('Filen har et andet fingeraftryk end det offentliggjorte.').waitFor()
    await context.close()
  })
})

describe('an organiser', () => {
  it('records a decision, which everybody then reads beside the result', async () => {
    const { page, context } = await journey.open({ drawsMap: false })
    await page.goto(`${journey.server.url}/auth/sign-in?returnTo=/plan/afstemning/beslutninger`)
    await page
      .getByRole('button', { name: /Testprojektleder/ })
      .first()
      .click()
    await page.getByLabel('Hvem besluttede').fill('Kommunalbestyrelsen')
    await page.getByLabel('Hvornår').fill(`${year}-06-22`)
    await page.getByLabel('Hvad blev besluttet').fill('Bevilligede pengene, som bydelene ønskede.')
    await page.getByRole('button', { name: 'Registrér', exact: true }).click()
    await page.getByText('Bevilligede pengene, som bydelene ønskede.').waitFor()
    await page.getByText('Foreslå, at pengene går videre').click()
    await page.getByLabel('Hvorfor kan det ikke bygges? (offentligt)').fill('Ejeren af jorden vil alligevel ikke.')
    await page.getByRole('button', { name: 'Foreslå', exact: true }).click()
    await page.getByText('En anden organisator skal bekræfte.').waitFor()
    expect(await findings(page)).toEqual([])
    await open(page, `/runder/${year}/resultat`)
    await page.getByText('Bevilligede pengene, som bydelene ønskede.').waitFor()
    await context.close()
  })
})

describe('every page of a result', () => {
  it.each([
    ['da', PHONE],
    ['en', DESKTOP],
  ] as const)('is accessible, fits and speaks both languages, begun in %s', { timeout: 90_000 }, async (language, size) => {
    const { page, context } = await journey.open({ size, drawsMap: false })
    const found: string[] = []
    for (const path of [`/runder/${year}/resultat`, `/runder/${year}/tjek`, '/runder/2018/resultat', '/runder/2021/resultat']) {
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), language)))
    }
    expect(found).toEqual([])
    await context.close()
  })

  it('says before publication how far the vote is, and nothing of the count', async () => {
    await buildVote(journey.server.deps.db, { year: year + 1, state: 'open', districts: VOTE_DISTRICTS.slice(0, 1) })
    const { page, context } = await journey.open({ size: PHONE, drawsMap: false })
    const faults = await pageFaults(page, new URL(`/runder/${year + 1}/resultat`, journey.server.url), 'da')
    expect(faults).toEqual([])
    await page.goto(`${journey.server.url}/runder/${year + 1}/resultat?lang=da`)
    await page.getByText('Der stemmes nu.').waitFor()
    await context.close()
  })
})

describe('the map beside a result', () => {
  it('shows a circle per project, larger for more money', { timeout: 60_000 }, async () => {
    const { page, context, problems } = await journey.open()
    await open(page, `/runder/${year}/resultat`)
    await page.getByRole('button', { name: 'Vis signaturforklaring' }).click()
    await page.getByText('Fik penge; cirklens areal følger beløbet').waitFor()
    expect(faultsAmong(problems)).toEqual([])
    await context.close()
  })
})
