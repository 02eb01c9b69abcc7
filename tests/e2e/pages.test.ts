import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IdeaSummary } from '../../server/ideas/contract.ts'
import { pageFolder } from '../../server/platform/page/build.ts'
import type { Round } from '../../server/rounds/contract.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { CookieBrowser } from '../setup/cookieBrowser.ts'
import { pageFaults, settled } from '../setup/pageFaults.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.close())

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
const WITH_MAP: readonly string[] = ['/', '/ideer/ny', '/anlaeg']

describe.each([
  ['phone', PHONE, 'da'],
  ['desktop', DESKTOP, 'en'],
] as const)('every page on a %s', (_name, size, language) => {
  it('is accessible, fits its width and speaks both languages', { timeout: 180_000 }, async () => {
    const [drawn, plain] = [await journey.open({ size }), await journey.open({ size, drawsMap: false })]
    const found: string[] = []
    for (const [path, words] of paths) {
      // Drawn where the map is the page's own; elsewhere it is the same one in the background.
      const { page } = WITH_MAP.includes(path) ? drawn : plain
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), language)))
      expect(await page.title(), path).toContain('Borgermillionen')
      // On the desktop it is in Danish by now.
      if (words !== null && language === 'en') await page.getByRole('main').getByText(words).first().waitFor()
    }
    expect(found).toEqual([])
    expect([...drawn.problems, ...plain.problems].filter((problem) => !problem.includes('404'))).toEqual([])
  })
})

it('no script holds the schemas of the contracts: words and types are enough for a page', () => {
  const scripts = globSync('assets/*.js', { cwd: pageFolder })
  expect(scripts.length).toBeGreaterThan(10)
  const withSchemas = scripts.filter((file) => /ZodError|invalid_union/.test(readFileSync(join(pageFolder, file), 'utf8')))
  expect(withSchemas, 'import types from the contract, and lists of words from a file without schemas').toEqual([])
})

describe('the words on the page', () => {
  it('unknown stays unknown: 2013 has no shares and says so', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await page.goto(`${journey.server.url}/runder/2013`)
    await settled(page)
    expect(await page.locator('main').innerText()).toMatch(/ikke oplyst|kendes ikke/i)
  })

  it('money is written the Danish way and the demo says that it is one', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await page.goto(journey.server.url)
    await settled(page)
    const words = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ')
    expect(words).toContain('375.251 kr.')
    expect(words).toContain('Demo')
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
    const { page, problems } = await journey.open({ size: PHONE, drawsMap: false })
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
    for (const path of [projectPath, mergedPath, leftPath, `/runder/${projectPath.slice(11, 15)}`])
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), 'da')))
    await page.setViewportSize(DESKTOP)
    for (const path of [projectPath, leftPath]) found.push(...(await pageFaults(page, new URL(path, journey.server.url), 'en')))
    expect(found).toEqual([])
    expect(problems).toEqual([])
  })
})
