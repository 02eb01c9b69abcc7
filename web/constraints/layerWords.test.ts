import { describe, expect, it } from 'vitest'
import type { Severities } from '../../server/constraints/contract.ts'
import { bySeverity, changeOf, differences, type LayerWords, rebased } from './layerWords.ts'

const severities = (change: Partial<Severities> = {}): Severities => ({
  bench: 0,
  planting: 0,
  sculpture: 1,
  playground: 2,
  shelter: 2,
  'multi-court': 2,
  lighting: 1,
  other: 2,
  ...change,
})
const words = (change: Partial<LayerWords> = {}): LayerWords => ({
  severities: severities(),
  citizenText: { da: 'Kommunen skal spørge først.', en: 'The municipality must ask first.' },
  plannerText: { da: 'Se efter i kortet.', en: 'Look at the map.' },
  ...change,
})

describe('kinds by severity', () => {
  it('names the worst first and leaves out what means nothing', () => {
    expect(bySeverity(severities())).toEqual([
      { severity: 2, types: ['playground', 'shelter', 'multi-court', 'other'] },
      { severity: 1, types: ['sculpture', 'lighting'] },
    ])
  })

  it('says so when nothing means anything', () => {
    const none = Object.fromEntries(Object.keys(severities()).map((type) => [type, 0])) as Severities
    expect(bySeverity(none)).toMatchObject([{ severity: 0, types: { length: 8 } }])
  })
})

describe('differences', () => {
  it('are none between equal states', () => {
    expect(differences(words(), words())).toEqual([])
    expect(changeOf(words(), words())).toEqual({})
  })

  it('name each severity and each text, and only changed parts are sent', () => {
    const after = words({
      severities: severities({ bench: 1 }),
      citizenText: { da: 'Spørg først.', en: words().citizenText.en },
    })
    expect(differences(words(), after)).toEqual([
      { kind: 'severity', type: 'bench', from: 0, to: 1 },
      { kind: 'text', part: 'citizenText', language: 'da', text: 'Spørg først.' },
    ])
    expect(changeOf(words(), after)).toEqual({ severities: after.severities, citizenText: after.citizenText })
  })
})

describe('changes put on top of a colleague’s', () => {
  it('keep both where they touch different things, and mine where they touch the same', () => {
    const mine = words({ severities: severities({ bench: 1, shelter: 3 }), plannerText: { da: 'Mål først.', en: 'Look at the map.' } })
    const theirs = words({
      severities: severities({ bench: 2, lighting: 0 }),
      plannerText: { da: 'Ring først.', en: 'Call first.' },
      citizenText: { da: 'Ny sætning her.', en: 'A new sentence here.' },
    })
    expect(rebased(words(), mine, theirs)).toEqual({
      severities: severities({ bench: 1, shelter: 3, lighting: 0 }),
      plannerText: { da: 'Mål først.', en: 'Call first.' },
      citizenText: theirs.citizenText,
    })
  })
})
