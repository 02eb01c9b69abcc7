import { describe, expect, it } from 'vitest'
import { fillText, findPluralText, type Translate } from '../../lib/translate.ts'
import type { RoundResult } from '../result.api.ts'
import { quoteOf } from './quote.ts'
import da from './result.da.json' with { type: 'json' }
import en from './result.en.json' with { type: 'json' }

const danish: Translate = (key, values = {}) => fillText(findPluralText(da, key, values.count, 'da') ?? key, values, 'da')
const english: Translate = (key, values = {}) => fillText(findPluralText(en, key, values.count, 'en') ?? key, values, 'en')
const plain = (sentences: readonly string[]) => sentences.map((sentence) => sentence.replaceAll('\u00a0', ' '))

type Won = [title: string, awardedDkk: number | null, outcome?: 'won' | 'lost' | 'unknown']
const district = (name: string, awardedDkk: number | null, leftDkk: number | null, projects: Won[], ballots: number | null = 40) => ({
  name,
  awardedDkk,
  leftDkk,
  ballots,
  projects: projects.map(([title, amount, outcome = 'won']) => ({ title, awardedDkk: amount, outcome })),
})

function result(districts: ReturnType<typeof district>[], more: Partial<RoundResult> = {}): RoundResult {
  const shared = { roundYear: 2026, isDemo: false, totalDkk: 1_000_000, source: 'count', publishedAt: '2026-05-22T08:00:00.000Z' }
  return { ...shared, districts, ...more } as unknown as RoundResult
}

describe('the sentences for a newspaper', () => {
  const two = result([
    district('Måløv', 160_000, 26_185, [
      ['Klatreskulptur', 120_000],
      ['Bålhytte', 40_000],
    ]),
    district('Skovlunde', 0, 273_918, [['Toilet', 0, 'lost']], 12),
  ])

  it('say what was given, not what there was to give, and name the district that gave nothing', () => {
    expect(plain(quoteOf(two, 'Ballerup', danish, 'da'))).toEqual([
      'Borgerne i Ballerup har fordelt 160.000 kr. af 1.000.000 kr. til 2 projekter. 52 stemte, og resultatet blev offentliggjort 22. maj 2026.',
      'Måløv: Klatreskulptur (120.000 kr.) og Bålhytte (40.000 kr.). 26.185 kr. er ikke fordelt.',
      'Skovlunde: Ingen projekter fik penge. 273.918 kr. er ikke fordelt.',
    ])
    expect(plain(quoteOf(two, 'Ballerup', english, 'en'))[0]).toBe(
      'The citizens of Ballerup have shared DKK 160,000 of DKK 1,000,000 among 2 projects. 52 people voted, and the result was published on 22 May 2026.',
    )
  })

  it('speak of one project as one, and say when the round is a demo', () => {
    const one = result([district('Måløv', 186_185, 0, [['Klatreskulptur', 186_185]])], { isDemo: true })
    const sentences = plain(quoteOf(one, 'Ballerup', danish, 'da'))
    expect(sentences[0]).toContain('(demo)')
    expect(sentences[1]).toContain('186.185 kr. af 1.000.000 kr. til 1 projekt.')
    expect(sentences[2]).toBe('Måløv: Klatreskulptur (186.185 kr.).')
  })

  it('of an earlier round tell the winners that are known, and are none where none is', () => {
    const record = { source: 'record', publishedAt: null, roundYear: 2018 } as const
    const known = result(
      [district('Syd', null, null, [['Scene', null]], null), district('Nord', null, null, [['Bænk', null, 'unknown']])],
      record,
    )
    expect(plain(quoteOf(known, 'Ballerup', danish, 'da'))).toEqual([
      'I 2018 kunne borgerne i Ballerup fordele 1.000.000 kr. Kendt er 1 vinder.',
      'Syd: Scene (beløb ikke oplyst).',
    ])
    expect(quoteOf(result([district('Nord', null, null, [], null)], record), 'Ballerup', danish, 'da')).toEqual([])
  })
})
