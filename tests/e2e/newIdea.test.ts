import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pressPerson } from '../setup/signInAs.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

const person = 'Testborger Skovlunde'
const mainButton = (page: Page) => page.locator('.bm-form-footer .bm-button-main')
const keptDraft = (page: Page) => page.evaluate(() => localStorage.getItem('bm-draft-new'))

function photo(): Promise<Buffer> {
  return sharp({ create: { width: 900, height: 600, channels: 3, background: '#7aa06a' } })
    .jpeg()
    .toBuffer()
}

async function openForm(page: Page, search = ''): Promise<void> {
  await page.goto(`${journey.server.url}/ideer/ny${search}`)
  await page.locator('.bm-step-heading').waitFor()
}

async function typeCoordinates(page: Page, text: string): Promise<void> {
  const details = page.locator('.bm-coordinates')
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
  await details.locator('input').fill(text)
  await details.locator('input').press('Enter')
}

/** Place and words, up to the last step. */
async function fill(page: Page, title: string): Promise<void> {
  await typeCoordinates(page, '55,7186 12,4020')
  await page.getByText('Bekræftet af serveren').waitFor()
  await mainButton(page).click()
  await page.getByLabel('Titel').fill(title)
  await page.getByLabel('Beskriv idéen').fill('To bænke med udsigt over vandet, så man kan hvile sig.')
  await page.getByRole('radio', { name: 'Mødested' }).check()
  await mainButton(page).click()
  await page.getByRole('heading', { name: 'Penge og drift' }).waitFor()
  await mainButton(page).click()
  await page.getByRole('heading', { name: 'Se efter, og send' }).waitFor()
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log ind, og send' }).click()
  await pressPerson(page, person)
  await page.getByText(`Sendes som ${person}`).waitFor()
}

async function ideasTitled(title: string): Promise<number[]> {
  const rows = await journey.server.deps.db.selectFrom('idea').select('idea_id').where('title', '=', title).execute()
  return rows.map(({ idea_id }) => idea_id)
}

describe('a new idea', () => {
  test('from an empty form to thanks, on a phone, through reload and sign-in', async () => {
    const { page, problems } = await journey.open({ size: PHONE })
    await openForm(page)
    await mainButton(page).click()
    expect(await page.locator('.bm-error-summary').evaluate((box) => box.matches(':focus'))).toBe(true)

    await page.locator('.bm-place-search input').fill('Sømo')
    await page.getByRole('option', { name: 'Sømosen' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('Bekræftet af serveren').waitFor()
    expect(await page.locator('.bm-place-result').textContent()).toContain('Skovlunde')
    await page.getByRole('heading', { name: 'Er det en af disse?' }).waitFor()
    const sheetTop = () => page.locator('.bm-panel').evaluate((panel) => panel.getBoundingClientRect().top)
    await expect.poll(sheetTop).toBeGreaterThan(PHONE.height * 0.4)

    await mainButton(page).click()
    await page.getByLabel('Titel').fill('Bænke ved mosen')
    await page.getByLabel('Beskriv idéen').fill('To bænke med udsigt over vandet.')
    await page.getByRole('radio', { name: 'Mødested' }).check()
    await page.locator('input[type=file]').setInputFiles([
      { name: 'mosen.jpg', mimeType: 'image/jpeg', buffer: await photo() },
      { name: 'film.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') },
    ])
    await page.getByText('»film.gif« er ikke et billede').waitFor()
    await page.getByLabel(/Hvad ser man på billedet/).fill('Mosen set fra stien')

    await page.reload()
    expect(await page.getByLabel('Titel').inputValue()).toBe('Bænke ved mosen')
    await page.locator('img.bm-picture-frame').waitFor()
    await mainButton(page).click()
    await page.getByLabel(/Hvad tror du, det koster/).fill('25000')
    await page.getByLabel(/Hvem holder det ved lige/).focus()
    expect(await page.getByLabel(/Hvad tror du, det koster/).inputValue()).toBe('25.000\u00a0kr.')
    await mainButton(page).click()

    await signIn(page)
    await mainButton(page).dblclick()
    await page.getByRole('heading', { name: 'Tak! Din idé er på kortet' }).waitFor()
    const ideas = await ideasTitled('Bænke ved mosen')
    expect(ideas).toHaveLength(1)
    await page.getByText(`Idé ${ideas[0]}`, { exact: true }).waitFor()
    await page.getByText('Den ligger i Skovlunde.').waitFor()
    expect(await keptDraft(page)).toBeNull()
    const pictures = await journey.server.deps.db
      .selectFrom('picture')
      .selectAll()
      .where('idea_id', '=', ideas[0] as number)
      .execute()
    expect(pictures.map(({ alt_text }) => alt_text)).toEqual(['Mosen set fra stien'])
    expect(problems).toEqual([])
  })

  test('an answer that is lost and sent again is one idea', async () => {
    const { page } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openForm(page)
    await fill(page, 'Lys i tunnelen')
    await signIn(page)
    const path = '**/api/rounds/*/ideas'
    await page.route(path, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await mainButton(page).click()
    await page.getByRole('heading', { name: 'Der er ingen forbindelse.' }).waitFor()
    expect(await keptDraft(page)).toContain('Lys i tunnelen')
    await page.unroute(path)
    await page.getByRole('button', { name: 'Prøv igen' }).click()
    await page.getByRole('heading', { name: 'Tak! Din idé er på kortet' }).waitFor()
    expect(await ideasTitled('Lys i tunnelen')).toHaveLength(1)
  })

  test('refusals lead to the place or the field, and keep everything', async () => {
    const { page } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openForm(page)
    await typeCoordinates(page, '55.70, 12.50')
    await page.getByText('Her er vi uden for de fire bydele').waitFor()
    expect(await page.locator('.bm-place-result').textContent()).toMatch(/Nærmeste bydel er Skovlunde, [\d,.]+ k?m herfra/)
    await mainButton(page).click()
    await page
      .locator('.bm-error-summary')
      .getByText(/Nærmeste bydel er Skovlunde/)
      .waitFor()

    await fill(page, 'Huller i hegnet')
    await signIn(page)
    const answer = (status: number, body: object) => ({ status, contentType: 'application/problem+json', body: JSON.stringify(body) })
    const refusals = [
      answer(422, { kind: 'invalid-request', errors: [{ pointer: '/title', detail: 'control-characters' }] }),
      { ...answer(429, { kind: 'too-many-requests' }), headers: { 'Retry-After': '2' } },
      answer(409, { kind: 'phase-closed' }),
    ]
    await page.route('**/api/rounds/*/ideas', (route) => {
      const refusal = refusals.shift()
      return refusal ? route.fulfill(refusal) : route.continue()
    })
    await mainButton(page).click()
    await page.getByRole('button', { name: /Serveren tog ikke imod/ }).click()
    await page.getByLabel('Titel').waitFor()
    const focused = () => page.locator(':focus').getAttribute('id')
    await expect.poll(focused).toBe('field-title')
    expect(await page.getByLabel('Titel').getAttribute('aria-describedby')).toContain('field-title-error')

    await page.getByRole('button', { name: /Send/ }).last().click()
    await mainButton(page).click()
    await page.getByRole('button', { name: /Du kan prøve igen om/ }).waitFor()
    await page.getByRole('button', { name: 'Prøv igen' }).click()
    await page.getByRole('heading', { name: 'Runden tager ikke imod idéer i denne fase.' }).waitFor()
    expect(await keptDraft(page)).toContain('Huller i hegnet')
  })

  test('steps are addresses: back goes back, the language changes, a broken draft is no crash', async () => {
    const { page, problems } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openForm(page)
    await fill(page, 'Sti til skolen')
    await page.goBack()
    await page.getByRole('heading', { name: 'Penge og drift' }).waitFor()
    await page.goBack()
    expect(await page.getByLabel('Titel').inputValue()).toBe('Sti til skolen')
    await page.getByTitle('English').click()
    await page.getByRole('heading', { name: 'What is the idea?' }).waitFor()
    expect(await page.getByLabel('Title').inputValue()).toBe('Sti til skolen')
    await page.evaluate(() => localStorage.setItem('bm-draft-new', '{"version":99'))
    await page.goto(`${journey.server.url}/ideer/ny`)
    await page.getByText('An old draft could not be read').waitFor()
    expect(problems).toEqual([])
  })

  test('two windows follow each other', async () => {
    const { page, context } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openForm(page, '?trin=2')
    const other = await context.newPage()
    await openForm(other, '?trin=2')
    await page.getByLabel('Titel').fill('Fra det første vindue')
    await other.getByText('Kladden blev ændret i et andet vindue').waitFor()
    expect(await other.getByLabel('Titel').inputValue()).toBe('Fra det første vindue')
    await other.getByLabel('Beskriv idéen').fill('Fra det andet vindue')
    await expect.poll(() => page.getByLabel('Beskriv idéen').inputValue()).toBe('Fra det andet vindue')
    await page.getByRole('button', { name: 'Kassér kladden' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Kassér kladden' }).click()
    await other.getByText('Kladden er sendt eller kasseret i et andet vindue').waitFor()
    expect(await other.getByLabel('Titel').inputValue()).toBe('Fra det første vindue')
  })

  test.each([PHONE, DESKTOP])('every step passes axe at %o', async (size) => {
    const { page } = await journey.open({ size, drawsMap: false })
    for (const step of [1, 2, 3, 4]) {
      await openForm(page, `?trin=${step}`)
      await mainButton(page).click()
      await page.locator('.bm-error-summary, .bm-step-heading:focus').first().waitFor()
      expect(await findings(page), `step ${step}`).toEqual([])
    }
  })

  test('without a map asks for nothing that needs one', async () => {
    const { page, problems } = await journey.open({ size: PHONE, drawsMap: false })
    await openForm(page)
    await page.getByText('Søg efter et sted, eller skriv koordinater.').waitFor()
    expect(await page.getByRole('button', { name: 'Linje' }).count()).toBe(0)
    await page.locator('.bm-place-search input').fill('findes slet ikke')
    await page.getByText('Intet sted fundet for »findes slet ikke«. Skriv koordinater i stedet.').waitFor()
    await typeCoordinates(page, '55,7186 12,4020')
    await page.getByText('Bekræftet af serveren').waitFor()
    expect(problems).toEqual([])
  })

  test('a line is drawn by keyboard with the crosshair', async () => {
    const { page } = await journey.open({ size: DESKTOP })
    await openForm(page)
    await page.locator('canvas').waitFor()
    await page.getByRole('button', { name: 'Linje' }).press('Enter')
    await page.getByRole('button', { name: 'Sigtekorn og piletaster' }).press('Enter')
    const canvas = page.locator('canvas.maplibregl-canvas')
    await expect.poll(() => canvas.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.locator('.bm-map-crosshair').waitFor()
    await page.keyboard.press('Enter')
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Færdig' }).press('Enter')
    await page.getByText(/Længde: [\d.,]+ k?m/).waitFor()
    expect(await keptDraft(page)).toContain('LineString')
    await page.getByRole('button', { name: 'Punkt', exact: true }).press('Enter')
    await page.getByText(/Længde:/).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Linje' }).press('Enter')
    await page.getByText(/Længde: [\d.,]+ k?m/).waitFor()
  })
})

describe('changing an idea', () => {
  test('two versions stand side by side, and the person chooses', async () => {
    const { page, context } = await journey.open({ size: DESKTOP, drawsMap: false })
    await openForm(page)
    await fill(page, 'Gyngerne i parken')
    await signIn(page)
    await mainButton(page).click()
    await page.getByRole('heading', { name: 'Tak! Din idé er på kortet' }).waitFor()
    const [id] = await ideasTitled('Gyngerne i parken')
    const edit = async (title: string) => {
      const window = await context.newPage()
      await window.goto(`${journey.server.url}/ideer/${id}/rediger?trin=2`)
      await window.getByLabel('Titel').waitFor()
      return { window, write: () => window.getByLabel('Titel').fill(title) }
    }
    const mine = await edit('Gynger og rutsjebane')
    await mine.write()
    await journey.server.deps.db
      .updateTable('idea')
      .set({ title: 'Gynger til alle', version: 2 })
      .where('idea_id', '=', id as number)
      .execute()
    await mine.window.goto(`${journey.server.url}/ideer/${id}/rediger?trin=4`)
    await mainButton(mine.window).click()
    await mine.window.getByRole('heading', { name: 'Idéen er ændret, siden du åbnede den' }).waitFor()
    const table = mine.window.locator('.bm-conflict table')
    expect(await table.textContent()).toContain('Gynger og rutsjebane')
    expect(await table.textContent()).toContain('Gynger til alle')
    await mine.window.getByRole('button', { name: 'Gem min udgave' }).click()
    await mine.window.waitForURL(new RegExp(`/ideer/${id}(\\?|$)`))
    expect(await ideasTitled('Gynger og rutsjebane')).toEqual([id])
  })
})
