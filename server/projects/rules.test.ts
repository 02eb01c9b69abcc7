import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slugSchema } from '../kernel/ids.ts'
import { type CandidateIdea, choosePlaceIdea, refuseIdeas, slugOf, stateEvent, undecidedRefusals } from './rules.ts'

const idea = (change: Partial<CandidateIdea> = {}): CandidateIdea => ({
  ideaId: 1,
  roundYear: 2026,
  status: 'submitted',
  outcome: null,
  spansDistricts: ['maaloev'],
  ...change,
})

describe('refuseIdeas', () => {
  it.each([
    ['takes what it can', [1], [idea()], [], null],
    ['takes an idea looked at again', [1], [idea({ outcome: 'reconsidered' })], [], null],
    ['names who is not there', [1, 2], [idea()], [], { reason: 'idea-unknown', ideaIds: [2] }],
    ['names another round', [1], [idea({ roundYear: 2025 })], [], { reason: 'other-round', ideaIds: [1] }],
    ['names the withdrawn', [1], [idea({ status: 'withdrawn' })], [], { reason: 'idea-withdrawn', ideaIds: [1] }],
    ['names the left', [1], [idea({ outcome: 'not-taken-forward' })], [], { reason: 'idea-not-taken-forward', ideaIds: [1] }],
    ['names the taken', [1, 2], [idea(), idea({ ideaId: 2 })], [2], { reason: 'idea-taken', ideaIds: [2] }],
  ])('%s', (_what, ids, ideas, taken, expected) => {
    expect(refuseIdeas(2026, ids, ideas, taken)).toEqual(expected)
  })
})

it('the first idea in the district lends its place, if there is one', () => {
  const [a, b, c] = [
    idea(),
    idea({ ideaId: 2, spansDistricts: ['maaloev', 'skovlunde'] }),
    idea({ ideaId: 3, spansDistricts: ['skovlunde'] }),
  ]
  expect(choosePlaceIdea('skovlunde', [a, b, c])).toBe(b)
  expect(choosePlaceIdea('ballerup-nord', [a, b, c])).toBeUndefined()
})

describe('slugOf', () => {
  it.each([
    ['Haren i Ådalen', '2026-haren-i-aadalen'],
    ['Søens Æblehave – é!', '2026-soeens-aeblehave-e'],
    ['!!!', '2026-projekt'],
  ])('%s', (title, slug) => {
    expect(slugOf(2026, title)).toBe(slug)
  })

  it('is a slug whatever the title, with room for a number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
        expect(slugSchema.safeParse(`${slugOf(2026, title)}-1000`).success).toBe(true)
      }),
    )
  })
})

it('a no stands in the way until it is decided on', () => {
  const at = new Date()
  expect(
    undecidedRefusals([
      { ideaId: 1, answer: 'yes', keptAt: null },
      { ideaId: 2, answer: null, keptAt: null },
      { ideaId: 3, answer: 'no', keptAt: at },
      { ideaId: 4, answer: 'no', keptAt: null },
    ]),
  ).toEqual([4])
})

it('names each change of state', () => {
  expect([stateEvent('planned', 'shortlisted'), stateEvent('shortlisted', 'planned'), stateEvent('planned', 'withdrawn')]).toEqual([
    'shortlisted',
    'unlisted',
    'withdrawn',
  ])
  expect(stateEvent('planned', 'planned')).toBeNull()
})
