import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DistrictResult, RoundResult } from '../../server/allocation/contract.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

// The rounds of 2013 to 2021 as their sources tell them, in the shape of a result that was counted here. Unknown stays unknown.

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

const resultOf = (year: number) => t.read<RoundResult>(`/api/rounds/${year}/result`)
async function districtOf(year: number, id: string): Promise<DistrictResult> {
  return (await resultOf(year)).districts.find(({ districtId }) => districtId === id) as DistrictResult
}
const amountsOf = ({ projects }: DistrictResult) =>
  projects.flatMap(({ awardedDkk }) => (awardedDkk ? [awardedDkk] : [])).sort((a, b) => b - a)

describe('an earlier round', () => {
  it.each([
    ['Skovlunde 2018: one in full and the remainder to the next', 2018, 'skovlunde', 273_918, [220_000, 53_918]],
    ['Måløv 2017: three that together make the share', 2017, 'maaloev', 188_332, [98_000, 50_000, 40_332]],
    ['Måløv 2018: the winner takes all', 2018, 'maaloev', 186_185, [186_185]],
    ['Ballerup Nord 2017: the winner takes all', 2017, 'ballerup-nord', 163_929, [163_929]],
    ['Ballerup Syd 2017: five ideas that became one', 2017, 'ballerup-syd', 373_549, [373_549]],
  ])('%s', async (_name, year, id, share, amounts) => {
    const district = await districtOf(year, id)
    expect([district.shareDkk, amountsOf(district)]).toEqual([share, amounts])
    expect([district.awardedDkk, district.leftDkk]).toEqual([share, 0])
  })

  it('tells the two ballots of Måløv 2018: three projects, the third fell, then 40 to 31', async () => {
    const { knockOut, ballots, decidedBy, projects } = await districtOf(2018, 'maaloev')
    expect([decidedBy, ballots]).toEqual(['knock-out', 71])
    expect(knockOut).toMatchObject([
      { round: 1, standing: [], note: 'Tre projekter. Det tredje faldt med få stemmer.' },
      { round: 2, standing: [{ votes: 40 }, { votes: 31 }], out: ['2018-brydegaarden-samlingslokale-og-koekken'] },
    ])
    expect(projects.map(({ outcome, votes }) => [outcome, votes])).toEqual([
      ['won', 40],
      ['lost', 31],
      ['lost', null],
    ])
  })

  it('names the ideas that became #FordiKultur', async () => {
    const { projects } = await districtOf(2017, 'ballerup-syd')
    expect(projects.find(({ outcome }) => outcome === 'won')?.mergedFrom).toHaveLength(5)
  })

  it('says of the remainder that it was one', async () => {
    const { projects } = await districtOf(2018, 'skovlunde')
    expect(projects.map(({ note }) => note)).toEqual([null, 'resten af andelen'])
  })

  it('leaves unknown what is unknown', async () => {
    expect(await districtOf(2018, 'ballerup-syd')).toMatchObject({
      shareDkk: 375_251,
      awardedDkk: null,
      leftDkk: null,
      ballots: null,
      rule: null,
    })
    const nord = await districtOf(2018, 'ballerup-nord')
    expect(nord.projects.find(({ outcome }) => outcome === 'won')).toMatchObject({ awardedDkk: null, votes: null })
    const { districts, source, publishedAt } = await resultOf(2015)
    expect([source, publishedAt]).toEqual(['record', null])
    // A winner of which no source says where it stood.
    expect(districts.at(-1)).toMatchObject({ districtId: null, projects: [{ projectId: '2015-mere-monitor', awardedDkk: null }] })
    for (const year of [2013, 2021]) {
      expect((await resultOf(year)).districts).toMatchObject(Array(4).fill({ shareDkk: null, awardedDkk: null, projects: [] }))
    }
  })

  it('is told with where it is known from, and never by the names of people', async () => {
    for (const year of [2013, 2015, 2017, 2018, 2021]) expect([year, (await resultOf(year)).sources]).toEqual([year, expect.any(String)])
  })

  it('is none that does not exist', async () => {
    expect((await t.send('GET', '/api/rounds/2019/result')).status).toBe(404)
  })
})
