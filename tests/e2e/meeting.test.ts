import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAALOEV_2018, SKOVLUNDE, SYD_AGREES } from '../builders/meeting.ts'
import { buildVote } from '../builders/vote.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pageFaults, settled } from '../setup/pageFaults.ts'
import { signInAs } from '../setup/signInAs.ts'

const MEETINGS = '/plan/afstemning/moede'
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

let journey: Journey
let year: number
beforeAll(async () => {
  journey = await startJourney()
  year = new Date().getFullYear()
  const { db } = journey.server.deps
  const districts = [MAALOEV_2018, SYD_AGREES, SKOVLUNDE]
  await buildVote(db, { year, districts, opensAt: hoursFromNow(-24), closesAt: hoursFromNow(24) })
})
afterAll(() => journey.close())

async function staff(person: string, size: { width: number; height: number } = DESKTOP) {
  const opened = await journey.open({ size, drawsMap: false })
  await signInAs(opened.page, journey.server.url, person)
  return opened
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${journey.server.url}${path}`)
  await page.locator('main h1').first().waitFor()
  await settled(page)
}

/** Plans the meeting of a district for today and opens it, as a person would. */
async function openMeeting(page: Page, districtId: string): Promise<void> {
  await open(page, `${MEETINGS}/${districtId}`)
  await page.getByLabel('Sted').fill('Kulturhus Måløv')
  await page.getByLabel('Dato').fill(hoursFromNow(0).slice(0, 10))
  await page.getByRole('button', { name: 'Gem mødet' }).click()
  await page.getByRole('button', { name: 'Åbn mødet' }).click()
  await page.getByRole('heading', { name: 'Oplæg' }).waitFor()
}

/** Lets people in at the door, on a phone. */
async function letIn(page: Page, people: number): Promise<void> {
  await page.getByLabel('Hvor mange kommer ind?').fill(String(people))
  await page.getByRole('button', { name: 'Luk ind', exact: true }).click()
  await page.getByRole('dialog').getByText('Det kan ikke fortrydes.').waitFor()
  await page.getByRole('button', { name: 'Ja, luk ind' }).click()
  await page.locator('.bm-door-done').waitFor()
}

async function count(page: Page, votes: readonly number[]): Promise<void> {
  const fields = page.locator('.bm-meeting-count input')
  await fields.first().waitFor()
  for (const [index, number] of votes.entries()) await fields.nth(index).fill(String(number))
  await page.getByLabel(/Bemærkning/).fill('Talt rækkevis.')
  await page.getByRole('button', { name: 'Send mine tal' }).click()
}

it('without a meeting papers are entered, and ballots printed, numbered on from the last printing', { timeout: 90_000 }, async () => {
  const { page, problems } = await staff('Testmoderator')
  await open(page, `${MEETINGS}/skovlunde/stemmesedler`)
  const numbers = () => page.locator('.bm-ballot-number').allInnerTexts()
  expect(await numbers()).toEqual(['Nr. ····'])
  await page.getByLabel(/^Hvor mange/).fill('3')
  await page.getByRole('button', { name: 'Udskriv 3 stemmesedler' }).click()
  await page.getByText('Numrene 1 til 3 er taget.').waitFor()
  expect(await numbers()).toEqual(['Nr. 0001', 'Nr. 0002', 'Nr. 0003'])
  await page.getByRole('button', { name: 'Nye numre' }).click()
  await page.getByRole('button', { name: 'Udskriv 3 stemmesedler' }).click()
  await page.getByText('Numrene 4 til 6 er taget.').waitFor()
  await page.getByRole('link', { name: 'Papir' }).click()
  await page.getByRole('button', { name: 'Tast en ny bundt' }).click()
  await page.getByLabel('Bundtens navn').waitFor()
  await page.getByRole('link', { name: 'Døren' }).click()
  await page.getByRole('heading', { name: 'Planlæg mødet' }).waitFor()
  expect(problems).toEqual([])
})

describe('an evening', () => {
  it('with pitches, a door and two counters ends on the projector', { timeout: 120_000 }, async () => {
    const organiser = await staff('Testprojektleder')
    const door = await staff('Testmoderator', PHONE)
    const stage = await journey.open({ size: DESKTOP, drawsMap: false })
    await openMeeting(organiser.page, 'maaloev')
    await open(stage.page, `/scene/${year}/maaloev`)
    await stage.page.getByText('Lukket', { exact: true }).waitFor()
    await organiser.page.getByRole('button', { name: /Projekt 1 i Måløv/ }).click()
    await organiser.page.getByRole('button', { name: 'Start uret' }).click()
    await stage.page
      .getByRole('timer')
      .getByText(/^9:\d\d$/)
      .waitFor()

    // Nobody ends the pitch: the round takes its place on the wall.
    await open(door.page, `${MEETINGS}/maaloev/doer`)
    await door.page.getByText('Håndsoprækning').last().click()
    await letIn(door.page, 70)
    await letIn(door.page, 1)
    expect(await door.page.locator('.bm-door-totals dd').first().innerText()).toBe('71')
    await stage.page.getByText('71 i salen').waitFor()
    expect(await findings(door.page)).toEqual([])

    await organiser.page.getByText('håndsoprækning', { exact: true }).click()
    await organiser.page.getByRole('button', { name: 'Åbn runde 1' }).click()
    await stage.page.getByRole('heading', { name: 'Runde 1: ræk hånden op' }).waitFor()
    await stage.page.getByText('Åben', { exact: true }).waitFor()
    await organiser.page.getByRole('button', { name: 'Slut for stemmer' }).click()
    await count(organiser.page, [40, 31, 0])
    await organiser.page.getByText(/Vi venter på den anden/).waitFor()
    await open(door.page, `${MEETINGS}/maaloev`)
    await count(door.page, [39, 31, 0])
    await door.page.getByText('De to optællinger var ikke ens. Begge tæller igen.').waitFor()
    expect(await stage.page.locator('.bm-stage-votes').count()).toBe(0)
    await count(door.page, [40, 31, 0])
    await organiser.page.getByText('De to optællinger var ikke ens').waitFor()
    await organiser.page.getByText('Testmoderator har sendt sine tal.').waitFor()
    await count(organiser.page, [40, 31, 0])
    await stage.page.getByRole('heading', { name: 'Projekt 1 i Måløv har vundet' }).waitFor()
    expect(await stage.page.locator('.bm-stage-votes strong').allInnerTexts()).toEqual(['40', '31', '0'])
    expect(await findings(stage.page)).toEqual([])
    expect([organiser, door, stage].flatMap(({ problems }) => problems)).toEqual([])
  })

  it('that agrees is written down by one and confirmed by another', { timeout: 90_000 }, async () => {
    const organiser = await staff('Testprojektleder')
    await openMeeting(organiser.page, 'ballerup-syd')
    await organiser.page.getByLabel(/^1\. Projekt 1/).fill('100.000')
    await organiser.page.getByLabel(/^2\. Projekt 2/).fill('275.252')
    await organiser.page.getByText(/1\s*kr\. mere, end der er/).waitFor()
    await organiser.page.getByLabel(/^2\. Projekt 2/).fill('275.251')
    await organiser.page.getByLabel('Referat').fill('Bænkene får det, de søger, og legepladsen får resten.')
    await organiser.page.getByRole('button', { name: 'Gem aftalen' }).click()
    await organiser.page.getByText('En anden end dig skal bekræfte den.').waitFor()
    expect(await organiser.page.getByRole('button', { name: 'Ja, det aftalte mødet' }).count()).toBe(0)
    const second = await staff('Testplanlægger', PHONE)
    await open(second.page, `${MEETINGS}/ballerup-syd`)
    await second.page.getByRole('button', { name: 'Ja, det aftalte mødet' }).click()
    await second.page.getByText(/Bekræftet af Testplanlægger/).waitFor()
    await open(second.page, `/scene/${year}/ballerup-syd`)
    await second.page.getByRole('heading', { name: 'Det blev mødet enigt om' }).waitFor()
    await second.page.getByText(/Tilbage: 0/).waitFor()
    expect([...organiser.problems, ...second.problems]).toEqual([])
  })

  it('has its papers entered from the keyboard and accepted by a second clerk', { timeout: 90_000 }, async () => {
    const clerk = await staff('Testmoderator')
    const { page } = clerk
    await openMeeting(page, 'skovlunde')
    await open(page, `${MEETINGS}/skovlunde/papir`)
    await page.getByRole('button', { name: 'Tast en ny bundt' }).click()
    await page.getByLabel('Bundtens navn').fill('Kasse 1')
    await page.keyboard.press('Tab')
    await page.keyboard.type('23')
    await page.keyboard.press('Tab')
    for (const line of ['13*12', '2*7', '0', 'u2*2', '9']) await page.keyboard.type(`${line}\n`)
    await page.getByText('Det forstår vi ikke.').waitFor()
    await page.keyboard.press('Backspace')
    await page.keyboard.type('u7\n')
    await page.getByText('23 af 23 sedler').waitFor()
    // A reload loses nothing.
    await page.reload()
    await page.getByRole('button', { name: 'Tast en ny bundt' }).click()
    await page.getByText('23 af 23 sedler').waitFor()
    await page.getByRole('button', { name: 'Send bundten' }).click()
    await page.getByText('Venter på en anden: du kan ikke selv godkende den.').waitFor()
    const second = await staff('Testplanlægger')
    await open(second.page, `${MEETINGS}/skovlunde/papir`)
    await second.page.getByRole('button', { name: 'Sammenhold og godkend' }).click()
    await second.page.getByRole('row', { name: /1\. Projekt 1 .* 12$/ }).waitFor()
    await second.page.getByRole('button', { name: 'Det passer: godkend' }).click()
    await second.page.getByText('Godkendt', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Tæl om' }).click()
    await page.getByRole('heading', { name: 'Omtælling af Kasse 1' }).waitFor()
    expect([...clerk.problems, ...second.problems]).toEqual([])
  })
})

describe.each([
  ['phone', PHONE, 'da'],
  ['desktop', DESKTOP, 'en'],
] as const)('every page of a meeting on a %s', (_name, size, language) => {
  it('is accessible, fits its width and speaks both languages', { timeout: 120_000 }, async () => {
    const { page, problems } = await staff('Testprojektleder', size)
    const pages = ['', '/maaloev', '/skovlunde/doer', '/skovlunde/papir', '/skovlunde/stemmesedler'].map((path) => `${MEETINGS}${path}`)
    const found: string[] = []
    for (const path of [...pages, `/scene/${year}/maaloev`])
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), language)))
    expect(found).toEqual([])
    expect(problems).toEqual([])
  })
})
