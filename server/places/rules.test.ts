import { describe, expect, it } from 'vitest'
import { foldName, hasHouseNumber, mergePlaces } from './rules.ts'

it.each([
  ['Måløv', 'malov'],
  ['Maaloev', 'malov'],
  ['MALOV', 'malov'],
  ['Ma\u030aløv', 'malov'],
  ['Sømosen', 'somosen'],
  ['Søndergårds Allé', 'sondergards alle'],
  ['Soendergaards Alle', 'sondergards alle'],
  ['Ægirsvej', 'agirsvej'],
  ['Aegirsvej', 'agirsvej'],
  ['Hold-an Vej', 'hold an vej'],
  ['  Ballerup   St. ', 'ballerup st'],
  ['Malmö', 'malmo'],
  ['%_\\', ''],
])('foldName(%s) is "%s"', (name, folded) => {
  expect(foldName(name)).toBe(folded)
})

it.each([
  ['Hold-an Vej 7', true],
  ['Hold-an Vej 7A, 2750 Ballerup', true],
  ['Måløv', false],
  ['2750 Ballerup', false],
  ['Skole 4711', false],
])('hasHouseNumber(%s) is %s', (words, expected) => {
  expect(hasHouseNumber(words)).toBe(expected)
})

describe('mergePlaces', () => {
  const gazetteer = [{ name: 'Hold-an Vej' }, { name: 'Ballerup St.' }]
  const addresses = [{ name: 'Hold-an Vej 7, 2750 Ballerup' }, { name: 'HOLD AN VEJ' }]

  it('begins with places for words, with addresses for a house number, and names nothing twice', () => {
    expect(mergePlaces('hold', gazetteer, addresses, 8).map(({ name }) => name)).toEqual([
      'Hold-an Vej',
      'Ballerup St.',
      'Hold-an Vej 7, 2750 Ballerup',
    ])
    expect(mergePlaces('hold-an vej 7', gazetteer, addresses, 2).map(({ name }) => name)).toEqual([
      'Hold-an Vej 7, 2750 Ballerup',
      'HOLD AN VEJ',
    ])
  })
})
