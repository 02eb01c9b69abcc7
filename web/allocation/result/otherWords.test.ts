import { describe, expect, it } from 'vitest'
import { fillText, findPluralText, type Translate } from '../../lib/translate.ts'
import { otherWords, wordsOf } from './otherWords.ts'
import { reasonSentences } from './reasonSentences.ts'
import da from './result.da.json' with { type: 'json' }

const t: Translate = (key, values = {}) => fillText(findPluralText(da, key, values.count, 'da') ?? key, values, 'da')
const points = wordsOf({ decidedBy: 'ballots', ballotKind: 'points' }, t)

describe('the words of a district whose ballots gave points', () => {
  it('speak of points where votes are summed, and are the usual ones elsewhere', () => {
    expect([points('votes', { count: 1 }), points('votes', { count: 1200 })]).toEqual(['1 point', '1.200 point'])
    expect(points('rounds.bought', { cost: '90.000 kr.', votes: '31,5', pays: '812,44' })).toContain('hver betalte 812,44 kr. pr. point')
    expect(points('verdict.funded')).toBe(t('verdict.funded'))
    const wording = { t: points, language: 'da', titleOf: (id: string) => id } as const
    expect(reasonSentences({ reasons: [{ kind: 'too-few-votes', votes: 3, needed: 10 }] }, wording)).toEqual([
      'Nåede ikke med, fordi det fik 3 point; der skulle mindst 10 til.',
    ])
  })

  it('are not used where a meeting decided, or ballots ticked', () => {
    expect(wordsOf({ decidedBy: 'knock-out', ballotKind: 'points' }, t)).toBe(t)
    expect(wordsOf({ decidedBy: 'ballots', ballotKind: 'approval' }, t)).toBe(t)
  })

  it('may be put otherwise twice', () => {
    const losers = otherWords(points, 'amongLosers')
    expect(losers('reason.over-pool', { cost: '2 kr.', pool: '1 kr.' })).toBe(
      'Nåede ikke med, fordi det koster 2 kr., og der kun var 1 kr. at give videre.',
    )
    expect(losers('walk.votes')).toBe('Point')
  })
})
