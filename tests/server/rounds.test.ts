import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Project } from '../../server/projects/contract.ts'
import type { Share } from '../../server/rounds/contract.ts'
import { buildRound } from '../builders/round.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

const get = (path: string) => t.read(path)

it('lists the real rounds, newest first, without a phase of today', async () => {
  const { items } = await get('/api/rounds')
  expect(items.map(({ year }: { year: number }) => year)).toEqual([2021, 2018, 2017, 2015, 2013])
  expect(
    items.every(
      (round: { isDemo: boolean; currentPhase: null; totalDkk: number }) =>
        !round.isDemo && round.currentPhase === null && round.totalDkk === 1_000_000,
    ),
  ).toBe(true)
})

it.each([
  [2015, { maaloev: 188365, 'ballerup-nord': 160409, 'ballerup-syd': 385128, skovlunde: 266098 }],
  [2017, { maaloev: 188332, 'ballerup-nord': 163929, 'ballerup-syd': 373549, skovlunde: 274190 }],
  [2018, { maaloev: 186185, 'ballerup-nord': 164646, 'ballerup-syd': 375251, skovlunde: 273918 }],
])('%i has its published shares', async (year, shares) => {
  const { items } = await get(`/api/rounds/${year}/shares`)
  expect(Object.fromEntries(items.map(({ districtId, shareDkk }: Share) => [districtId, shareDkk]))).toEqual(shares)
})

it('leaves unknown shares and awards unknown', async () => {
  const { items } = await get('/api/rounds/2013/shares')
  expect(items.every((share: Share) => share.shareDkk === null && share.awardedDkk === null && share.remainderDkk === null)).toBe(true)
  const in2018: Share[] = (await get('/api/rounds/2018/shares')).items
  const of = (districtId: string) => in2018.find((share) => share.districtId === districtId)
  expect(of('skovlunde')).toMatchObject({ awardedDkk: 273_918, remainderDkk: 0 })
  expect(of('ballerup-nord')).toMatchObject({ awardedDkk: null, remainderDkk: null })
})

it('tells the history of 2018 with winners first and unknown as null', async () => {
  const { items }: { items: Project[] } = await get('/api/rounds/2018/projects')
  expect(items.length).toBe(11)
  const hare = items.find(({ title }) => title.includes('Haren'))
  expect(hare).toMatchObject({
    outcome: 'won',
    awardedDkk: 53_918,
    totalCostDkk: 350_000,
    opened: '2019-06-16',
    districtId: 'skovlunde',
    positionAccuracy: 'approximate',
  })
  expect(await get(`/api/projects/${hare?.projectId}`)).toEqual(hare)
})

it('shows finished installations with what they cost and who paid', async () => {
  const { items } = await get('/api/installations')
  expect(items.length).toBe(7)
  const tingsted = items.find(({ title }: { title: string }) => title.includes('Tingsted'))
  expect(tingsted).toMatchObject({ openedYear: 2017, awardedDkk: 188_365 + 98_000, projects: [{ roundYear: 2015 }, { roundYear: 2017 }] })
  const map = await get('/api/installations.geojson')
  expect(map.features.length).toBe(7)
})

it('follows the calendar of Copenhagen, day by day', async () => {
  await buildRound(t.deps.db, { year: 2030, phaseInMay: 'involvement' })
  const phaseAt = async (instant: string) => {
    t.clock.set(instant)
    const { currentPhase, daysLeft } = await get('/api/rounds/2030')
    return [currentPhase, daysLeft]
  }
  expect(await phaseAt('2030-04-30T21:59:59Z')).toEqual(['research', 1])
  expect(await phaseAt('2030-04-30T22:00:00Z')).toEqual(['involvement', 31])
  expect(await phaseAt('2030-05-31T21:59:59Z')).toEqual(['involvement', 1])
  expect(await phaseAt('2030-05-31T22:00:00Z')).toEqual(['processing', 30])
})

it('has the database refuse shares that do not sum to the total and phases that overlap', async () => {
  await buildRound(t.deps.db, { year: 2031 })
  const share = { round_year: 2031, district_id: 'maaloev', population: null, share_dkk: 999_999 }
  await expect(t.deps.db.insertInto('round_share').values(share).execute()).rejects.toMatchObject({ constraint: 'round_share_sum' })
  const total = t.deps.db.updateTable('round').set({ total_dkk: 2_000_000 }).where('year', '=', 2018)
  await expect(total.execute()).rejects.toMatchObject({ constraint: 'round_share_sum' })
  const phase = { starts_on: '2031-05-10', ends_on: '2031-05-12' }
  await expect(
    t.deps.db.updateTable('round_phase').set(phase).where('round_year', '=', 2031).where('phase', '=', 'decision').execute(),
  ).rejects.toThrow(/exclusion/)
})

it('answers 404 for years without a round', async () => {
  for (const path of ['/api/rounds/2014', '/api/rounds/2014/shares', '/api/rounds/2014/projects', '/api/projects/no-such-project']) {
    expect((await t.send('GET', path)).status, path).toBe(404)
  }
})
