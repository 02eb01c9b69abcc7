import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workspace } from '../../server/assessments/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { yesDraft } from '../builders/assessment.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { flatPicture } from '../builders/picture.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import type { Profile } from '../setup/keptProfiles.ts'
import { pageFaults, settled } from '../setup/pageFaults.ts'
import { signInAs } from '../setup/signInAs.ts'

const PLANNER = 'Testplanlægger'
const SECOND = 'Testplanlægger Natur'
const ORGANISER = 'Testprojektleder'
const AUTHOR = 'Testborger Skovlunde'

let journey: Journey
let year: number
beforeAll(async () => {
  journey = await startJourney({ MAP_VIEWER_URL: 'https://kort.example/?x={east}&y={north}' })
  year = new Date().getFullYear()
})
afterAll(() => journey.close())

async function signedIn(person: string, options: Parameters<Journey['open']>[0] = { drawsMap: false }) {
  const opened = await journey.open(options)
  await signInAs(opened.page, journey.server.url, person)
  return opened
}

/** Sends an idea as the person signed in on a page, and answers its number. */
function sendIdea(page: Page, title: string, [lng, lat]: [number, number]): Promise<number> {
  const body = {
    title,
    description: 'En lille ting, som mange vil få glæde af, når den står der.',
    category: 'meeting-place',
    geometry: { type: 'Point', coordinates: [lng, lat] },
  }
  return page.evaluate<number>(`(async () => {
    const session = await (await fetch('/api/session')).json()
    const rounds = await (await fetch('/api/config')).json()
    const answer = await fetch('/api/rounds/' + rounds.currentYear + '/ideas', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken },
      body: ${JSON.stringify(JSON.stringify(body))},
    })
    const idea = await answer.json()
    if (!answer.ok) throw new Error(JSON.stringify(idea))
    return idea.ideaId
  })()`)
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${journey.server.url}${path}`)
  await settled(page)
}

/** Asks the server as the person signed in on a page. */
async function ask<Body>(page: Page, method: string, path: string, body?: unknown): Promise<Body> {
  return page.evaluate<Body>(`(async () => {
    const { csrfToken } = await (await fetch('/api/session')).json()
    const answer = await fetch(${JSON.stringify(path)}, {
      method: ${JSON.stringify(method)},
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken },
      body: ${body === undefined ? 'undefined' : JSON.stringify(JSON.stringify(body))},
    })
    const json = await answer.json()
    if (!answer.ok) throw new Error(JSON.stringify(json))
    return json
  })()`)
}

const address = (page: Page) => new URL(page.url())
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name }).click()

/** Answers every open question, so that nothing stands against a decision. */
async function answerAll(page: Page, word: string): Promise<void> {
  for (const question of await page.locator('.bm-question').all())
    await question.getByRole('radio', { name: word, exact: true }).check({ force: true })
}

async function saved(page: Page): Promise<void> {
  await page
    .locator('.bm-save-bar[data-phase=saved]')
    .getByText(/Gemt kl\./)
    .waitFor()
}

describe('the workspace', () => {
  it('tells everybody else whom it is for', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await open(page, '/plan')
    await page.getByRole('heading', { name: 'Kommunens arbejdsbord' }).waitFor()
    await page.getByRole('link', { name: 'Log ind som medarbejder' }).waitFor()
    expect(await page.locator('.bm-tools').count()).toBe(0)
    const citizen = await signedIn(AUTHOR)
    await open(citizen.page, '/plan/projekter')
    await citizen.page.getByText('Du er logget ind som Testborger Skovlunde').waitFor()
  })

  it('is a list and a map that follow the same filters; work is given to many at once', async () => {
    const { page, problems } = await signedIn(PLANNER)
    await open(page, '/om')
    await page.locator('.bm-account summary').click()
    await page.getByRole('link', { name: 'Til arbejdsbordet' }).click()
    await page.getByRole('heading', { name: 'Arbejdsliste' }).waitFor()
    await page.locator('.bm-work-row').first().waitFor()
    await page.getByRole('combobox', { name: 'Bydel' }).selectOption('maaloev')
    await expect.poll(() => address(page).searchParams.get('district')).toBe('maaloev')
    await expect
      .poll(() => page.locator('.bm-work-row').allInnerTexts())
      .toSatisfy((rows: string[]) => rows.length > 0 && rows.every((row) => row.includes('Måløv')))
    const rows = page.locator('.bm-work-row')
    const [first, second] = [await rows.nth(0).getByRole('link').innerText(), await rows.nth(1).getByRole('link').innerText()]
    await page.getByRole('checkbox', { name: `Vælg »${first}«` }).check()
    await page.getByRole('checkbox', { name: `Vælg »${second}«` }).check()
    await page.getByRole('button', { name: 'Fordel …' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Ansvarlig' }).selectOption({ label: PLANNER })
    await dialog.getByRole('combobox', { name: 'Afdeling' }).selectOption('nature')
    await dialog.getByLabel('Frist', { exact: true }).fill('2026-01-05')
    await dialog.getByRole('button', { name: 'Fordel', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Over frist' }).click()
    await expect.poll(() => page.locator('.bm-work-row').count()).toBe(2)
    expect(await page.locator('.bm-work-deadline').first().innerText()).toBe('Over frist: 5. januar 2026')
    expect(address(page).searchParams.get('deadline')).toBe('overdue')
    await page.reload()
    await expect.poll(() => page.locator('.bm-work-row').count()).toBe(2)
    await page.locator('.bm-work-row a').first().click()
    await page.getByText('1 af 2 i filteret').waitFor()
    await page.getByRole('link', { name: 'Næste' }).click()
    await page.getByText('2 af 2 i filteret').waitFor()
    expect(address(page).searchParams.get('deadline')).toBe('overdue')
    await page.getByText('Hvem har hvor meget?').waitFor({ state: 'detached' })
    expect(problems).toEqual([])
  })
})

describe('an assessment', () => {
  let ideaId: number
  let author: Profile
  beforeAll(async () => {
    author = await signedIn(AUTHOR, { size: PHONE, drawsMap: false, isForFile: true })
    ideaId = await sendIdea(author.page, 'Bænk ved biblioteket', [12.402, 55.7186])
  })

  it('saves itself, adds money up, is handed in, approved by a second person, seen and appealed', { timeout: 240_000 }, async () => {
    const planner = await signedIn(PLANNER)
    const { page } = planner
    await open(page, `/plan/ideer/${ideaId}`)
    await page.getByRole('heading', { name: 'Bænk ved biblioteket' }).waitFor()
    await answerAll(page, 'Ja')
    const question = page.locator('.bm-question').first()
    await question.getByRole('radio', { name: 'Nej', exact: true }).check({ force: true })
    await question.getByRole('button', { name: 'Brug forslaget' }).click()
    await tab(page, /Økonomi/)
    await page.getByLabel('Element fra priskataloget').selectOption('baenk')
    await page.getByRole('button', { name: 'Tilføj', exact: true }).click()
    await page.getByLabel('Antal', { exact: true }).fill('2,5')
    await page.locator('.bm-totals').getByText('Falder på bydelens andel').waitFor()
    await saved(page)
    await page.reload()
    await tab(page, /Økonomi/)
    expect(await page.getByLabel('Antal', { exact: true }).inputValue()).toBe('2,5')
    await tab(page, /Afgørelse/)
    await page.getByRole('radio', { name: /Kan ikke lade sig gøre/ }).check({ force: true })
    expect(await page.getByRole('button', { name: 'Send til godkendelse' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Saml sætningerne fra tjeklisten' }).click()
    await page.getByLabel('Offentlig begrundelse').press('End')
    await page.getByLabel('Offentlig begrundelse').pressSequentially(' Vi kan ikke bygge her.')
    await page.getByRole('button', { name: 'Send til godkendelse' }).click()
    await page.getByText('Venter på, at en anden godkender.').waitFor()

    const second = await signedIn(SECOND)
    await open(second.page, '/plan?status=submitted')
    await second.page.getByRole('link', { name: 'Bænk ved biblioteket' }).click()
    await tab(second.page, /Noter/)
    await second.page.getByLabel('Ny note').fill('Intern: set på stedet.')
    await second.page.getByRole('button', { name: 'Gem noten' }).click()
    await second.page.locator('.bm-note').getByText('Intern: set på stedet.').waitFor()
    await tab(second.page, /Afgørelse/)
    await open(author.page, `/ideer/${ideaId}`)
    expect(await author.page.getByRole('heading', { name: 'Kommunens svar' }).count()).toBe(0)
    await second.page.getByRole('button', { name: 'Godkend afgørelsen' }).click()
    await second.page.getByText('Godkendt af').waitFor()

    await open(author.page, `/ideer/${ideaId}`)
    await author.page.getByRole('heading', { name: 'Kommunens svar' }).waitFor()
    await author.page.getByText('Vi kan ikke bygge her.').waitFor()
    expect(await author.page.locator('main').innerText()).not.toContain('set på stedet')
    await author.page.getByText('Klag over svaret').click()
    await author.page.getByLabel('Hvorfor er du uenig?').fill('Der står allerede en bænk lige ved siden af.')
    await author.page.getByRole('button', { name: 'Send klagen' }).click()
    await author.page.getByText(/Der er klaget/).waitFor()
    expect(await author.page.getByText('Klag over svaret').count()).toBe(0)
  })

  it('leaves something to the author, who corrects category, amount and pictures; the timeline tells what', {
    timeout: 240_000,
  }, async () => {
    const { page } = author
    const corrected = await sendIdea(page, 'Bænk ved åen', [12.4015, 55.7195])
    const [planner, second] = [await signedIn(PLANNER), await signedIn(SECOND)]
    const path = `/api/plan/ideas/${corrected}/assessment`
    const workspace = await ask<Workspace>(planner.page, 'GET', path)
    const draft = yesDraft(workspace, { outcome: 'needs-information', publicReason: 'Hvad koster den, og hvordan ser stedet ud?' })
    await ask(planner.page, 'PUT', path, draft)
    await ask(planner.page, 'POST', `${path}/submit`, { version: 1 })
    await ask(second.page, 'POST', `${path}/approve`, { version: 2 })

    await open(page, `/ideer/${corrected}`)
    await page.getByText('Ret, og få idéen vurderet igen').click()
    const form = page.locator('.bm-correction')
    await form.getByRole('radio', { name: 'Kunst' }).check({ force: true })
    const amount = form.getByLabel('Hvad tror du, det koster?')
    await amount.fill('mange penge')
    await form.getByLabel('Hvad har du rettet?').fill('Prisen, et billede og kategorien.')
    await form.getByRole('button', { name: 'Send rettelsen' }).click()
    await expect.poll(() => amount.getAttribute('aria-invalid')).toBe('true')
    await amount.fill('42.000 kr.')
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: 'sted.png', mimeType: 'image/png', buffer: Buffer.from(await flatPicture(40, 30)) })
    await form.getByLabel(/Billede 1/).fill('Stedet ved åen')
    expect(await findings(page)).toEqual([])
    // What is written stays through a reload.
    await page.reload()
    await page.getByText('Ret, og få idéen vurderet igen').click()
    expect(await amount.inputValue()).toContain('42.000')
    await form.getByLabel('Hvad har du rettet?').fill('Prisen, et billede og kategorien.')
    await form.getByRole('button', { name: 'Send rettelsen' }).click()
    await page.getByText('Rettelsen er sendt').waitFor()
    const idea = await ask<Idea>(page, 'GET', `/api/ideas/${corrected}`)
    expect(idea).toMatchObject({ category: 'art', wishedAmountDkk: 42_000, pictures: [{ altText: 'Stedet ved åen' }] })
    await page.getByText('Forløb og tidligere svar').click()
    await page.getByText(/Rettet: (?=.*kategori)(?=.*beløb).*billeder/).waitFor()

    await open(planner.page, `/plan/ideer/${corrected}`)
    await tab(planner.page, /Noter/)
    const entry = planner.page.locator('.bm-timeline li').filter({ hasText: 'Rettet af forfatteren' })
    expect(await entry.innerText()).toMatch(/Rettet af forfatteren: (?=.*kategori)(?=.*beløb)(?=.*billeder)/)
  })

  it('two who write at once see both texts', { timeout: 180_000 }, async () => {
    const other = await sendIdea(author.page, 'Bænk ved stationen', [12.4, 55.72])
    const [one, two] = [await signedIn(PLANNER), await signedIn(SECOND)]
    for (const { page } of [one, two]) {
      await open(page, `/plan/ideer/${other}`)
      await tab(page, /Afgørelse/)
    }
    await one.page.getByLabel(/Offentlig begrundelse/).fill('Den ene siger nej til det.')
    await saved(one.page)
    await two.page.getByLabel(/Offentlig begrundelse/).fill('Den anden siger ja til det.')
    await two.page.getByRole('heading', { name: `${PLANNER} har gemt imens` }).waitFor()
    const conflict = two.page.locator('.bm-draft-conflict')
    expect(await conflict.innerText()).toContain('Den ene siger nej til det.')
    expect(await conflict.innerText()).toContain('Den anden siger ja til det.')
    await two.page.getByRole('button', { name: 'Behold mit' }).click()
    await saved(two.page)
  })

  it('goes on A4 with a picture of the map', { timeout: 120_000 }, async () => {
    const { page } = await signedIn(PLANNER, {})
    await open(page, `/plan/ideer/${ideaId}/udskrift`)
    const picture = page.locator('.bm-a4-map img')
    await picture.waitFor({ timeout: 40_000 })
    const colours = await page.evaluate<number>(`(async () => {
      const image = document.querySelector('.bm-a4-map img')
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = 60
      canvas.height = 40
      const pen = canvas.getContext('2d')
      pen.drawImage(image, 0, 0, 60, 40)
      return new Set(new Uint32Array(pen.getImageData(0, 0, 60, 40).data.buffer)).size
    })()`)
    expect(colours).toBeGreaterThan(5)
    await page.evaluate('window.print = () => { window.hasPrinted = true }')
    await page.getByRole('button', { name: 'Udskriv' }).click()
    expect(await page.evaluate('window.hasPrinted')).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.bm-map-host').isVisible()).toBe(false)
    expect(await page.locator('.bm-a4').isVisible()).toBe(true)
  })
})

describe('the map tools', () => {
  it('say what is here, in both systems of coordinates, and open the official map', { timeout: 120_000 }, async () => {
    const { page } = await signedIn(PLANNER, {})
    await open(page, '/plan?at=55.72990_12.35830_15.00')
    await page.locator('canvas').waitFor()
    await page.getByRole('button', { name: 'Hvad er her?' }).click()
    await page.getByRole('button', { name: 'Kryds midt på kortet' }).click()
    await page.getByRole('button', { name: 'Sæt punkt ved krydset' }).click()
    const numbers = page.locator('.bm-place-numbers')
    await numbers.waitFor()
    expect(await numbers.innerText()).toMatch(/71\d{4}\.\d\d 618\d{4}\.\d\d/)
    expect(await page.getByRole('link', { name: 'Åbn i kommunens kort' }).getAttribute('href')).toMatch(
      /^https:\/\/kort\.example\/\?x=71\d{4}\.\d&y=618\d{4}\.\d$/,
    )
    await page.locator('.bm-findings-verdict').waitFor()
    await page.getByRole('button', { name: 'Buffer' }).click()
    await page.locator('.bm-tool-panel').getByText('1.963 m²').waitFor()
    await page.getByRole('button', { name: 'Lag' }).click()
    const layer = page.locator('.bm-layer').filter({ hasText: 'Eksempeldata' }).first()
    await layer.getByRole('checkbox').check()
    await expect.poll(() => address(page).searchParams.get('layers')).toBeTruthy()
    await layer.getByRole('slider').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.bm-tool-panel').waitFor({ state: 'detached' })
    await page.locator('.bm-map-rules').waitFor()
  })
})

describe('measuring', () => {
  const numbers = (text: string) => Number((/([\d.]+,?\d*) m/.exec(text)?.[1] ?? 'NaN').replaceAll('.', '').replace(',', '.'))

  it('tells the number while a line or an area is drawn, and keeps it when it is done', { timeout: 120_000 }, async () => {
    const { page, problems } = await signedIn(PLANNER, { size: DESKTOP })
    await open(page, '/plan?at=55.72990_12.35830_15.00')
    await page.locator('canvas').waitFor()
    await page.getByRole('button', { name: 'Mål', exact: true }).click()
    const measure = page.locator('.bm-tool-panel .bm-measure')
    await page.getByText('Tryk på kortet, hvor målingen begynder.').waitFor()
    await page.mouse.click(700, 400)
    await page.mouse.move(780, 400, { steps: 4 })
    await page.getByText('Indtil nu').waitFor()
    const short = numbers(await measure.innerText())
    await page.mouse.move(860, 400, { steps: 4 })
    await expect.poll(async () => numbers(await measure.innerText()) / short).toBeCloseTo(2, 1)
    await page.mouse.click(860, 400)
    await page.mouse.move(860, 480, { steps: 4 })
    await expect.poll(async () => numbers(await measure.innerText()) / short).toBeCloseTo(3, 1)
    await page.mouse.click(860, 480)
    await page.getByRole('button', { name: 'Færdig' }).click()
    await page.getByText('Indtil nu').waitFor({ state: 'detached' })
    expect(numbers(await measure.innerText()) / short).toBeCloseTo(3, 1)

    await page.getByRole('button', { name: 'Areal' }).click()
    await page.getByText('Tryk på fladens første hjørne.').waitFor()
    await page.mouse.click(700, 400)
    await page.mouse.move(860, 400, { steps: 4 })
    await expect.poll(() => measure.innerText()).toMatch(/ m$/)
    expect(numbers(await measure.innerText()) / short).toBeCloseTo(2, 1)
    await page.mouse.click(860, 400)
    await page.mouse.move(860, 480, { steps: 4 })
    await expect.poll(() => measure.innerText()).toContain('m²')
    const half = numbers(await measure.innerText())
    await page.mouse.click(860, 480)
    await page.mouse.move(700, 480, { steps: 4 })
    await expect.poll(async () => numbers(await measure.innerText()) / half).toBeCloseTo(2, 1)
    await page.keyboard.press('Escape')
    expect(problems).toEqual([])
  })
})

describe('conflicts', () => {
  it('are all within reach, fifty more at a time', { timeout: 120_000 }, async () => {
    const rows = Array.from({ length: 8 }, (_, index) => ({ title: `Række ${index}`, wkt: `POINT(${711_000 + index * 60} 6181000)`, year }))
    await insertIdeas(journey.server.deps.db, rows)
    const { page, problems } = await signedIn(PLANNER)
    await open(page, '/plan/konflikter?within=500')
    const cards = page.locator('.bm-conflict-card')
    await cards.first().waitFor()
    const total = Number.parseInt(await page.locator('main h2.bm-list-title').innerText(), 10)
    expect(total).toBeGreaterThan(50)
    expect(await cards.count()).toBe(50)
    await page.getByText(`50 af ${total} par vist.`).waitFor()
    const more = page.getByRole('button', { name: 'Vis flere' })
    for (let shown = 50; shown < total; shown = Math.min(total, shown + 50)) {
      await more.click()
      await expect.poll(() => cards.count()).toBe(Math.min(total, shown + 50))
    }
    await more.waitFor({ state: 'detached' })
    expect(problems).toEqual([])
  })
})

describe('conflicts and projects', () => {
  it('a pair is confirmed with a reason; ideas are merged, the author is asked, the project goes on the ballot', {
    timeout: 240_000,
  }, async () => {
    const author = await signedIn(AUTHOR)
    const first = await sendIdea(author.page, 'Gynger på pladsen', [12.4081, 55.7121])
    const second = await sendIdea(author.page, 'Karrusel på pladsen', [12.40815, 55.71212])
    await sendIdea(author.page, 'Ur ved perronen', [12.4, 55.7205])
    const planner = await signedIn(PLANNER)
    await open(planner.page, '/plan/konflikter')
    const card = planner.page.locator('.bm-conflict-card').filter({ hasText: 'Karrusel på pladsen' })
    await card.getByText('Afklar').click()
    await card.getByLabel(/Begrundelse/).fill('De kan ikke begge stå her.')
    await card.getByRole('button', { name: 'Ja, det er en konflikt' }).click()
    await card.waitFor({ state: 'detached' })
    await planner.page.getByRole('combobox', { name: 'Afklaring' }).selectOption('confirmed')
    await planner.page.getByText('De kan ikke begge stå her.').waitFor()

    const organiser = await signedIn(ORGANISER)
    const { page } = organiser
    await open(page, '/plan/projekter?q=pladsen')
    await tab(page, /Idéer/)
    await page.getByRole('checkbox', { name: 'Vælg »Gynger på pladsen«' }).check()
    await page.getByRole('checkbox', { name: 'Vælg »Karrusel på pladsen«' }).check()
    await page.getByLabel('Projektets titel').fill('Leg på pladsen')
    await page.getByRole('button', { name: 'Tag videre som projekt' }).click()
    await page.getByRole('link', { name: 'Leg på pladsen' }).waitFor()
    await page
      .getByText(/er spurgt og har ikke svaret endnu/)
      .first()
      .waitFor()

    await tab(page, /Idéer/)
    const row = page.locator('.bm-work-row').filter({ hasText: 'Gynger på pladsen' })
    await page.getByRole('button', { name: 'Vis afgjorte' }).waitFor()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Vis afgjorte' }).click()
    await row.getByText(/Er projekt i Skovlunde/).waitFor()
    expect(address(page).searchParams.get('settled')).toBe('1')

    await open(author.page, `/ideer/${second}`)
    await author.page.getByRole('heading', { name: 'Må din idé slås sammen med andre?' }).waitFor()
    await author.page.getByRole('button', { name: 'Ja, det må de gerne' }).click()
    await author.page.getByText('Du har svaret ja.').waitFor()
    await open(author.page, `/ideer/${first}`)
    await author.page.getByRole('button', { name: 'Ja, det må de gerne' }).click()
    await author.page.getByText('Du har svaret ja.').waitFor()

    await open(page, '/plan/projekter')
    await page
      .getByText(/siger ja til at slå sammen/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Sæt på stemmesedlen' }).click()
    await page.getByText('På stemmesedlen som nr. 1').waitFor()
    await page.getByText('1 af 3 på stemmesedlen').waitFor()

    await open(page, '/plan/projekter?q=Ur ved perronen')
    await tab(page, /Idéer/)
    const clock = page.locator('.bm-work-row').filter({ hasText: 'Ur ved perronen' })
    await clock.getByText('Tages ikke videre …').click()
    await clock.getByText('Skriv, hvorfor den ikke tages videre').click()
    await clock.getByLabel('Offentlig begrundelse').fill('Der er ikke plads ved perronen.')
    await clock.getByRole('button', { name: 'Tag ikke videre' }).click()
    await clock.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Vis afgjorte' }).click()
    await clock.getByText('Tages ikke videre', { exact: true }).waitFor()
    await page.reload()
    await tab(page, /Idéer/)
    await clock.getByText('Begrundelsen, og åbn spørgsmålet igen').click()
    await clock.getByText('Der er ikke plads ved perronen.').waitFor()
    expect(await page.getByRole('checkbox', { name: 'Vælg »Ur ved perronen«' }).isDisabled()).toBe(true)
    expect(await findings(page)).toEqual([])
  })
})

describe.each([
  ['phone', PHONE, 'da'],
  ['desktop', DESKTOP, 'en'],
] as const)('every page of the workspace on a %s', (_name, size, language) => {
  it('is accessible, fits its width and speaks both languages', { timeout: 180_000 }, async () => {
    const drawn = await signedIn(ORGANISER, { size, drawsMap: size === DESKTOP })
    const plain = await signedIn(ORGANISER, { size, drawsMap: false })
    const ideas = await journey.server.deps.db.selectFrom('idea').select('idea_id').where('round_year', '=', year).limit(1).execute()
    const idea = ideas[0]?.idea_id
    const found: string[] = []
    for (const path of ['/plan', `/plan/ideer/${idea}`, `/plan/ideer/${idea}/udskrift`, '/plan/konflikter?within=125', '/plan/projekter']) {
      // The tools of the map stand on every page alike.
      const { page } = path === '/plan' ? drawn : plain
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), language)))
    }
    expect(found).toEqual([])
    expect([...drawn.problems, ...plain.problems]).toEqual([])
  })
})
