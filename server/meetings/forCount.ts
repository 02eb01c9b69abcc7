import type { AgreedAmount } from '../allocation/rules/agreedSharing.ts'
import type { CastBallot } from '../allocation/rules/election.ts'
import type { KnockOutBallot } from '../allocation/rules/knockOut.ts'
import type { ElectionDistrict } from '../elections/contract.ts'
import { readFrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import type { InvalidReason, RoundMethod } from './contract.ts'
import { type RoundRow, selectRounds } from './knockOutQueries.ts'
import { selectAcceptedContent, selectAcceptedPapers, selectBatches } from './paperQueries.ts'
import { type MeetingKey, selectMeeting } from './queries.ts'
import { fieldOf, standingAfter } from './rules/knockOutEvening.ts'
import { type DistrictWork, type Unfinished, unfinishedInDistrict } from './rules/unfinished.ts'
import { selectSharing } from './sharingQueries.ts'

/** What a district's meeting adds to the count: only what two people agreed on. */
export interface MeetingForCount {
  paper: { ballots: CastBallot[]; invalid: { reason: InvalidReason; count: number }[] }
  /** The confirmed rounds in order; null where the district decides otherwise, or nothing was confirmed. */
  knockOut: KnockOutBallot[] | null
  /** Null where the district decides otherwise, or nothing was confirmed. @unit whole kroner */
  agreed: AgreedAmount[] | null
  /** What was written down of the agreed sharing; null without one that is confirmed. */
  minutes: string | null
  /** How the rounds were voted on, one entry per round of `knockOut`. */
  rounds: { method: RoundMethod; ballots: number; blankVotes: number; note: string | null }[]
  /** Why the meeting ended without a decision; null when it took one, or had none to take. */
  undecidedReason: string | null
}

const isConfirmed = ({ state }: RoundRow) => state === 'confirmed'

/** The confirmed rounds as the rules of a knock-out take them. */
export function playedRounds(rounds: readonly RoundRow[]): KnockOutBallot[] {
  return rounds.filter(isConfirmed).map(({ standing, goOn }) => ({
    votes: standing.map(({ projectId, votes }) => ({ projectId, votes: votes ?? 0 })),
    goOn: goOn ?? 1,
  }))
}

const toRound = ({ method, standing, blankVotes, note }: RoundRow) => ({
  method,
  ballots: standing.reduce((sum, { votes }) => sum + (votes ?? 0), blankVotes ?? 0),
  blankVotes: blankVotes ?? 0,
  note,
})

/** What a district's meeting adds to the count. Papers come one by one, sorted by what they say. */
export async function readMeetingForCount(trx: Database, year: number, districtId: string): Promise<MeetingForCount> {
  const key = { year, districtId }
  const { tallies, invalid } = await selectAcceptedContent(trx, key)
  const rounds = await selectRounds(trx, key)
  const sharing = await selectSharing(trx, key)
  const played = playedRounds(rounds)
  return {
    paper: {
      ballots: tallies.flatMap(({ projectIds, points, ballots }) =>
        Array.from({ length: ballots }, () => ({ projects: projectIds, ...(points === undefined ? {} : { points }) })),
      ),
      invalid: invalid.map(({ reason, ballots }) => ({ reason, count: ballots })),
    },
    knockOut: played.length === 0 ? null : played,
    agreed: sharing?.confirmerName ? sharing.amounts.map(({ projectId, amountDkk }) => ({ projectId, amount: amountDkk })) : null,
    minutes: sharing?.confirmerName ? sharing.minutes : null,
    rounds: rounds.filter(isConfirmed).map(toRound),
    undecidedReason: (await selectMeeting(trx, key))?.undecidedReason ?? null,
  }
}

/** How many papers each district has so far; those that wait for a second clerk are not in it. */
export async function readAcceptedPapers(db: Database, year: number): Promise<Map<string, number>> {
  return new Map((await selectAcceptedPapers(db, year)).map(({ districtId, papers }) => [districtId, papers]))
}

/** How far the work of a district's meeting is. */
export async function readDistrictWork(db: Database, key: MeetingKey, district: ElectionDistrict): Promise<DistrictWork> {
  const meeting = await selectMeeting(db, key)
  const rounds = await selectRounds(db, key)
  const sharing = await selectSharing(db, key)
  const batches = await selectBatches(db, key)
  return {
    decidedBy: district.settings.decidedBy,
    meetingState: meeting?.state ?? null,
    isUndecided: meeting !== undefined && meeting.undecidedReason !== null,
    openBatches: batches.filter(({ state }) => state === 'entered').length,
    openRounds: rounds.filter(({ state }) => state === 'open' || state === 'counting').length,
    standing: standingAfter(fieldOf(district.lines), playedRounds(rounds)).length,
    sharing: sharing === undefined ? 'missing' : sharing.confirmerName === null ? 'recorded' : 'confirmed',
  }
}

/** What of the meetings and the papers must be finished before the boxes of a vote are closed; nothing when all is. @public */
export async function openMeetingWork(db: Database, year: number): Promise<{ districtId: string; kind: Unfinished }[]> {
  const { setup } = await readFrozenElection(db, year)
  const found: { districtId: string; kind: Unfinished }[] = []
  for (const district of setup.districts) {
    const work = await readDistrictWork(db, { year, districtId: district.districtId }, district)
    found.push(...unfinishedInDistrict(work).map((kind) => ({ districtId: district.districtId, kind })))
  }
  return found
}
