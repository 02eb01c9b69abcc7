import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConstraintCatalogue } from '../../server/constraints/contract.ts'
import { madeSquares } from '../builders/constraintFile.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pressPerson } from '../setup/signInAs.ts'
import { startUpstream } from '../setup/upstream.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney({ CONSTRAINT_LOADING: 'true', CONSTRAINT_ALLOW_PRIVATE: 'true' })
  // Whatever the time of day: the services of the catalogue are out of reach of a test.
  await sql`delete from pgboss.schedule where name = 'load-constraint-layers'`.execute(journey.server.deps.db)
})
afterAll(() => journey.close())

const EDIT = 'Ret betydning og sætninger'

async function openLayer(page: Page, layerId: string): Promise<void> {
  await page.goto(`${journey.server.url}/plan/bindingslag/${layerId}`)
  await page
    .getByRole('heading', { name: 'Betydning', exact: true })
    .or(page.getByRole('heading', { name: 'Ret bindingslaget' }))
    .waitFor()
}

/** Signs in from the page one is on, and comes back to it. */
async function signInFromHere(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /Log ind/ }).click()
  await pressPerson(page, name)
  await page.getByText(name).first().waitFor()
}

const choose = (page: Page, type: string, words: RegExp) => page.getByRole('group', { name: type }).getByRole('radio', { name: words })
const wide = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')

describe('the catalogue of constraint layers', () => {
  it('is read by everybody, in the order of work, and says what was not checked', async () => {
    const { page, problems } = await journey.open({ size: PHONE, drawsMap: false })
    await page.goto(`${journey.server.url}/plan/bindingslag`)
    await page.getByRole('heading', { name: 'Bindingslag' }).waitFor()
    expect(await page.locator('main h2').allInnerTexts()).toEqual([
      expect.stringContaining('Ejer'),
      expect.stringContaining('Zone'),
      expect.stringContaining('Absolut'),
      expect.stringContaining('Linjer'),
      expect.stringContaining('Jord'),
      expect.stringContaining('Byggetilladelse'),
    ])
    expect(await page.locator('.bm-rule').count()).toBe(31)
    await page.getByRole('link', { name: 'Beskyttet natur (§ 3)' }).click()
    await page.getByRole('heading', { name: 'Beskyttet natur (§ 3)' }).waitFor()
    await page.getByText('Her er beskyttet natur. Kommunen skal give lov først, og det sker sjældent.').waitFor()
    expect(await page.getByRole('link', { name: /Naturbeskyttelsesloven § 3/ }).getAttribute('href')).toBe(
      'https://danskelove.dk/naturbeskyttelsesloven/3',
    )
    expect(await page.getByRole('button', { name: EDIT }).count()).toBe(0)
    await page.getByRole('link', { name: 'Alle bindingslag' }).click()
    await page.getByRole('heading', { name: 'Bindingslag' }).waitFor()
    expect(problems).toEqual([])
  })

  it('shows no way to change it to a citizen', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await openLayer(page, 'bane')
    await signInFromHere(page, 'Testborger Måløv')
    await page.getByText('Kataloget, som det følger med programmet').waitFor()
    expect(await page.getByRole('button', { name: EDIT }).count()).toBe(0)
  })
})

describe('a layer whose load failed', () => {
  it('says in either language what happened and what to do; the loader’s own words are folded away', async () => {
    const { db } = journey.server.deps
    const failure = { failure_kind: 'count-fell', failure_detail: 'There are 4 features, but there were 70.', attempted_at: new Date() }
    await db.updateTable('constraint_layer').set(failure).where('layer_id', '=', 'jord50').execute()
    for (const size of [PHONE, DESKTOP]) {
      const { page, problems } = await journey.open({ size, drawsMap: false })
      await openLayer(page, 'jord50')
      const notice = page.locator('.bm-notice').filter({ hasText: 'Indlæsningen fejlede' })
      await notice.getByText('Der kom langt færre end sidst.').waitFor()
      await notice.getByText(/Spørg udgiveren, om det er rigtigt/).waitFor()
      expect(await notice.getByText(failure.failure_detail).isVisible()).toBe(false)
      await notice.getByText('Teknisk besked').click()
      expect(await notice.getByText(failure.failure_detail).isVisible()).toBe(true)
      expect(await findings(page)).toEqual([])
      expect(await wide(page)).toBe(0)
      await page.locator('header button[lang=en]').first().click()
      await page.getByText('Far fewer came than last time.').waitFor()
      expect(problems).toEqual([])
    }
  })
})

describe('a load on request', () => {
  /** A service with 30 squares in three pages, the last of which waits until it is let go. */
  async function slowService() {
    const features = madeSquares(30).map((feature, index) => ({ id: `f${index}`, ...feature }))
    const crs = 'http://www.opengis.net/def/crs/EPSG/0/25832'
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    const server = await startUpstream(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://service')
      const offset = Number(url.searchParams.get('offset') ?? 0)
      if (offset === 20) await held
      const links = offset < 20 ? [{ rel: 'next', href: `${url.pathname}?f=json&offset=${offset + 10}` }] : []
      const isList = url.pathname === '/collections'
      response.writeHead(200, { 'Content-Type': 'application/geo+json', ...(isList ? {} : { 'Content-Crs': `<${crs}>` }) })
      response.end(
        JSON.stringify(
          isList
            ? { collections: [{ id: 'skov', crs: [crs] }] }
            : { type: 'FeatureCollection', numberMatched: 30, features: features.slice(offset, offset + 10), links },
        ),
      )
    })
    const attributes = { sourceId: null, label: null, appliesWhen: null, datasetDate: null }
    const services = [{ kind: 'ogc-api-features', url: server.url, typeNames: ['skov'], useBbox: true, attributes }]
    await sql`update constraint_layer set source = source || ${JSON.stringify({ services })}::jsonb where layer_id = 'fredskov'`.execute(
      journey.server.deps.db,
    )
    return { server, release }
  }

  it('is followed live by planners until the layer has its new data', { timeout: 120_000 }, async () => {
    const { server, release } = await slowService()
    const { page, context, problems } = await journey.open({ size: PHONE, drawsMap: false })
    await openLayer(page, 'fredskov')
    await signInFromHere(page, 'Testborger Måløv')
    expect(await page.locator('.bm-layer-load').count()).toBe(0)
    await context.clearCookies()
    await openLayer(page, 'fredskov')
    await signInFromHere(page, 'Testplanlægger')
    await page.getByRole('button', { name: 'Indlæs fra tjenesten nu' }).click()
    const load = page.locator('.bm-layer-load')
    await load.getByText('20 flader indtil nu.').waitFor({ timeout: 30_000 })
    expect(await load.innerText()).toMatch(/Indlæser siden kl\. \d\d\.\d\d/)
    expect(await page.getByRole('button', { name: 'Indlæs fra tjenesten nu' }).count()).toBe(0)
    expect(await findings(page)).toEqual([])
    expect(await wide(page)).toBe(0)
    release()
    await load.getByText('Indlæsningen er slut. Laget er opdateret.').waitFor({ timeout: 30_000 })
    await page.locator('.bm-facts').getByText('30', { exact: true }).waitFor()
    expect(await page.locator('#announcer').innerText()).toBe('Indlæsningen er slut.')
    const asked: string[] = []
    page.on('request', (request) => request.url().endsWith('/load') && asked.push(request.url()))
    await page.waitForTimeout(4_000)
    expect(asked).toEqual([])
    expect(problems).toEqual([])
    await server.close()
  })
})

describe('a planner', () => {
  it('changes a layer with the keyboard alone, and the history tells', async () => {
    const { page, problems } = await journey.open({ drawsMap: false })
    await openLayer(page, 'lokalplan')
    await signInFromHere(page, 'Testplanlægger')
    await page.getByRole('button', { name: EDIT }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Ret bindingslaget' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowLeft')
    expect(await choose(page, 'Bænk', /Intet at gøre/).isChecked()).toBe(true)
    for (let field = 0; field < 12; field++) await page.keyboard.press('Tab')
    await page.keyboard.type('nej')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Skriv mindst 5 tegn.').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('reason')
    await page.keyboard.type(', bænke kræver aldrig dispensation')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('nej, bænke kræver aldrig dispensation').waitFor()
    await page.getByText('Bænk: 1 → 0').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(EDIT)
    const answer = await fetch(`${journey.server.url}/api/constraint-layers`)
    const { items } = (await answer.json()) as ConstraintCatalogue
    expect(items.find(({ layerId }) => layerId === 'lokalplan')?.severities.bench).toBe(0)
    expect(problems).toEqual([])
  })

  it('keeps what was written through a reload, and puts it on top of what a colleague saved meanwhile', async () => {
    const { page, context } = await journey.open({ drawsMap: false })
    await openLayer(page, 'klima')
    await signInFromHere(page, 'Testplanlægger')
    await page.getByRole('button', { name: EDIT }).click()
    await choose(page, 'Bænk', /Spørg/).check({ force: true })
    await page.getByLabel('Begrundelse').fill('Også bænke skal tåle vand')
    await page.reload()
    await page.getByText('Dit udkast fra før er hentet frem.').waitFor()
    expect(await page.getByLabel('Begrundelse').inputValue()).toBe('Også bænke skal tåle vand')

    const colleague = await context.newPage()
    await openLayer(colleague, 'klima')
    await colleague.getByRole('button', { name: EDIT }).click()
    await colleague.getByLabel('Til borgeren, dansk').fill('Her står der\nvand efter regn.')
    await colleague.getByLabel('Begrundelse').fill('Kortere og klarere')
    await colleague.getByRole('button', { name: 'Gem rettelsen' }).click()
    await colleague.getByText('Kortere og klarere').waitFor()

    await page.getByRole('button', { name: 'Gem rettelsen' }).click()
    await page.getByText('En kollega har rettet laget imens').waitFor()
    await page.getByText('Her står der vand efter regn.').first().waitFor()
    await page.getByRole('button', { name: 'Læg mine rettelser oven på' }).click()
    await page.getByRole('button', { name: 'Gem rettelsen' }).click()
    await page.getByText('Bænk: 0 → 1').waitFor()
    await page.locator('.bm-quote').getByText('Her står der vand efter regn.').waitFor()
  })

  it.each([
    ['phone', PHONE, 'da'],
    ['desktop', DESKTOP, 'en'],
  ])('has an accessible form that fits a %s', async (_name, size, language) => {
    const { page } = await journey.open({ size, drawsMap: false })
    await openLayer(page, 'vejareal')
    await signInFromHere(page, 'Testplanlægger')
    await page.goto(`${journey.server.url}/plan/bindingslag/vejareal?lang=${language}`)
    await page.getByRole('button', { name: language === 'da' ? EDIT : 'Change severities and sentences' }).click()
    await page.getByRole('button', { name: language === 'da' ? 'Gem rettelsen' : 'Save the change' }).click()
    await page.locator('.bm-field-error').waitFor()
    expect(await findings(page)).toEqual([])
    expect(await wide(page)).toBe(0)
  })
})
