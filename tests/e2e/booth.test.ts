import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import { buildVote, VOTE_DISTRICTS } from '../builders/vote.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pageFaults } from '../setup/pageFaults.ts'
import { pressPerson, signInAs } from '../setup/signInAs.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

let journey: Journey
let year: number
let setup: FrozenSetup
beforeAll(async () => {
  journey = await startJourney()
  year = new Date().getFullYear()
  const now = Date.now()
  const [nord, syd, maaloev, skovlunde] = VOTE_DISTRICTS as [(typeof VOTE_DISTRICTS)[0], ...(typeof VOTE_DISTRICTS)[0][]]
  const of = (district: typeof nord | undefined, settings: object) => ({ ...(district ?? nord), settings })
  setup = await buildVote(journey.server.deps.db, {
    year,
    state: 'open',
    opensAt: new Date(now - HOUR_MS).toISOString(),
    closesAt: new Date(now + 24 * HOUR_MS).toISOString(),
    districts: [
      nord,
      of(syd, { ballotKind: 'knapsack' }),
      of(maaloev, { ballotKind: 'approval-limited', maxChoices: 2 }),
      of(skovlunde, { ballotKind: 'points', points: 5, pointsPerProject: 3 }),
    ],
  })
})
afterAll(() => journey.close())

const options = { drawsMap: false } as const

async function signedIn(person: string, more: Parameters<Journey['open']>[0] = {}) {
  const opened = await journey.open({ ...options, ...more })
  await signInAs(opened.page, journey.server.url, person, '/stem')
  await opened.page.locator('.bm-standing').waitFor()
  return opened
}

async function codeFor(districtId: string): Promise<string> {
  const { deps } = journey.server
  const order = { year, districtId, meetingId: null, roundNumber: 0, count: 1, actorName: 'Testprojektleder', at: new Date() }
  const { codes } = await deps.db.transaction().execute((trx) => createCodeBatch(trx, deps, order))
  return codes[0] as string
}

const box = (districtId: string) =>
  journey.server.deps.db.selectFrom('ballot').select('choices').where('district_id', '=', districtId).execute()
const kept = (page: Page) => page.evaluate<string>('JSON.stringify(sessionStorage)')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const focusedName = (page: Page) =>
  page.evaluate<string>(`(() => {
    const at = document.activeElement
    if (at === document.body) return ''
    return [at.getAttribute('aria-label'), at.labels?.[0]?.textContent, at.textContent].filter(Boolean).join(' | ')
  })()`)

/** Presses Tab until the focus stands on what is wanted. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab')
    if (name.test(await focusedName(page))) return
  }
  throw new Error(`Nothing named ${name} can be reached by Tab`)
}

describe('a voter at home', () => {
  it('signs in, chooses, loses nothing by reloading or going back, casts once, and leaves nothing behind', {
    timeout: 60_000,
  }, async () => {
    const { page, problems } = await journey.open(options)
    await page.goto(`${journey.server.url}/stem`)
    await page.getByRole('link', { name: /Log ind og stem/ }).click()
    await pressPerson(page, 'Testborger Ballerup Nord')
    await page.getByRole('link', { name: 'Gå til stemmesedlen' }).click()
    await heading(page, 'Stemmeseddel for Ballerup Nord')
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(await page.getByRole('searchbox').count()).toBe(0)
    await page.getByRole('checkbox', { name: /Projekt 1/ }).check()
    await page.getByRole('checkbox', { name: /Projekt 3/ }).check()
    await page.getByText('2 valgt', { exact: true }).first().waitFor()
    await page.reload()
    await heading(page, 'Stemmeseddel for Ballerup Nord')
    expect(await page.getByRole('checkbox', { name: /Projekt 3/ }).isChecked()).toBe(true)
    await page.getByRole('checkbox', { name: /Projekt 3/ }).uncheck()
    await page.getByRole('button', { name: 'Se stemmen igennem' }).click()
    await heading(page, 'Er det rigtigt?')
    await page.goBack()
    await heading(page, 'Stemmeseddel for Ballerup Nord')
    expect(await page.getByRole('checkbox', { name: /Projekt 1/ }).isChecked()).toBe(true)
    await page.goForward()
    await page.getByRole('button', { name: 'Afgiv min stemme' }).click()
    await heading(page, 'Din stemme er i kassen')
    const receipt = (await page.locator('.bm-receipt-signs').innerText()).replaceAll(/\s/g, '')
    expect(receipt).toMatch(/^[0-9a-f]{64}$/)
    expect(await box('ballerup-nord')).toEqual([{ choices: setup.districts[0]?.lines[0]?.projectId }])
    expect(await kept(page)).not.toContain('baenke')
    expect(await findings(page)).toEqual([])
    await page.reload()
    await heading(page, 'Din stemme er i kassen')
    await page.getByRole('button', { name: 'Afslut, og log ud' }).click()
    await page.locator('.bm-front h1').waitFor()
    expect(await kept(page)).not.toContain(receipt)
    await signInAs(page, journey.server.url, 'Testborger Ballerup Nord', '/stem?step=choose')
    await page.getByText('Der er allerede stemt i dit navn').waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it('whose answer is lost sends the same ballot again, even after a reload, and it counts once', { timeout: 60_000 }, async () => {
    const { page } = await signedIn('Testborger Ballerup Syd')
    await page.getByRole('link', { name: 'Gå til stemmesedlen' }).click()
    await page.getByRole('checkbox', { name: /Projekt 2/ }).check()
    await page
      .getByRole('main')
      .getByText(/120\.000.kr\. brugt · 255\.251.kr\. tilbage/)
      .waitFor()
    await page.getByRole('button', { name: 'Se stemmen igennem' }).click()
    // The server takes the ballot; its answer never arrives.
    await page.route('**/ballots', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.getByRole('button', { name: 'Afgiv min stemme' }).click()
    await page.getByText('Vi ved ikke, om din stemme nåede frem').waitFor()
    expect(await box('ballerup-syd')).toHaveLength(1)
    await page.unroute('**/ballots')
    await page.reload()
    await heading(page, 'Er det rigtigt?')
    await page.getByText('Projekt 2 i Ballerup Syd').waitFor()
    await page.getByRole('button', { name: 'Afgiv min stemme' }).click()
    await heading(page, 'Din stemme er i kassen')
    expect(await box('ballerup-syd')).toHaveLength(1)
  })

  it('votes with the keyboard alone, and hears of every step', { timeout: 60_000 }, async () => {
    const { page, problems } = await signedIn('Testborger Skovlunde')
    await tabTo(page, /^Gå til stemmesedlen/)
    await page.keyboard.press('Enter')
    await heading(page, 'Stemmeseddel for Skovlunde')
    await expect.poll(() => focusedName(page)).toContain('Stemmeseddel for Skovlunde')
    await tabTo(page, /Ét point mere til Projekt 2/)
    for (let points = 0; points < 4; points++) await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('#announcer').innerText()).toBe('3 af 5 point delt ud')
    await tabTo(page, /^Se stemmen igennem/)
    await page.keyboard.press('Enter')
    await expect.poll(() => focusedName(page)).toBe('Er det rigtigt?')
    await tabTo(page, /^Afgiv min stemme/)
    await page.keyboard.press('Enter')
    await heading(page, 'Din stemme er i kassen')
    await expect.poll(() => focusedName(page)).toBe('Din stemme er i kassen')
    expect(await box('skovlunde')).toEqual([{ choices: `${setup.districts[3]?.lines[1]?.projectId}:3` }])
    expect(problems).toEqual([])
  })

  it('who walks away from a shared screen is asked, signed out, and leaves an empty one', { timeout: 60_000 }, async () => {
    const { page } = await journey.open({ ...options, isSpoiled: true })
    await page.clock.install()
    await signInAs(page, journey.server.url, 'Testborger Måløv', '/stem')
    await page.getByRole('link', { name: 'Gå til stemmesedlen' }).click()
    await page.getByRole('checkbox', { name: /Projekt 1/ }).check()
    await page.getByRole('checkbox', { name: /Projekt 2/ }).check()
    expect(await page.getByRole('checkbox', { name: /Projekt 3/ }).getAttribute('aria-disabled')).toBe('true')
    await page.getByText('2 af 2 valgt', { exact: true }).first().waitFor()
    await page.clock.fastForward(15 * MINUTE_MS + 6_000)
    await page.getByRole('button', { name: 'Jeg er her' }).click()
    await page.clock.fastForward(15 * MINUTE_MS + 6_000)
    await page.getByRole('dialog', { name: 'Er du der endnu?' }).waitFor()
    await page.clock.fastForward(MINUTE_MS + 2_000)
    await heading(page, 'Skærmen er ryddet')
    expect(await kept(page)).not.toContain('baenke')
    await page.getByRole('button', { name: 'Begynd forfra' }).click()
    await page.getByRole('link', { name: /Log ind og stem/ }).waitFor()
    expect(await box('maaloev')).toEqual([])
  })
})

describe('a voter with a code', () => {
  it('scans it, votes blank on a phone, and the code opens nothing more', { timeout: 60_000 }, async () => {
    const code = await codeFor('maaloev')
    const { page, problems } = await journey.open({ ...options, size: PHONE })
    await page.goto(`${journey.server.url}/stem/kode#${code}`)
    await heading(page, 'Stemmeseddel for Måløv')
    expect(page.url()).not.toContain(code)
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Se stemmen igennem' }).click()
    await page.getByRole('dialog', { name: 'Vil du stemme blankt?' }).getByRole('button', { name: 'Ja, stem blankt' }).click()
    await page.getByRole('heading', { name: 'Blank stemme' }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Afgiv min stemme' }).click()
    await heading(page, 'Din stemme er i kassen')
    expect(await box('maaloev')).toEqual([{ choices: '' }])
    expect(problems).toEqual([])
    await page.getByRole('button', { name: 'Afslut', exact: true }).click()
    await page.goto(`${journey.server.url}/stem/kode`)
    const field = page.getByLabel('Stemmekode')
    await field.pressSequentially(code.replaceAll('-', '').toLowerCase().slice(0, 6))
    expect(await field.inputValue()).toBe(`${code.slice(0, 4)}-${code.slice(5, 7)}`)
    await field.fill(`${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`)
    await page.getByText('Koden passer ikke: et tegn er forkert').waitFor()
    await field.fill(code)
    await page.getByRole('button', { name: 'Videre' }).click()
    await page.getByText('Koden er allerede brugt.').waitFor()
  })
})

describe('sheets of codes', () => {
  it('are made, shown once, and asked about before they are forgotten', { timeout: 60_000 }, async () => {
    const { page, problems } = await journey.open(options)
    await signInAs(page, journey.server.url, 'Testmoderator', '/plan/afstemning/koder')
    await page.getByLabel('Hvor mange?').fill('12')
    await page.getByText('2 ark A4').waitFor()
    await page.getByRole('button', { name: 'Lav koderne' }).click()
    await page.locator('.bm-slip').nth(11).waitFor()
    expect(await page.locator('.bm-code-page').count()).toBe(2)
    expect(await page.locator('.bm-slip .bm-qr path').count()).toBe(12)
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Færdig' }).click()
    await page.getByRole('button', { name: 'Vis koderne lidt endnu' }).click()
    await page.getByRole('button', { name: 'Færdig' }).click()
    await page.getByRole('button', { name: 'Luk, og glem koderne' }).click()
    await page.getByText('0 af 12 brugt').waitFor()
    expect(await page.locator('.bm-slip').count()).toBe(0)
    await page.getByRole('button', { name: 'Annullér koderne' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Annullér koderne' }).click()
    await page
      .getByText(/annulleret/)
      .first()
      .waitFor()
    expect(problems).toEqual([])
  })
})

describe.each([
  ['phone', PHONE, 'da'],
  ['desktop', DESKTOP, 'en'],
] as const)('every page of the vote on a %s', (_name, size, language) => {
  it('is accessible, fits its width and speaks both languages', { timeout: 90_000 }, async () => {
    const { page } = await signedIn('Testborger Måløv', { size })
    const found: string[] = []
    for (const path of ['/stem', '/stem?step=choose', '/stem?step=review', '/stem/kode', '/kvittering'])
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), language)))
    await signInAs(page, journey.server.url, 'Testprojektleder')
    found.push(...(await pageFaults(page, new URL('/plan/afstemning/koder', journey.server.url), language)))
    expect(found).toEqual([])
  })
})
