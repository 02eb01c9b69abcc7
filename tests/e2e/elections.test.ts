import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareDemoProjects } from '../../data/demo/vote.ts'
import { moveElections } from '../../server/elections/clock.ts'
import { auditorKey } from '../builders/shortlist.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pageFaults, settled } from '../setup/pageFaults.ts'
import { signInAs } from '../setup/signInAs.ts'

const ORGANISER = 'Testprojektleder'
const SECOND = 'Testprojektleder nr. 2'

let journey: Journey
let year: number
beforeAll(async () => {
  journey = await startJourney()
  year = new Date().getFullYear()
  await prepareDemoProjects(journey.server.deps, year, new Date())
})
afterAll(() => journey.close())

async function signedIn(person: string) {
  const opened = await journey.open({ drawsMap: false })
  await signInAs(opened.page, journey.server.url, person)
  return opened
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${journey.server.url}${path}`)
  await settled(page)
}

/** The clock job as it would run at that moment. */
async function at(moment: Date): Promise<void> {
  await moveElections({ ...journey.server.deps, clock: { now: () => moment, isSetByHand: true } })
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

describe('the vote', { timeout: 180_000 }, () => {
  it('is set up, frozen, opened and closed by two; a change that came too late is refused', async () => {
    const { page, context, problems } = await signedIn(ORGANISER)
    await open(page, '/plan/afstemning')
    await press(page, 'Begynd opsætningen')
    await page.getByText('10 af 14 punkter er klar.').waitFor()

    await press(page, 'Brug vurderingernes tal for 12 projekter')
    await page.getByText('11 af 14 punkter er klar.').waitFor()
    const rules = part(page, 'Regler, tider og tekst')
    await rules.getByLabel('Tekst til vælgerne').fill('Stem om din bydels andel.')
    const opens = rules.getByLabel('Åbner')
    const wanted = await opens.inputValue()
    await opens.fill('2027-03-28T02:30')
    await rules.getByText('Den time findes ikke').waitFor()
    await opens.fill(wanted)
    await rules.getByRole('button', { name: 'Gem', exact: true }).click()
    await page.getByText('12 af 14 punkter er klar.').waitFor()
    const lot = part(page, 'Lodtrækning')
    await lot.getByLabel('Lod', { exact: true }).fill('Lørdagslotto 12 5 33 41 7')
    await lot.getByLabel('Hvor det kommer fra').fill('Lørdagslotto i aften')
    await lot.getByRole('button', { name: 'Gem', exact: true }).click()
    await page.getByText('13 af 14 punkter er klar.').waitFor()
    await lot.getByText('Træk lod igen selv').click()
    await lot.getByText('sha256sum').waitFor()

    await page.getByRole('link', { name: '0 af 2 er klar' }).click()
    for (const position of [1, 2]) {
      const auditor = page.getByRole('form', { name: `Revisor ${position}` })
      await auditor.getByLabel('Navn').fill(`Revisor ${position} fra byrådet`)
      await auditor.getByLabel('Offentlig nøgle').fill('en nøgle')
      await press(page, 'Udpeg revisoren')
      await page.getByText('Nøglen kan ikke bruges.').waitFor()
      await auditor.getByLabel('Offentlig nøgle').fill(auditorKey())
      await press(page, 'Udpeg revisoren')
      await auditor.getByRole('button', { name: 'Udskift revisoren' }).waitFor()
    }
    await page.goBack()
    await page.getByText('14 af 14 punkter er klar.').waitFor()

    // Another window holds a change that was not saved.
    const late = await context.newPage()
    await open(late, '/plan/afstemning')
    await part(late, 'Regler, tider og tekst').getByLabel('Mindst så mange stemmer').fill('5')

    await press(page, 'Lås og offentliggør')
    await page.getByText('Låst og offentlig').waitFor()
    const sha256 = (await page.locator('.bm-vote-sha code').first().innerText()).trim()
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)

    await part(late, 'Regler, tider og tekst').getByRole('button', { name: 'Gem', exact: true }).click()
    // Its window says so and shows what is so now; nothing to change is left on it.
    await late.getByRole('alert').getByText('Opsætningen er låst.').waitFor()
    await late.getByText('Låst og offentlig').waitFor()
    expect(await late.getByLabel('Mindst så mange stemmer').count()).toBe(0)

    const answer = await fetch(`${journey.server.url}/api/rounds/${year}/election`)
    const { opensAt, closesAt, setupSha256 } = (await answer.json()) as { opensAt: string; closesAt: string; setupSha256: string }
    expect(setupSha256).toBe(sha256)
    await at(new Date(opensAt))
    await open(page, `/afstemning/${year}`)
    await page.getByRole('link', { name: 'Stem nu' }).waitFor()
    expect(await page.locator('.bm-vote-line').count()).toBe(12)
    await open(page, '/')
    await page.getByRole('link', { name: /Afstemningen er åben/ }).click()
    await page.waitForURL(/\/afstemning\/\d+/)

    await at(new Date(closesAt))
    await open(page, '/plan/afstemning')
    await part(page, 'Trin, som to tager sammen').getByRole('button', { name: 'Foreslå' }).first().click()
    await page.getByText('Venter på, at en anden projektleder logger ind og bekræfter.').waitFor()
    expect(await page.getByRole('button', { name: 'Bekræft, og luk kasserne' }).count()).toBe(0)
    const other = await signedIn(SECOND)
    await open(other.page, '/plan/afstemning')
    await press(other.page, 'Bekræft, og luk kasserne')
    await other.page.getByText('Kasserne er lukket').waitFor()
    await other.page.getByText('Kasserne blev lukket', { exact: true }).waitFor()
    // The browser tells of the keys that were refused; nothing else may be wrong.
    expect([...problems, ...other.problems].filter((problem) => !problem.includes('422'))).toEqual([])
  })

  it.each([
    ['phone', PHONE, 'da'],
    ['desktop', DESKTOP, 'en'],
  ] as const)('has pages that fit and speak on a %s', async (_name, size, language) => {
    const { page } = await journey.open({ drawsMap: false, size })
    expect(await pageFaults(page, new URL(`/afstemning/${year}`, journey.server.url), language)).toEqual([])
    expect(await pageFaults(page, new URL('/afstemning/2018', journey.server.url), language)).toEqual([])
    await signInAs(page, journey.server.url, ORGANISER)
    await journey.server.deps.db.deleteFrom('election').execute()
    expect(await pageFaults(page, new URL('/plan/afstemning', journey.server.url), language)).toEqual([])
    await open(page, '/plan/afstemning?lang=da')
    await press(page, 'Begynd opsætningen')
    await page.getByText('Kladde', { exact: true }).waitFor()
    for (const path of ['/plan/afstemning', '/plan/afstemning/revisorer'])
      expect(await pageFaults(page, new URL(path, journey.server.url), language)).toEqual([])
  })
})
