import { expect, it } from 'vitest'
import { type ElectionInput, makeElection } from '../election.ts'
import { termsOf, variantComment } from './terms.ts'

const USUAL = { minScore: 1, step: 1, remainderOffer: false }

function election(more: Partial<ElectionInput> = {}) {
  return makeElection({ budget: 100, projects: [{ id: 'A', cost: 50 }], ballots: [], ...more })
}

it('writes the exact variant into the comment and reads it again', () => {
  const variant = { rule: 'mes_cost+add1u', tie: 'min-cost,lot', minScore: 12, step: 5, remainderOffer: true } as const
  const comment = variantComment(variant)
  expect(comment).toBe('#1: rule=mes_cost+add1u tie=min-cost,lot min_score=12 step=5 remainder_offer=1')
  const terms = termsOf({ meta: { comment: `${comment} #2: setup_sha256=ab` }, election: election({ lot: ['A'] }) })
  expect(terms).toEqual({ tie: ['min-cost', 'lot'], minScore: 12, step: 5, remainderOffer: true })
})

it('takes the threshold of a file from elsewhere, and ties by its lot or by names', () => {
  const meta = { min_project_score_threshold: '50', comment: 'Counted by hand.' }
  expect(termsOf({ meta, election: election() })).toEqual({ ...USUAL, tie: ['min-cost', 'max-votes', 'lexico'], minScore: 50 })
  expect(termsOf({ meta: {}, election: election({ lot: ['A'] }) })).toEqual({ ...USUAL, tie: ['min-cost', 'max-votes', 'lot'] })
})

it('does not count by a lot that the file lost, nor by half a comment', () => {
  const comment = '#1: rule=greedy_cost tie=min-cost,lot min_score=3 step=1 remainder_offer=0'
  expect(termsOf({ meta: { comment }, election: election() })).toMatchObject({ tie: ['min-cost', 'max-votes', 'lexico'], minScore: 3 })
  expect(termsOf({ meta: { comment: '#1: rule=greedy_cost tie=lot min_score=3' }, election: election({ lot: ['A'] }) })).toMatchObject(
    USUAL,
  )
})
