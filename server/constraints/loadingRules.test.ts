import { describe, expect, it, test } from 'vitest'
import type { AttributeMapping } from './catalogueFile.ts'
import { dayIn, judgeLoad, type LoadCounts, mapAttributes, missingAttributes, whereaboutsOf } from './loadingRules.ts'

const municipality = { west: 702_000, south: 6_176_000, east: 713_000, north: 6_184_000 }
const at = (x: number, y: number) => ({ west: x, south: y, east: x + 10, north: y + 10 })

test.each([
  [at(707_000, 6_180_000), 'near'],
  [at(717_900, 6_180_000), 'near'],
  [at(718_100, 6_180_000), 'far'],
  [{ west: 450_000, south: 6_050_000, east: 900_000, north: 6_400_000 }, 'near'],
  [at(6_180_000, 707_000), 'swapped'],
  [at(12, 55), 'nowhere'],
  [at(0, 0), 'nowhere'],
] as const)('whereaboutsOf(%j) is %s', (bounds, expected) => {
  expect(whereaboutsOf(bounds, municipality)).toBe(expected)
})

describe('judgeLoad', () => {
  const counts = (given: Partial<LoadCounts>): LoadCounts => ({
    read: 10,
    empty: 0,
    near: 10,
    far: 0,
    swapped: 0,
    nowhere: 0,
    before: 10,
    ...given,
  })
  test.each<[string, Partial<LoadCounts>, { force?: boolean; isKnownEmpty?: boolean }, string]>([
    ['as before', {}, {}, 'ok'],
    ['the first time', { before: null }, {}, 'ok'],
    ['exactly 30 % fewer', { near: 7 }, {}, 'ok'],
    ['more than 30 % fewer', { near: 6 }, {}, 'count-fell'],
    ['fewer, vouched for', { near: 6 }, { force: true }, 'ok'],
    ['none', { read: 0, near: 0, before: null }, {}, 'no-features'],
    ['none, as the service knows', { read: 0, near: 0, before: null }, { isKnownEmpty: true }, 'ok'],
    ['none, as the service knows, where there were some', { read: 0, near: 0 }, { isKnownEmpty: true }, 'count-fell'],
    ['all far away', { near: 0, far: 10, before: null }, {}, 'outside-municipality'],
    ['one nowhere', { near: 9, nowhere: 1 }, {}, 'wrong-coordinates'],
    ['one nowhere, vouched for', { near: 9, nowhere: 1 }, { force: true }, 'wrong-coordinates'],
    ['swapped', { near: 0, swapped: 10 }, { force: true }, 'wrong-coordinates'],
  ])('%s', (_name, given, { force = false, isKnownEmpty = false }, expected) => {
    const judgement = judgeLoad(counts(given), { force, isKnownEmpty })
    expect(judgement.ok ? 'ok' : judgement.reason).toBe(expected)
    if (!judgement.ok) expect(judgement.sentence).toMatch(/^[^\n]{20,300}\.$/)
  })
})

describe('attributes', () => {
  const mapping: AttributeMapping = {
    sourceId: 'ID',
    label: 'navn',
    appliesWhen: { attribute: 'Ejer', in: ['Privat', 20] },
    datasetDate: 'dato',
  }

  it('are found whatever their capitals, and become text', () => {
    expect(mapAttributes({ properties: { id: 5, NAVN: ' Mose\0 ', ejer: '20', liste: [1, 2] } }, mapping)).toEqual({
      sourceId: '5',
      label: 'Mose',
      applies: true,
      properties: { id: 5, NAVN: ' Mose ', ejer: '20', liste: '[1,2]' },
    })
  })

  test.each([
    ['Privat', true],
    [20, true],
    ['Kommune', false],
    [null, true],
    [undefined, true],
    ['', true],
  ])('owner %j: the rule bites is %j', (ejer, applies) => {
    expect(mapAttributes({ properties: { ejer } }, mapping).applies).toBe(applies)
  })

  it('that are missing are named', () => {
    expect(missingAttributes({ properties: { id: 1, EJER: 2 } }, mapping)).toEqual(['navn', 'dato'])
  })

  it('keep halves of characters and endless texts out', () => {
    const { label, properties } = mapAttributes({ properties: { navn: `\ud800${'x'.repeat(5_000)}` } }, mapping)
    expect([label?.length, label?.isWellFormed(), String(properties.navn).length]).toEqual([200, true, 500])
  })

  test.each([
    ['2024-02-19T15:05:02.679', '2024-02-19'],
    ['2018/10/01', '2018-10-01'],
    [20181101, '2018-11-01'],
    ['2024-02-31', null],
    ['19-02-2024', null],
    [201811012, null],
    [null, null],
  ])('a day in %j is %j', (dato, expected) => {
    expect(dayIn({ properties: { dato } }, 'dato')).toBe(expected)
  })
})
