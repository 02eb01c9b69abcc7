import { describe, expect, it } from 'vitest'
import { fillText, findPluralText, type Translate } from '../../lib/translate.ts'
import da from './result.da.json' with { type: 'json' }
import { knockOutTieWords, tieFactsOf, tieSentence } from './tieSentences.ts'

const t: Translate = (key, values = {}) => fillText(findPluralText(da, key, values.count, 'da') ?? key, values, 'da')
const wording = { t, language: 'da', titleOf: (id: string) => id.toUpperCase() } as const
const project = (projectId: string, costDkk: number | null) => ({ projectId, costDkk, votes: 20 })
const district = (...costs: (number | null)[]) =>
  ({ tie: 'min-cost,lot', projects: costs.map((cost, index) => project('abc'[index] as string, cost)) }) as never
const tie = { stage: 'walk', fromRun: 0, toRun: 0, step: 2, projects: ['a', 'c', 'b'], criterion: 'lot' } as const

describe('the sentence about a tie', () => {
  it('tells what put each before the next: the cheapest first, the other two by the lot', () => {
    expect(tieSentence(tie, wording, tieFactsOf(district(50_000, 80_000, 80_000)))).toBe(
      'Plads 2 på listen: »A«, »C« og »B« stod lige. »A« gik før »C«, fordi det er billigere. ' +
        '»C« gik før »B«, fordi det kom før i den offentlige lodtrækning.',
    )
  })

  it('tells no cause where a cost is not known and more than two were equal', () => {
    expect(tieSentence(tie, wording, tieFactsOf(district(50_000, null, 80_000)))).toBe(
      'Plads 2 på listen: »A«, »C« og »B« stod lige. De blev taget i den rækkefølge.',
    )
    expect(tieSentence({ ...tie, projects: ['c', 'b'] }, wording, null)).toContain('»C« gik før »B«, fordi det kom før')
  })

  it('names the round of equal shares and how often the amount had been raised', () => {
    const raised = { ...tie, stage: 'equal-shares', projects: ['b', 'c'], fromRun: 3, toRun: 9 } as const
    const facts = tieFactsOf(district(1, 2, 2))
    expect(tieSentence(raised, wording, facts)).toMatch(/^Runde 2, mens beløbet var hævet fra 3 til 9 gange: »B« og »C« stod lige\./)
    expect(tieSentence({ ...raised, fromRun: 1, toRun: 1 }, wording, facts)).toMatch(/^Runde 2, da beløbet var hævet 1 gang:/)
    expect(tieSentence({ ...raised, fromRun: 0, toRun: 0 }, wording, facts)).toMatch(/^Runde 2: /)
  })

  it('of a knock-out falls by the lot alone', () => {
    expect(knockOutTieWords(['b', 'a'], wording)).toBe(
      '»B« og »A« stod lige. »B« gik før »A«, fordi det kom før i den offentlige lodtrækning.',
    )
  })
})
