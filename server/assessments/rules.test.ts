import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PHASES } from '../kernel/phases.ts'
import { ANSWERS, OUTCOMES } from './contract.ts'
import {
  type AuthorStanding,
  appealRefusal,
  appealResult,
  checkSubmission,
  correctableQuestions,
  correctionRefusal,
  daysAfter,
  mayAssessIn,
  questionsAgainst,
  refusalOf,
  type STAFF_ACTIONS,
  type Standing,
  windowsOf,
} from './rules.ts'

const planner = { personId: 'a', role: 'planner' } as const
const STANDING: Standing = {
  phase: 'processing',
  ideaStatus: 'submitted',
  authorId: 'author',
  state: 'draft',
  occasion: 'first',
  writerIds: [],
  earlierAssessorIds: [],
}

describe('when assessing is open', () => {
  it.each(PHASES.map((phase) => [phase, ['involvement', 'processing', 'decision'].includes(phase)] as const))('%s: %s', (phase, open) => {
    expect(mayAssessIn(phase)).toBe(open)
  })
  it('is not between phases', () => expect(mayAssessIn(null)).toBe(false))
})

describe('staff', () => {
  it.each<[(typeof STAFF_ACTIONS)[number], Partial<Standing>, 'planner' | 'organiser' | 'citizen', ReturnType<typeof refusalOf>]>([
    ['save', { state: null }, 'planner', null],
    ['save', {}, 'planner', null],
    ['save', {}, 'organiser', 'not-allowed'],
    ['save', { state: 'submitted' }, 'planner', 'assessment-not-open'],
    ['save', { state: 'decided' }, 'planner', 'assessment-not-open'],
    ['save', { phase: 'construction' }, 'planner', 'assessment-phase-closed'],
    ['save', { ideaStatus: 'withdrawn' }, 'planner', 'idea-not-open'],
    ['save', { authorId: 'a' }, 'planner', 'own-idea'],
    ['save', { occasion: 'appeal', earlierAssessorIds: ['a'] }, 'planner', 'same-assessor'],
    ['save', { occasion: 'review', earlierAssessorIds: ['a'] }, 'planner', null],
    ['submit', { state: null }, 'planner', 'assessment-not-open'],
    ['submit', { writerIds: ['a'] }, 'planner', null],
    ['submit', {}, 'organiser', 'not-allowed'],
    ['approve', { state: 'submitted' }, 'planner', null],
    ['approve', { state: 'submitted' }, 'organiser', null],
    ['approve', { state: 'submitted' }, 'citizen', 'not-allowed'],
    ['approve', { state: 'submitted', writerIds: ['b', 'a'] }, 'planner', 'needs-second-person'],
    ['approve', { state: 'submitted', occasion: 'appeal', earlierAssessorIds: ['a'] }, 'organiser', 'same-assessor'],
    ['approve', {}, 'planner', 'assessment-not-open'],
    ['return', { state: 'submitted', writerIds: ['a'] }, 'planner', null],
    ['return', {}, 'planner', 'assessment-not-open'],
    ['reopen', { state: 'decided' }, 'organiser', null],
    ['reopen', {}, 'organiser', 'assessment-not-open'],
  ])('%s with %j as %s: %s', (action, change, role, expected) => {
    expect(refusalOf(action, { ...planner, role }, { ...STANDING, ...change })).toBe(expected)
  })

  it('never approves what they wrote, proposed or decided before, whatever else is true', () => {
    const people = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
    const standing = fc.record({
      phase: fc.constantFrom(...PHASES),
      ideaStatus: fc.constantFrom('submitted', 'withdrawn'),
      authorId: fc.constantFrom(null, 'a', 'b'),
      state: fc.constantFrom(null, 'draft' as const, 'submitted' as const, 'decided' as const),
      occasion: fc.constantFrom('first' as const, 'correction' as const, 'appeal' as const, 'review' as const),
      writerIds: people,
      earlierAssessorIds: people,
    })
    fc.assert(
      fc.property(standing, fc.constantFrom('planner' as const, 'organiser' as const, 'admin' as const), (given, role) => {
        if (refusalOf('approve', { personId: 'a', role }, given) !== null) return
        expect(given.writerIds).not.toContain('a')
        expect(given.authorId).not.toBe('a')
        expect(given.state).toBe('submitted')
        if (given.occasion === 'appeal') expect(given.earlierAssessorIds).not.toContain('a')
      }),
    )
  })
})

describe('a submission', () => {
  const answers = ANSWERS.map((answer) => ({ questionId: answer, answer }))
  it.each([
    ['feasible', ['no', 'needs-answer']],
    ['feasible-on-conditions', ['needs-answer']],
    ['not-feasible', []],
    ['needs-information', []],
  ] as const)('%s stands against %j', (outcome, expected) => {
    expect(questionsAgainst(outcome, answers)).toEqual(expected)
  })

  it('is never complete without an outcome, nor without a reason unless it is feasible', () => {
    expect(checkSubmission({ outcome: null, publicReason: 'x', answers: [] })).toEqual({ ok: false, reason: 'outcome-missing' })
    for (const outcome of OUTCOMES) {
      const { ok } = checkSubmission({ outcome, publicReason: null, answers: [] })
      expect([outcome, ok]).toEqual([outcome, outcome === 'feasible'])
      expect(checkSubmission({ outcome, publicReason: 'x', answers: [] })).toEqual({ ok: true, outcome })
    }
  })
})

describe('windows', () => {
  it.each([
    ['2026-05-04', 28, '2026-06-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    // Over the days the clocks change.
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-10-24', 2, '2026-10-26'],
  ])('%s and %i days is %s', (date, days, expected) => expect(daysAfter(date, days)).toBe(expected))

  it.each([
    ['feasible', 10, ['a'], null, null],
    ['needs-information', null, [], '2026-05-18', '2026-06-01'],
    ['needs-information', 3, [], '2026-05-07', '2026-06-01'],
    ['not-feasible', 3, ['a'], '2026-05-07', '2026-06-01'],
    ['not-feasible', 3, [], null, '2026-06-01'],
    ['feasible-on-conditions', null, ['a'], null, '2026-06-01'],
  ] as const)('%s, %s days, %j: correct until %s, appeal until %s', (outcome, correctionDays, correctable, correctUntil, appealUntil) => {
    expect(windowsOf({ outcome, correctionDays, correctable }, '2026-05-04')).toEqual({ correctUntil, appealUntil })
  })

  it('leave to the author what went wrong and was left to them', () => {
    const answers = ANSWERS.flatMap((answer) => [true, false].map((authorMayCorrect) => ({ questionId: answer, answer, authorMayCorrect })))
    expect(correctableQuestions(answers)).toEqual(['no', 'needs-answer'])
  })
})

describe('an author', () => {
  const decision = { correctUntil: '2026-05-18', appealUntil: '2026-06-01' }
  const AUTHOR: AuthorStanding = {
    phase: 'processing',
    ideaStatus: 'submitted',
    today: '2026-05-18',
    decision,
    open: null,
    hasAppealed: false,
  }
  it.each<[Partial<AuthorStanding>, ReturnType<typeof correctionRefusal>, ReturnType<typeof appealRefusal>]>([
    [{}, null, null],
    [{ today: '2026-05-19' }, 'correction-closed', null],
    [{ today: '2026-06-01' }, 'correction-closed', null],
    [{ today: '2026-06-02' }, 'correction-closed', 'appeal-closed'],
    [{ decision: null }, 'correction-closed', 'appeal-closed'],
    [{ decision: { correctUntil: null, appealUntil: null } }, 'correction-closed', 'appeal-closed'],
    [{ open: { occasion: 'correction', state: 'draft' } }, null, 'appeal-closed'],
    [{ open: { occasion: 'correction', state: 'submitted' } }, 'correction-closed', 'appeal-closed'],
    [{ open: { occasion: 'appeal', state: 'draft' }, hasAppealed: true }, 'correction-closed', 'already-appealed'],
    [{ hasAppealed: true }, null, 'already-appealed'],
    [{ phase: 'construction' }, 'assessment-phase-closed', 'assessment-phase-closed'],
    [{ ideaStatus: 'withdrawn' }, 'idea-not-open', 'idea-not-open'],
  ])('%j: correct %s, appeal %s', (change, correct, appeal) => {
    expect(correctionRefusal({ ...AUTHOR, ...change })).toBe(correct)
    expect(appealRefusal({ ...AUTHOR, ...change })).toBe(appeal)
  })

  it.each([
    [undefined, 'pending'],
    [{ state: 'submitted', outcome: 'not-feasible' }, 'pending'],
    [{ state: 'decided', outcome: 'not-feasible' }, 'upheld'],
    [{ state: 'decided', outcome: 'feasible' }, 'changed'],
  ] as const)('whose appeal is answered by %j: %s', (answer, expected) => {
    expect(appealResult('not-feasible', answer)).toBe(expected)
  })
})
