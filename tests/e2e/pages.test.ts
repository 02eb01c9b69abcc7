import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IdeaSummary } from '../../server/ideas/contract.ts'
import type { Round } from '../../server/rounds/contract.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { CookieBrowser } from '../setup/cookieBrowser.ts'

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

/** An organiser at the door: three ideas of a district merged, one of them split off and left, the project put to the vote. */
async function takeForward(): Promise<{ projectPath: string; mergedPath: string; leftPath: string }> {
  const organiser = new CookieBrowser(journey.server.url)
  await organiser.signIn('organiser')
  const { csrfToken } = await organiser.session()
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken ?? '' }
  const post = async (path: string, body: unknown): Promise<{ projectId: string }> => {
    const response = await organiser.send(path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect([path, response.status, response.ok ? '' : await response.text()]).toEqual([path, expect.any(Number), ''])
    return (await response.json()) as { projectId: string }
  }
  const { items } = (await (await organiser.send('/api/rounds')).json()) as { items: [Round] }
  const [round] = items
  const found = await organiser.send(`/api/rounds/${round.year}/ideas?district=maaloev&limit=3`)
  const ideas = ((await found.json()) as { items: IdeaSummary[] }).items.map(({ ideaId }) => ideaId) as [number, number, number]
  const { projectId } = await post(`/api/rounds/${round.year}/projects`, {
    districtId: 'maaloev',
    ideaIds: ideas,
    title: 'Bænke og bålplads',
  })
  const reason = 'Den ligger ved siden af en fredet mose og kan ikke bygges der.'
  await post(`/api/projects/${projectId}/split`, { version: 1, ideaIds: [ideas[2]], reason })
  await post(`/api/plan/ideas/${ideas[2]}/not-taken-forward`, { reason })
  await post(`/api/projects/${projectId}/state`, { version: 2, state: 'shortlisted' })
  return { projectPath: `/projekter/${projectId}`, mergedPath: `/ideer/${ideas[0]}`, leftPath: `/ideer/${ideas[2]}` }
}

describe('what became of ideas', () => {
  it('stands on the pages of ideas and projects, each leading to the other', async () => {
    const { projectPath, mergedPath, leftPath } = await takeForward()
    const { page, context, problems } = await journey.open({ size: PHONE })
    await page.goto(journey.server.url + mergedPath)
    await settled(page)
    await page.getByRole('link', { name: 'Bænke og bålplads' }).click()
    await page.getByText('Til afstemning · nr. 1').waitFor()
    await page.getByRole('heading', { name: 'Idéerne bag' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(projectPath)
    await page.goto(journey.server.url + leftPath)
    await page.getByText('Idéen går ikke videre').waitFor()
    expect(await page.getByText('fredet mose').count()).toBe(1)
    await page.goto(`${journey.server.url}/runder/${projectPath.slice(11, 15)}`)
    await page.getByRole('link', { name: 'Bænke og bålplads' }).waitFor()
    const found: string[] = []
    for (const [size, language] of [
      [PHONE, 'da'],
      [DESKTOP, 'en'],
    ] as const) {
      await page.setViewportSize(size)
      for (const path of [projectPath, mergedPath, leftPath, `/runder/${projectPath.slice(11, 15)}`]) {
        await page.goto(`${journey.server.url}${path}?lang=${language}`)
        await settled(page)
        found.push(...(await findings(page)).map((finding) => `${path}: ${finding}`))
        if ((await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')) > 0) found.push(`${path} is too wide`)
      }
    }
    expect(found).toEqual([])
    expect(problems).toEqual([])
    await context.close()
  })
})
