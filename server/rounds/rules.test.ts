import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, daysThrough, phaseOn } from './rules.ts'

const published = [
  {
    year: 2015,
    populations: { 'Ballerup Syd': 18391, Skovlunde: 12707, 'Ballerup Nord': 7660, Måløv: 8995 },
    shares: { 'Ballerup Syd': 385128, Skovlunde: 266098, 'Ballerup Nord': 160409, Måløv: 188365 },
  },
  {
    year: 2017,
    populations: { 'Ballerup Syd': 17986, Skovlunde: 13202, 'Ballerup Nord': 7893, Måløv: 9068 },
    shares: { 'Ballerup Syd': 373549, Skovlunde: 274190, 'Ballerup Nord': 163929, Måløv: 188332 },
  },
  {
    year: 2018,
    populations: { 'Ballerup Syd': 18101, Skovlunde: 13213, 'Ballerup Nord': 7942, Måløv: 8981 },
    shares: { 'Ballerup Syd': 375251, Skovlunde: 273918, 'Ballerup Nord': 164646, Måløv: 186185 },
  },
]

const named = (populations: Record<string, number>) =>
  Object.entries(populations).map(([name, population]) => ({ districtId: name, name, population }))

const districts = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .chain((names) => fc.tuple(...names.map((name) => fc.nat(60_000).map((population) => ({ districtId: name, name, population })))))
  .filter((list) => list.some(({ population }) => population > 0))

describe('apportion', () => {
  it.each(published)('gives the published shares of $year', ({ populations, shares }) => {
    expect(Object.fromEntries(apportion(1_000_000, named(populations)))).toEqual(shares)
  })

  it('gives the leftover krone to the larger population, then to the first name', () => {
    expect([...apportion(1, named({ b: 5, a: 5 })).entries()]).toEqual([
      ['b', 0],
      ['a', 1],
    ])
    expect(apportion(5, named({ small: 1, large: 3 })).get('large')).toBe(4)
  })

  it('sums exactly, stays within one krone of the quota, gives nothing to nobody, whatever the order', () => {
    fc.assert(
      fc.property(districts, fc.nat(5_000_000), fc.nat(), (list, total, seed) => {
        const shares = apportion(total, list)
        const people = list.reduce((sum, { population }) => sum + population, 0)
        expect([...shares.values()].reduce((a, b) => a + b, 0)).toBe(total)
        for (const { districtId, population } of list) {
          expect(Math.abs((shares.get(districtId) ?? -9) - (total * population) / people)).toBeLessThan(1)
          if (population === 0) expect(shares.get(districtId)).toBe(0)
        }
        const turned = list.toSorted((a, b) => ((a.name.charCodeAt(0) * (seed + 7)) % 13) - ((b.name.charCodeAt(0) * (seed + 7)) % 13))
        expect(new Map([...apportion(total, turned)].sort())).toEqual(new Map([...shares].sort()))
      }),
    )
  })

  it.each([
    [-1, { a: 1 }],
    [1.5, { a: 1 }],
    [10, { a: -1 }],
    [10, { a: 0 }],
    [10, {}],
  ])('refuses %s over %o', (total, populations) => {
    expect(() => apportion(total, named(populations as Record<string, number>))).toThrow(RangeError)
  })
})

describe('phases by date', () => {
  const phases = [
    { phase: 'research', startsOn: '2026-01-01', endsOn: '2026-01-31' },
    { phase: 'involvement', startsOn: '2026-02-01', endsOn: '2026-02-28' },
  ] as const

  it.each([
    ['2026-01-31', 'research'],
    ['2026-02-01', 'involvement'],
    ['2026-02-28', 'involvement'],
    ['2026-03-01', undefined],
  ])('%s lies in %s', (date, phase) => {
    expect(phaseOn(phases, date)?.phase).toBe(phase)
  })

  it('counts today as a day left, across a change of clocks', () => {
    expect(daysThrough('2026-02-28', '2026-02-28')).toBe(1)
    expect(daysThrough('2026-03-28', '2026-03-30')).toBe(3)
  })
})
