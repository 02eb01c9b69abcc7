import type { Channel, DistrictSettings, ElectionDistrict } from '../elections/contract.ts'
import type { AwardSource, DistrictResult, PassedOn, PassOnScope, ResultRound } from './contract.ts'
import { FEWEST_PUBLISHED_BALLOTS } from './limits.ts'
import { type AgreedAmount, checkAgreedSharing } from './rules/agreedSharing.ts'
import { compareOutcomes, fundedPerBallot } from './rules/comparison.ts'
import { type Count, type CountOptions, countElection } from './rules/count.ts'
import { type CastBallot, countNaming, type Election, makeElection, scoresOf } from './rules/election.ts'
import { addEnough } from './rules/enough.ts'
import { KNOCK_OUT_TIE, type KnockOut, type KnockOutBallot, runKnockOut } from './rules/knockOut.ts'
import { awardKnockOut, finishingOrder } from './rules/knockOutAwards.ts'
import type { RuleName } from './rules/ruleNames.ts'
import { parseTieOrder, type TieOrder } from './rules/ties.ts'
import type { TieReport, Transcript } from './rules/transcript.ts'

/** What the meeting of a district handed in: accepted batches and rounds only. */
export interface MeetingForCount {
  readonly paper: { readonly ballots: readonly CastBallot[]; readonly invalid: readonly { reason: string; count: number }[] }
  readonly knockOut: readonly KnockOutBallot[] | null
  readonly agreed: readonly AgreedAmount[] | null
  /** How the rounds of the knock-out were voted on, one entry for each. */
  readonly rounds: readonly Pick<ResultRound, 'method' | 'blankVotes' | 'note'>[]
  /** What was written down of an agreed sharing. */
  readonly minutes: string | null
  /** Why the meeting ended without a decision; null when it took one or had none to take. */
  readonly undecidedReason: string | null
}

/** Numbers that stand beside a count. */
export interface Turnout {
  readonly byChannel: readonly { channel: Channel; ballots: number }[]
  readonly marks: number | null
  readonly receipts: number | null
}

export interface CountedAward {
  readonly projectId: string
  readonly amountDkk: number
  readonly source: AwardSource
}

/** A round as it is kept; those kept before 2026-12 tell neither method nor blank votes. */
type StoredRound = Omit<ResultRound, 'method' | 'blankVotes'> & Partial<Pick<ResultRound, 'method' | 'blankVotes'>>

/** What is kept of a count, as plain data. What may be missing was not kept before 2026-12. */
export interface StoredOutcome {
  readonly withoutProjectIds: readonly string[]
  readonly how: PassedOn['how'] | null
  /** Of a result that followed: which count its transcript tells. */
  readonly scope?: PassOnScope | null
  readonly ballots: number
  readonly blankBallots: number
  readonly invalid: DistrictResult['invalid']
  readonly turnout: DistrictResult['turnout']
  readonly marks: number | null
  readonly receipts: number | null
  readonly votes: readonly { projectId: string; votes: number }[] | null
  readonly leftDkk: number
  readonly fundedPerBallot: readonly number[] | null
  readonly transcript: Transcript | null
  readonly tiesMet: readonly TieReport[]
  readonly knockOut: readonly StoredRound[] | null
  readonly minutes?: string | null
  readonly other: DistrictResult['other']
  readonly isWithheld: boolean
  readonly undecidedReason: string | null
}

export interface CountedDistrict {
  readonly outcome: StoredOutcome
  readonly awards: readonly CountedAward[]
  /** What was counted; null where no ballots decide. */
  readonly election: Election | null
}

export type DistrictCount =
  | { readonly ok: true; readonly counted: CountedDistrict }
  | { readonly ok: false; readonly reason: 'no-knock-out' | 'no-agreement' | 'knock-out-malformed' | 'agreement-malformed' }

/** Beyond these nobody is told what would have been enough: it takes 40 counts per loser. */
const ENOUGH_PROJECTS = 30
const ENOUGH_DISTINCT_BALLOTS = 5000

/** The ballots of a district as an election, from its frozen set-up. */
export function electionOf({ shareDkk, lines, exclusivePairs }: ElectionDistrict, ballots: readonly CastBallot[]): Election {
  return makeElection({
    budget: shareDkk,
    projects: lines.map(({ projectId, costDkk, smallestUsefulDkk }) => ({
      id: projectId,
      cost: costDkk,
      smallestUseful: smallestUsefulDkk,
    })),
    ballots,
    exclusivePairs: exclusivePairs.map(({ projectIds }) => projectIds),
    lot: lotOf(lines),
  })
}

const lotOf = (lines: ElectionDistrict['lines']) => lines.toSorted((a, b) => a.lotPlace - b.lotPlace).map(({ projectId }) => projectId)

/** How the frozen settings want a district counted. */
export function optionsOf({ tie, minVotes, remainderOffer }: Pick<DistrictSettings, 'tie' | 'minVotes' | 'remainderOffer'>): CountOptions {
  return { tie: parseTieOrder(tie) as TieOrder, minScore: minVotes, step: 1, remainderOffer, withTranscript: true }
}

/** The rule that is shown beside a result: most votes beside equal shares, equal shares beside most votes. */
export function otherRuleOf({ rule, tie }: Pick<DistrictSettings, 'rule' | 'tie'>): Pick<DistrictSettings, 'rule' | 'tie'> {
  const isWalk = rule.startsWith('greedy')
  return {
    rule: isWalk ? 'mes_cost+add1u' : 'greedy_cost',
    tie: tie === 'lot' ? 'lot' : isWalk ? 'min-cost,max-votes,lot' : 'min-cost,lot',
  }
}

/** Counts ballots by a rule with reasons, and for the losers of a small vote what would have been enough. */
export function countWithReasons(election: Election, rule: RuleName, options: CountOptions): Count {
  const count = countElection(election, rule, options)
  const isSmall = election.projects.length <= ENOUGH_PROJECTS && election.ballots.length <= ENOUGH_DISTINCT_BALLOTS
  return isSmall ? addEnough(election, options, count) : count
}

/** Awards of a count, most votes first; what came from the remainder offer says so. */
export function awardsOf(election: Election, { awards, transcript }: Count): CountedAward[] {
  const scores = new Map(scoresOf(election).map((score, place) => [election.projects[place]?.id, score]))
  const remainder = transcript?.stages.find((stage) => stage.kind === 'remainder')?.projectId ?? null
  return awards
    .map(({ projectId, amount }) => ({
      projectId,
      amountDkk: amount,
      source: projectId === remainder ? ('remainder' as const) : ('count' as const),
    }))
    .filter(({ amountDkk }) => amountDkk > 0)
    .sort(
      (a, b) =>
        Number(a.source === 'remainder') - Number(b.source === 'remainder') ||
        (scores.get(b.projectId) ?? 0) - (scores.get(a.projectId) ?? 0) ||
        b.amountDkk - a.amountDkk ||
        (a.projectId < b.projectId ? -1 : 1),
    )
}

function compareWithOther(
  election: Election,
  settings: DistrictSettings,
  selected: readonly string[],
): NonNullable<DistrictResult['other']> {
  const { rule, tie } = otherRuleOf(settings)
  const { awards, totalCost } = countElection(election, rule, { ...optionsOf({ ...settings, tie }), withTranscript: false })
  const ids = awards.map(({ projectId }) => projectId)
  const { preferFirst, preferSecond, indifferent } = compareOutcomes(election, selected, ids)
  return {
    rule,
    tie,
    awards: awards.map(({ projectId, amount }) => ({ projectId, amountDkk: amount })),
    leftDkk: election.budget - totalCost,
    withNothing: fundedPerBallot(election, ids)[0] ?? 0,
    preference: { result: preferFirst, other: preferSecond, same: indifferent },
  }
}

/** The steps of a count as far as they tell totals only: a walk down the list does, rounds of equal shares do not. */
function totalsOf(transcript: Transcript | null): Transcript | null {
  return transcript?.stages.every(({ kind }) => kind === 'walk' || kind === 'remainder') ? transcript : null
}

/** What of a count is kept. */
export type DecidingCount = Pick<Count, 'selected' | 'transcript' | 'tiesMet'>

/** What is kept of a count of ballots. Where few were cast, nothing is kept that tells who chose what together. */
export function outcomeOfCount(
  election: Election,
  settings: DistrictSettings,
  count: DecidingCount,
): Pick<StoredOutcome, 'votes' | 'fundedPerBallot' | 'transcript' | 'tiesMet' | 'other' | 'isWithheld' | 'ballots' | 'blankBallots'> {
  const ballots = countNaming(election) + election.blankBallots
  const isWithheld = ballots < FEWEST_PUBLISHED_BALLOTS
  const other = compareWithOther(election, settings, count.selected)
  const scores = scoresOf(election)
  return {
    ballots,
    blankBallots: election.blankBallots,
    votes: election.projects.map(({ id }, place) => ({ projectId: id, votes: scores[place] as number })),
    fundedPerBallot: isWithheld ? null : fundedPerBallot(election, count.selected),
    transcript: isWithheld ? totalsOf(count.transcript) : count.transcript,
    tiesMet: count.tiesMet,
    other: isWithheld ? { ...other, withNothing: null, preference: null } : other,
    isWithheld,
  }
}

const nothingElse = {
  withoutProjectIds: [],
  how: null,
  scope: null,
  blankBallots: 0,
  votes: null,
  fundedPerBallot: null,
  transcript: null,
  tiesMet: [],
  knockOut: null,
  minutes: null,
  other: null,
  isWithheld: false,
  undecidedReason: null,
} as const

const sumOf = (awards: readonly CountedAward[]) => awards.reduce((sum, { amountDkk }) => sum + amountDkk, 0)

/** Rounds of a knock-out with what the meeting wrote down of each. */
function roundsOf({ rounds }: Extract<KnockOut, { ok: true }>, evening: MeetingForCount['rounds']): ResultRound[] {
  return rounds.map(({ standing, out, tie }, index) => ({
    round: index + 1,
    standing: standing.map((project) => ({ ...project })),
    out: [...out],
    tie: tie === null ? null : { projects: [...tie.projects], criterion: tie.criterion },
    method: evening[index]?.method ?? null,
    blankVotes: evening[index]?.blankVotes ?? null,
    note: evening[index]?.note ?? null,
  }))
}

/** Pays the winners of a knock-out; `without` leaves projects out as if they had not finished. */
export function knockOutAwards(
  { shareDkk, lines, settings, exclusivePairs }: ElectionDistrict,
  { rounds, winners }: Extract<KnockOut, { ok: true }>,
  without: readonly string[] = [],
): CountedAward[] {
  const order = finishingOrder(rounds).filter((id) => !without.includes(id))
  const candidates = lines.map(({ projectId, costDkk, smallestUsefulDkk }) => ({
    id: projectId,
    cost: costDkk,
    smallestUseful: smallestUsefulDkk,
  }))
  return awardKnockOut(shareDkk, candidates, order, {
    winners: winners.length,
    remainderOffer: settings.remainderOffer,
    pairs: exclusivePairs.map(({ projectIds }) => projectIds),
  }).map(({ projectId, amount, isRemainder }) => ({ projectId, amountDkk: amount, source: isRemainder ? 'remainder' : 'knock-out' }))
}

/** Plays a meeting's knock-out by the frozen lot and tie order. */
export function playKnockOut({ lines }: ElectionDistrict, ballots: readonly KnockOutBallot[]): KnockOut {
  const projects = lines.map(({ projectId, costDkk }) => ({ id: projectId, cost: costDkk }))
  return runKnockOut(projects, ballots, KNOCK_OUT_TIE, lotOf(lines))
}

function countKnockOut(
  district: ElectionDistrict,
  ballots: readonly KnockOutBallot[],
  evening: MeetingForCount['rounds'],
  turnout: TurnoutFields,
): DistrictCount {
  const knockOut = playKnockOut(district, ballots)
  if (!knockOut.ok) return { ok: false, reason: 'knock-out-malformed' }
  const awards = knockOutAwards(district, knockOut)
  const last = ballots.at(-1)?.votes ?? []
  const outcome = {
    ...nothingElse,
    ...turnout,
    ballots: last.reduce((sum, { votes }) => sum + votes, 0),
    leftDkk: district.shareDkk - sumOf(awards),
    knockOut: roundsOf(knockOut, evening),
  }
  return { ok: true, counted: { outcome, awards, election: null } }
}

function countAgreement(
  district: ElectionDistrict,
  amounts: readonly AgreedAmount[],
  minutes: string | null,
  turnout: TurnoutFields,
): DistrictCount {
  const ids = district.lines.map(({ projectId }) => projectId)
  const pairs = district.exclusivePairs.map(({ projectIds }) => projectIds)
  const checked = checkAgreedSharing(district.shareDkk, { projectIds: ids, pairs }, amounts)
  if (!checked.ok) return { ok: false, reason: 'agreement-malformed' }
  const awards = amounts.map(({ projectId, amount }) => ({ projectId, amountDkk: amount, source: 'agreed' as const }))
  const outcome = { ...nothingElse, ...turnout, ballots: 0, leftDkk: checked.left, minutes }
  return { ok: true, counted: { outcome, awards, election: null } }
}

type TurnoutFields = Pick<StoredOutcome, 'turnout' | 'marks' | 'receipts' | 'invalid'>

/** Counts a district by what was frozen: its box with the paper, the rounds of its meeting, or the amounts it agreed on. */
export function countDistrict(
  district: ElectionDistrict,
  { box, meeting, turnout }: { box: readonly CastBallot[]; meeting: MeetingForCount; turnout: Turnout },
): DistrictCount {
  const { settings } = district
  const { marks, receipts, byChannel } = turnout
  const { undecidedReason } = meeting
  const shared = { turnout: byChannel.map((channel) => ({ ...channel })), marks, receipts, invalid: [...meeting.paper.invalid] }
  if (settings.decidedBy !== 'ballots' && undecidedReason !== null) {
    const outcome = { ...nothingElse, ...shared, ballots: 0, leftDkk: district.shareDkk, undecidedReason }
    return { ok: true, counted: { outcome, awards: [], election: null } }
  }
  if (settings.decidedBy === 'knock-out') {
    return meeting.knockOut?.length
      ? countKnockOut(district, meeting.knockOut, meeting.rounds, shared)
      : { ok: false, reason: 'no-knock-out' }
  }
  if (settings.decidedBy === 'agreed-sharing') {
    return meeting.agreed ? countAgreement(district, meeting.agreed, meeting.minutes, shared) : { ok: false, reason: 'no-agreement' }
  }
  const election = electionOf(district, [...box, ...meeting.paper.ballots])
  const count = countWithReasons(election, settings.rule, optionsOf(settings))
  const awards = awardsOf(election, count)
  const outcome = { ...nothingElse, ...shared, ...outcomeOfCount(election, settings, count), leftDkk: district.shareDkk - sumOf(awards) }
  return { ok: true, counted: { outcome, awards, election } }
}
