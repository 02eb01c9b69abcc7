import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tally } from '../contract.ts'
import { differencesOf, fieldOf, goOnOf, namesExactly, playNext, standingAfter } from './knockOutEvening.ts'
import { contentHash, faultOf, gathered, gatheredInvalid, type PaperBallot, papersIn } from './paperBatch.ts'
import { elapsedAt, pressClock } from './pitchClock.ts'
import { type DistrictWork, unfinishedAtMeeting, unfinishedInDistrict } from './unfinished.ts'

const lines = [
  { projectId: 'klatring', costDkk: 186_185, lotPlace: 2 },
  { projectId: 'brydegaarden', costDkk: 150_000, lotPlace: 1 },
  { projectId: 'spejdere', costDkk: 120_000, lotPlace: 3 },
]
const field = fieldOf(lines)
const votes = (...numbers: number[]) => numbers.map((number, index) => ({ projectId: lines[index]?.projectId as string, votes: number }))

describe('a knock-out evening', () => {
  it('is that of Måløv 2018: three projects, the last one out, then 40 to 31', () => {
    const first = playNext(field, [], votes(27, 24, 20))
    expect([first.goOn, first.out, first.tie]).toEqual([['klatring', 'brydegaarden'], ['spejdere'], null])
    const rounds = [{ votes: votes(27, 24, 20), goOn: 2 }]
    expect(standingAfter(field, rounds)).toEqual(['klatring', 'brydegaarden'])
    const last = playNext(field, rounds, votes(40, 31))
    expect([last.goOn, last.out]).toEqual([['klatring'], ['brydegaarden']])
    expect(standingAfter(field, [...rounds, { votes: votes(40, 31), goOn: 1 }])).toEqual(['klatring'])
  })

  it.each([
    ['more than half is enough at once', votes(36, 20, 15), 1],
    ['half is not', votes(35, 20, 15), 2],
    ['two that stand are always decided', votes(35, 35), 1],
    ['a majority is of the votes for projects', votes(1, 0, 0), 1],
    ['four lose one', [...votes(10, 9, 8), { projectId: 'd', votes: 7 }], 3],
  ])('%s', (_what, cast, goOn) => expect(goOnOf(cast)).toBe(goOn))

  it('a tie falls by the lot, whatever the projects cost', () => {
    expect(playNext(field, [], votes(30, 20, 20))).toMatchObject({
      out: ['spejdere'],
      tie: { projects: ['brydegaarden', 'spejdere'], criterion: 'lot' },
    })
    const decisive = playNext(field, [{ votes: votes(30, 29, 20), goOn: 2 }], votes(35, 35))
    expect(decisive).toMatchObject({ goOn: ['brydegaarden'], tie: { criterion: 'lot' } })
  })

  it('rounds that do not follow from each other are refused', () => {
    expect(() => standingAfter(field, [{ votes: votes(1, 2), goOn: 1 }])).toThrow(RangeError)
    expect(() => playNext(field, [], votes(1, 2))).toThrow(RangeError)
  })

  it('ends after at most one round less than there are projects, with one that stood in all', () => {
    const cast = fc.array(fc.array(fc.nat(80), { minLength: 8, maxLength: 8 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), cast, (count, numbers) => {
        const many = fieldOf(Array.from({ length: count }, (_, index) => ({ projectId: `p${index}`, costDkk: 1, lotPlace: count - index })))
        const rounds: { votes: { projectId: string; votes: number }[]; goOn: number }[] = []
        for (let standing = standingAfter(many, rounds); standing.length > 1; standing = standingAfter(many, rounds)) {
          const row = standing.map((projectId, index) => ({ projectId, votes: numbers[rounds.length]?.[index] as number }))
          const next = playNext(many, rounds, row)
          expect(next.goOn.length).toBe(goOnOf(row))
          rounds.push({ votes: row, goOn: next.goOn.length })
        }
        expect(rounds.length).toBeGreaterThan(0)
        expect(rounds.length).toBeLessThan(count)
      }),
    )
  })
})

describe('two counters', () => {
  it('agree, or are told where they differ', () => {
    const one = { votes: votes(40, 31), blankVotes: 0 }
    expect(differencesOf(one, { votes: votes(40, 31).toReversed(), blankVotes: 0 })).toEqual([])
    expect(differencesOf(one, { votes: votes(39, 31), blankVotes: 1 })).toEqual([
      { projectId: 'klatring', votes: [40, 39] },
      { projectId: null, votes: [0, 1] },
    ])
  })

  it('name every project that stands', () => {
    expect(namesExactly(['klatring', 'brydegaarden'], votes(1, 2))).toBe(true)
    expect(namesExactly(['klatring', 'brydegaarden'], votes(1, 2, 3))).toBe(false)
    expect(namesExactly(['klatring', 'spejdere'], votes(1, 2))).toBe(false)
    expect(namesExactly(['klatring', 'brydegaarden'], [...votes(1), ...votes(1)])).toBe(false)
  })
})

describe('a paper', () => {
  const ballot = (settings: Partial<PaperBallot['settings']> = {}): PaperBallot => ({
    lines,
    shareDkk: 300_000,
    settings: { ballotKind: 'approval', maxChoices: 2, points: 10, pointsPerProject: 6, ...settings },
  })
  const tally = (projectIds: string[], points?: number[]): Tally => ({ projectIds, ballots: 1, ...(points ? { points } : {}) })
  const all = ['klatring', 'brydegaarden', 'spejdere']

  it.each([
    [null, tally([]), ballot()],
    [null, tally(all), ballot()],
    ['not-on-ballot', tally(['nordpolen']), ballot()],
    ['named-twice', tally(['klatring', 'klatring']), ballot()],
    [null, tally(['klatring', 'spejdere']), ballot({ ballotKind: 'approval-limited' })],
    ['too-many-choices', tally(all), ballot({ ballotKind: 'approval-limited' })],
    ['too-many-choices', tally(['klatring', 'spejdere']), ballot({ ballotKind: 'choose-one' })],
    [null, tally(['brydegaarden', 'spejdere']), ballot({ ballotKind: 'knapsack' })],
    ['over-budget', tally(['klatring', 'brydegaarden']), ballot({ ballotKind: 'knapsack' })],
    [null, tally(['klatring', 'spejdere'], [6, 4]), ballot({ ballotKind: 'points' })],
    [null, tally([]), ballot({ ballotKind: 'points' })],
    ['too-many-choices', tally(all, [6, 4, 1]), ballot({ ballotKind: 'points' })],
    ['points-do-not-match', tally(['klatring'], [7]), ballot({ ballotKind: 'points' })],
    ['points-do-not-match', tally(['klatring']), ballot({ ballotKind: 'points' })],
    ['points-do-not-match', tally(['klatring'], [1]), ballot()],
  ] as const)('%s: %j', (fault, entered, on) => expect(faultOf(entered as Tally, on)).toBe(fault))

  it('entered in another order is the same pile', () => {
    const one = gathered([tally(['spejdere', 'klatring']), tally([]), tally(['klatring'])], lines)
    const other = gathered([tally(['klatring']), tally(['klatring', 'spejdere']), tally([])], lines)
    expect(one).toEqual(other)
    expect(contentHash(one, [])).toBe(contentHash(other, []))
    expect(contentHash(one, [{ reason: 'over-budget', ballots: 1 }])).not.toBe(contentHash(one, []))
  })

  it('points go with their projects', () => {
    expect(gathered([tally(['spejdere', 'klatring'], [1, 5]), tally(['klatring', 'spejdere'], [5, 1])], lines)).toEqual([
      { projectIds: ['klatring', 'spejdere'], points: [5, 1], ballots: 2 },
    ])
  })

  it('gathering loses none', () => {
    const some = fc.array(fc.record({ projectIds: fc.subarray(all), ballots: fc.integer({ min: 1, max: 9 }) }))
    const none = fc.array(fc.record({ reason: fc.constantFrom('over-budget', 'unclear-mark'), ballots: fc.integer({ min: 1, max: 9 }) }))
    fc.assert(
      fc.property(some, none, (tallies, invalid) => {
        const content = { tallies, invalid: invalid as { reason: 'over-budget'; ballots: number }[] }
        const together = { tallies: gathered(tallies, lines), invalid: gatheredInvalid(content.invalid) }
        expect(papersIn(together)).toBe(papersIn(content))
        expect(new Set(together.tallies.map(({ projectIds }) => projectIds.join())).size).toBe(together.tallies.length)
      }),
    )
  })
})

describe('the clock of a pitch', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 4, 4, 19, 0, seconds))
  const stopped = { elapsedMs: 0, startedAt: null }

  it('runs, halts, goes on and starts anew', () => {
    const running = pressClock(stopped, 'start', at(0))
    expect(elapsedAt(running, at(7))).toBe(7_000)
    const halted = pressClock(running, 'pause', at(10))
    expect(elapsedAt(halted, at(50))).toBe(10_000)
    const again = pressClock(halted, 'start', at(50))
    expect(elapsedAt(again, at(55))).toBe(15_000)
    expect(pressClock(again, 'reset', at(56))).toEqual(stopped)
  })

  it('pressed twice changes nothing, and no clock goes backwards', () => {
    const running = pressClock(stopped, 'start', at(10))
    expect(pressClock(running, 'start', at(20))).toEqual(running)
    expect(pressClock(stopped, 'pause', at(20))).toEqual(stopped)
    expect(elapsedAt(running, at(0))).toBe(0)
  })
})

describe('what is not finished', () => {
  const work = (change: Partial<DistrictWork>): DistrictWork => ({
    decidedBy: 'ballots',
    meetingState: null,
    isUndecided: false,
    openBatches: 0,
    openRounds: 0,
    standing: 3,
    sharing: 'missing',
    ...change,
  })

  it.each([
    [[], work({})],
    [['paper-not-accepted'], work({ openBatches: 1 })],
    [['meeting-open'], work({ meetingState: 'open' })],
    [['meeting-missing'], work({ decidedBy: 'knock-out' })],
    [['knock-out-not-over'], work({ decidedBy: 'knock-out', meetingState: 'closed' })],
    [[], work({ decidedBy: 'knock-out', meetingState: 'closed', standing: 1 })],
    [[], work({ decidedBy: 'knock-out', meetingState: 'closed', isUndecided: true })],
    [['meeting-open', 'round-not-confirmed', 'knock-out-not-over'], work({ decidedBy: 'knock-out', meetingState: 'open', openRounds: 1 })],
    [['sharing-missing'], work({ decidedBy: 'agreed-sharing', meetingState: 'closed' })],
    [['sharing-not-confirmed'], work({ decidedBy: 'agreed-sharing', meetingState: 'closed', sharing: 'recorded' })],
    [[], work({ decidedBy: 'agreed-sharing', meetingState: 'closed', sharing: 'confirmed' })],
  ])('%j', (found, district) => expect(unfinishedInDistrict(district)).toEqual(found))

  it('at a meeting that is about to close is its own decision', () => {
    expect(unfinishedAtMeeting(work({ meetingState: 'open', openBatches: 2 }))).toEqual([])
    expect(unfinishedAtMeeting(work({ decidedBy: 'knock-out', meetingState: 'open' }))).toEqual(['knock-out-not-over'])
  })
})
