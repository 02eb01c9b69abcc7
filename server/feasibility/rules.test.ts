import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INSTALLATION_TYPES, type InstallationType } from '../kernel/installationTypes.ts'
import { SEVERITIES, type Severity, VERDICTS } from '../kernel/severity.ts'
import {
  changesBetween,
  isBetter,
  type Judgement,
  judge,
  type LayerFacts,
  type LayerHit,
  saysTheSame,
  severityAt,
  severityOf,
} from './rules.ts'
import { finerShifts, SEARCH_PORTIONS } from './shifts.ts'

const now = new Date('2026-05-04T10:00:00Z')
const both = (text: string) => ({ da: text, en: text })

function severities(common: Severity, change: Partial<Record<InstallationType, Severity>> = {}) {
  return { ...(Object.fromEntries(INSTALLATION_TYPES.map((type) => [type, common])) as LayerFacts['severities']), ...change }
}

function layer(change: Partial<LayerFacts> = {}): LayerFacts {
  return {
    layerId: 'par3',
    isMapped: true,
    relation: 'inside',
    distanceM: 0,
    needsCoverage: false,
    staleAfterDays: 90,
    workOrder: 3,
    waitingWeeks: 12,
    failureKind: null,
    version: 1,
    severities: severities(3),
    datasetDate: '2026-04-30',
    loadedAt: '2026-05-01T02:00:00.123+00:00',
    featureCount: 4,
    isDemo: false,
    name: both('Natur'),
    law: both('§ 3'),
    lawUrl: null,
    authority: both('Kommunen'),
    citizenText: both('Beskyttet natur.'),
    plannerText: both('Dispensation.'),
    ...change,
  }
}

function hit(change: Partial<LayerHit> = {}): LayerHit {
  return { layerId: 'par3', isInside: true, distanceM: 0, overlap: 12.5, isCovered: null, features: [], ...change }
}

const ask = (layers: LayerFacts[], hits: LayerHit[], installationType: InstallationType | null = 'bench', dimension: 0 | 1 | 2 = 0) =>
  judge(layers, hits, { dimension, installationType, now })

describe('the severity', () => {
  it.each<[string, 'inside' | 'within', number, boolean, number, Severity, Severity]>([
    ['inside', 'inside', 0, true, 0, 3, 3],
    ['touching is a question at most', 'inside', 0, false, 0, 3, 1],
    ['in the margin', 'inside', 0, false, 10, 2, 1],
    ['in the margin of what means nothing', 'inside', 0, false, 10, 0, 0],
    ['on the reach of a rule', 'within', 10, false, 10, 2, 2],
    ['just past the reach', 'within', 10, false, 10.001, 2, 1],
    ['touching what reaches out', 'within', 10, false, 0, 3, 3],
  ])('%s', (_what, relation, reach, isInside, distanceM, full, expected) => {
    expect(severityAt({ relation, distanceM: reach }, { isInside, distanceM }, full)).toBe(expected)
  })

  it('without a kind is the worst over all', () => {
    expect(severityOf(severities(0, { playground: 2, lighting: 1 }), null)).toBe(2)
    expect(severityOf(severities(0, { playground: 2, lighting: 1 }), 'lighting')).toBe(1)
  })

  const severity = fc.constantFrom(...SEVERITIES)
  it('of one layer never grows on the way away from it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('inside' as const, 'within' as const),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        severity,
        (relation, reach, one, other, full) => {
          const rule = { relation, distanceM: relation === 'within' ? reach : 0 }
          const [near, far] = [Math.min(one, other), Math.max(one, other)]
          const away = severityAt(rule, { isInside: false, distanceM: far }, full)
          const close = severityAt(rule, { isInside: false, distanceM: near }, full)
          const within = severityAt(rule, { isInside: true, distanceM: 0 }, full)
          return away <= close && close <= within
        },
      ),
    )
  })
})

describe('the verdict', () => {
  it('is the worst that counts, and never milder for one more finding', () => {
    const anyLayers = fc.array(fc.constantFrom(...SEVERITIES), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(anyLayers, fc.constantFrom(null, ...INSTALLATION_TYPES), (all, type) => {
        const layers = all.map((severity, index) => layer({ layerId: `l${index}`, severities: severities(severity) }))
        const hits = layers.map(({ layerId }) => hit({ layerId }))
        const verdicts = hits.map((_hit, index) => VERDICTS.indexOf(ask(layers, hits.slice(0, index + 1), type).verdict))
        expect(verdicts).toEqual(all.map((_severity, index) => Math.max(...all.slice(0, index + 1))))
      }),
    )
  })

  it('hears a duty from a permit on, and only when the kind is known', () => {
    const duty = layer({ layerId: 'byggelov', isMapped: false, severities: severities(1, { playground: 2 }), waitingWeeks: 8 })
    expect(ask([duty], [], 'bench')).toMatchObject({ verdict: 'clear', duties: [{ severity: 1 }], earliestStart: '2026-05-04' })
    expect(ask([duty], [], 'playground')).toMatchObject({ verdict: 'permit', duties: [{ severity: 2 }], earliestStart: '2026-06-29' })
    expect(ask([duty], [], null)).toMatchObject({ verdict: 'clear', duties: [{ severity: 2 }] })
  })

  it('of nothing asked is not green', () => {
    expect(ask([], [])).toMatchObject({ verdict: 'clear', partial: true })
  })
})

describe('what was not checked', () => {
  it.each<[string, Partial<LayerFacts>, Partial<LayerHit> | null, boolean]>([
    ['fresh data', {}, null, false],
    ['old data is checked and says its date', { datasetDate: '2020-01-01' }, null, false],
    ['never loaded', { loadedAt: null, datasetDate: null, featureCount: null }, null, true],
    ['failed', { failureKind: 'service-away' }, {}, true],
    ['not covered', { needsCoverage: true }, { isCovered: false }, true],
    ['not met at all, though it covers all ground', { needsCoverage: true }, null, true],
    ['covered', { needsCoverage: true }, { isInside: null, distanceM: null, isCovered: true }, false],
    ['never loaded, but means nothing for any kind', { loadedAt: null, severities: severities(0) }, null, false],
    ['never loaded, but means nothing for a bench', { loadedAt: null, severities: severities(3, { bench: 0 }) }, null, false],
    ['no map', { isMapped: false, loadedAt: null }, null, false],
  ])('%s', (_what, facts, met, expected) => {
    expect(ask([layer(facts)], met === null ? [] : [hit(met)]).partial).toBe(expected)
  })

  it('finds in the data that is there all the same', () => {
    expect(ask([layer({ failureKind: 'service-away' })], [hit()])).toMatchObject({ verdict: 'stop', partial: true, notChecked: ['par3'] })
  })
})

describe('the findings', () => {
  it('come worst first, then in the order of work, then of the catalogue', () => {
    const layers = [
      layer({ layerId: 'a', workOrder: 5, severities: severities(2) }),
      layer({ layerId: 'b', workOrder: 3, severities: severities(2) }),
      layer({ layerId: 'c', workOrder: 6, severities: severities(3) }),
      layer({ layerId: 'd', workOrder: 3, severities: severities(2) }),
    ]
    const result = ask(
      layers,
      layers.map(({ layerId }) => hit({ layerId })),
    )
    expect(result.findings.map(({ layerId }) => layerId)).toEqual(['c', 'b', 'd', 'a'])
  })

  it('leave out what means nothing near by, and list it inside', () => {
    const mild = layer({ severities: severities(0) })
    expect(ask([mild], [hit({ isInside: false, distanceM: 3 })]).findings).toEqual([])
    expect(ask([mild], [hit()])).toMatchObject({ verdict: 'clear', findings: [{ severity: 0, relation: 'inside' }] })
  })

  it.each<[0 | 1 | 2, boolean, number | null, number | null]>([
    [0, true, null, null],
    [1, true, 12.5, null],
    [2, true, null, 12.5],
    [1, false, 0, null],
    [2, false, null, 0],
  ])('of dimension %i, inside %s, share %s m and %s m²', (dimension, isInside, overlapM, overlapM2) => {
    const [finding] = ask([layer()], [hit({ isInside })], null, dimension).findings
    expect(finding).toMatchObject({ overlapM, overlapM2 })
  })

  it('say how long the longest waiting takes, and nothing when it may not stand', () => {
    const lines = layer({ layerId: 'lines', severities: severities(2), waitingWeeks: 10 })
    const mild = layer({ layerId: 'mild', severities: severities(0), waitingWeeks: 50 })
    const hits = ['lines', 'mild'].map((layerId) => hit({ layerId }))
    expect(ask([lines, mild], hits).earliestStart).toBe('2026-07-13')
    expect(ask([lines, layer()], [...hits, hit()]).earliestStart).toBeNull()
  })
})

describe('two judgements', () => {
  const judged = (isInside: boolean, distanceM = 0): Judgement => ask([layer()], [hit({ isInside, distanceM })])

  it('say the same when only distances, dates or features differ', () => {
    expect(saysTheSame(judged(false, 3), judged(false, 4))).toBe(true)
    expect(saysTheSame(judged(false, 3), judged(true))).toBe(false)
    expect(saysTheSame(ask([layer()], []), ask([layer({ failureKind: 'x' })], []))).toBe(false)
  })

  it('differ by layers that came, went or grew worse', () => {
    const none = ask([layer()], [])
    expect(changesBetween(none, judged(true))).toEqual([{ layerId: 'par3', before: null, after: 3 }])
    expect(changesBetween(judged(true), none)).toEqual([{ layerId: 'par3', before: 3, after: null }])
    expect(changesBetween(judged(false), judged(true))).toEqual([{ layerId: 'par3', before: 1, after: 3 }])
    expect(changesBetween(judged(true), judged(true))).toEqual([])
  })

  it('are better when milder, unless less was checked', () => {
    const blind = ask([layer({ layerId: 'other', failureKind: 'x' })], [])
    expect(isBetter(judged(false), judged(true))).toBe(true)
    expect(isBetter(judged(true), judged(true))).toBe(false)
    expect(isBetter(blind, judged(true))).toBe(false)
  })
})

describe('the search', () => {
  const all = SEARCH_PORTIONS.flat()

  it('goes outwards to 300 m, each place once', () => {
    const radii = all.map(({ radiusM }) => radiusM)
    expect(radii).toEqual(radii.toSorted((a, b) => a - b))
    expect(radii.at(-1)).toBe(300)
    expect(new Set(all.map(({ eastM, northM }) => `${eastM.toFixed(3)} ${northM.toFixed(3)}`)).size).toBe(all.length)
    for (const { eastM, northM, radiusM } of all) expect(Math.hypot(eastM, northM)).toBeCloseTo(radiusM, 9)
  })

  it('looks closer between the ring that found something and the one before', () => {
    const found = all.find(({ radiusM }) => radiusM === 120) as (typeof all)[number]
    const radii = new Set(finerShifts(found).map(({ radiusM }) => radiusM))
    expect([...radii]).toEqual(Array.from({ length: 19 }, (_, index) => 101 + index))
  })
})
