import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLoadArguments } from './loadArguments.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bm-arguments-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const districts = (...args: string[]) => readLoadArguments(['districts', 'x.gpkg', ...args])
const expected = {
  attribute: 'nummer',
  districtOf: new Map([
    ['5', 'skovlunde'],
    ['6', 'skovlunde'],
  ]),
}

describe('arguments of data:load', () => {
  it('means everything without arguments', () => {
    expect(readLoadArguments([])).toEqual({ what: 'all' })
    expect(readLoadArguments(['reassign-ideas', '--apply'])).toEqual({ what: 'reassign-ideas', apply: true })
  })

  it('reads a mapping in three ways', () => {
    const file = join(folder, 'mapping.json')
    writeFileSync(file, JSON.stringify({ attribute: 'nummer', districts: { skovlunde: { name: 'Skovlunde', values: [5, '6'] } } }))
    expect(districts('--map', 'nummer:5=skovlunde,nummer:6=skovlunde')).toMatchObject({ mapping: expected })
    expect(districts('--attribute', 'nummer', '--map', '5=skovlunde, 6=skovlunde')).toMatchObject({ mapping: expected })
    expect(districts('--map-file', file)).toMatchObject({ mapping: expected, names: new Map([['skovlunde', 'Skovlunde']]) })
  })

  it.each([
    [['--map', '5=skovlunde'], /does not say which attribute/],
    [['--map', 'a:5=x,b:6=y'], /two attributes/],
    [['--map', 'a:5=x,a:5=y'], /names the value 5 twice/],
    [['--map', 'a:5=Måløv'], /cannot be a district id/],
    [['--map', 'a:5'], /not "…=…"/],
    [['--valid-from', '2027-13-01'], /--valid-from must be a day/],
    [['--map', 'a:5=x', '--map-file', 'y.json'], /not both/],
    [['--map-file', 'nowhere.json'], /cannot be used/],
    [['--mapp', 'x'], /Unknown option/],
    [['second.gpkg'], /cannot be loaded/],
  ])('refuses %j', (args, sentence) => {
    expect(() => districts(...args)).toThrow(sentence)
  })
})
