import { describe, expect, it } from 'vitest'
import { readParts } from './importPlan.ts'

const feature = (properties: Record<string, unknown>) => ({ properties, geometry: { type: 'Polygon', coordinates: [] } })
const mapping = (pairs: Record<string, string>) => ({ attribute: 'nummer', districtOf: new Map(Object.entries(pairs)) })

describe('readParts', () => {
  it('puts several attribute values into one district, numbers and texts alike', () => {
    const reading = readParts(
      [feature({ nummer: 5 }), feature({ nummer: ' 6 ' }), feature({ nummer: 3 })],
      mapping({ 5: 'skovlunde', 6: 'skovlunde', 3: 'nord' }),
    )
    expect(reading.ok && reading.parts.map(({ districtId, label }) => [districtId, label])).toEqual([
      ['skovlunde', 'nummer 5'],
      ['skovlunde', 'nummer 6'],
      ['nord', 'nummer 3'],
    ])
  })

  it('names every value that is missing in the file or in the mapping', () => {
    const reading = readParts([feature({ nummer: 5 }), feature({ nummer: 7 })], mapping({ 5: 'skovlunde', 6: 'skovlunde' }))
    expect(reading).toEqual({
      ok: false,
      failures: [
        'no feature has nummer = 6, which the mapping wants for skovlunde.',
        'the mapping says nothing of nummer = 7. Map them, or leave them out with --ignore-unmapped.',
      ],
    })
  })

  it('leaves out what is not mapped when asked, and says so', () => {
    const reading = readParts(
      [feature({ nummer: 5 }), feature({ nummer: 7 }), feature({ nummer: null })],
      mapping({ 5: 'skovlunde' }),
      true,
    )
    expect(reading).toMatchObject({ ok: true, ignoredValues: ['7', '(empty)'] })
  })

  it('tells which attributes there are when the wanted one is not', () => {
    expect(readParts([feature({ navn: 'x' })], mapping({ 5: 'a' }))).toEqual({
      ok: false,
      failures: ['no feature has the attribute "nummer". The file has: navn.'],
    })
  })

  it('without a mapping reads districtId and name', () => {
    const own = readParts([feature({ districtId: 'nord', name: 'Nord' })], null)
    expect(own.ok && own.names).toEqual(new Map([['nord', 'Nord']]))
    expect(readParts([feature({ districtId: 'Nord!' })], null)).toMatchObject({ ok: false })
  })
})
