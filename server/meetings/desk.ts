import { districtOf, readFrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readRoundTurnout } from '../voting/codes.ts'
import { readTurnout } from '../voting/service.ts'
import type { ConfirmedRound, DeskRound, MeetingDesk, Sharing, Stage } from './contract.ts'
import { playedRounds, readAcceptedPapers } from './forCount.ts'
import { type CountRow, type RoundRow, selectCounts, selectRounds } from './knockOutQueries.ts'
import { meetingOf, pitchOf } from './meeting.ts'
import { selectBatches } from './paperQueries.ts'
import { type MeetingKey, selectAdmissions, selectMeeting } from './queries.ts'
import { differencesOf, fieldOf, standingAfter } from './rules/knockOutEvening.ts'
import { type SharingRow, selectSharing } from './sharingQueries.ts'
import { isInVotingHours, isVotedAtHome, meansOf } from './work.ts'

/** The result of a round both counters agreed on, most votes first, those that go on before those that are out; null before. */
function confirmedOf({ roundNumber, method, state, note, standing, blankVotes, tieProjects }: RoundRow): ConfirmedRound | null {
  if (state !== 'confirmed') return null
  const rows = standing.map(({ projectId, votes, goesOn }) => ({ projectId, votes: votes ?? 0, goesOn: goesOn ?? false }))
  rows.sort((a, b) => b.votes - a.votes || Number(b.goesOn) - Number(a.goesOn))
  return { roundNumber, method, note, standing: rows, blankVotes: blankVotes ?? 0, tieProjects: tieProjects ?? [] }
}

function differencesBefore({ roundNumber, attempt }: RoundRow, counts: readonly CountRow[]): DeskRound['differences'] {
  const [first, second] = counts.filter((one) => one.roundNumber === roundNumber && one.attempt === attempt - 1)
  return first && second ? differencesOf(first, second) : []
}

function deskRound(row: RoundRow, counts: readonly CountRow[], castInRound: number | null, personId: string): DeskRound {
  const { roundNumber, method, state, note, cancelReason, attempt, standing } = row
  return {
    roundNumber,
    method,
    state,
    note,
    cancelReason,
    projectIds: standing.map(({ projectId }) => projectId),
    castInRound,
    attempt,
    counters: counts
      .filter((one) => one.roundNumber === roundNumber && one.attempt === attempt)
      .map(({ counterName, countedBy }) => ({ name: counterName, isMe: countedBy === personId })),
    differences: state === 'counting' ? differencesBefore(row, counts) : [],
    result: confirmedOf(row),
  }
}

const leftOf = (shareDkk: number, amounts: SharingRow['amounts']) => shareDkk - amounts.reduce((sum, { amountDkk }) => sum + amountDkk, 0)

function sharingOf({ recordedBy, ...row }: SharingRow, shareDkk: number, personId: string): Sharing {
  return { ...row, leftDkk: leftOf(shareDkk, row.amounts), isMine: recordedBy === personId }
}

/** Ballots of a district, whatever the channel: what lies in its box, and the papers two clerks agreed on. */
async function ballotsIn(db: Database, { year, districtId }: MeetingKey): Promise<number> {
  const district = (await readTurnout(db, year)).find((one) => one.districtId === districtId)
  const papers = (await readAcceptedPapers(db, year)).get(districtId) ?? 0
  return (district?.byChannel ?? []).reduce((sum, { ballots }) => sum + ballots, papers)
}

/** How many have voted in a round whose box is open; the hall waits for that number, and nobody learns more from it. */
async function castIn(db: Database, { year, districtId }: MeetingKey, { method, state, roundNumber }: RoundRow): Promise<number | null> {
  return method === 'code' && state === 'open' ? readRoundTurnout(db, year, districtId, roundNumber) : null
}

/** Everything the staff of a meeting need on one page, planned or not. @errors Problem `no-election` */
export async function readDesk(deps: Pick<Deps, 'db' | 'clock'>, person: SessionPerson, key: MeetingKey): Promise<MeetingDesk> {
  const { db } = deps
  const frozen = await readFrozenElection(db, key.year)
  const district = districtOf(frozen, key.districtId)
  const row = (await selectMeeting(db, key)) ?? null
  const rounds = await selectRounds(db, key)
  const counts = await selectCounts(db, key)
  const live = rounds.find(({ state }) => state === 'open')
  const castInRound = live === undefined ? null : await castIn(db, key, live)
  const sharing = await selectSharing(db, key)
  const batches = await selectBatches(db, key)
  const { shareDkk, settings, lines, exclusivePairs } = district
  return {
    roundYear: key.year,
    voteState: frozen.state,
    districtId: key.districtId,
    districtName: district.name,
    meeting: row && meetingOf(row, district.name),
    shareDkk,
    decidedBy: settings.decidedBy,
    ballotKind: settings.ballotKind,
    maxChoices: settings.maxChoices,
    points: settings.points,
    means: meansOf(district),
    hasRoll: settings.eligibility === 'roll',
    isVotedAtHome: isVotedAtHome(settings),
    minAgeMeeting: settings.minAgeMeeting,
    closesAt: settings.closesAt,
    lines,
    exclusivePairs,
    pitch: pitchOf(row, deps.clock.now()),
    admissions: await selectAdmissions(db, key),
    ballots: await ballotsIn(db, key),
    rounds: rounds.map((one) => deskRound(one, counts, one === live ? castInRound : null, person.personId)),
    standing: [...standingAfter(fieldOf(lines), playedRounds(rounds))],
    sharing: sharing === undefined ? null : sharingOf(sharing, shareDkk, person.personId),
    paper: {
      entered: batches.filter(({ state }) => state === 'entered').length,
      accepted: batches.filter(({ state }) => state === 'accepted').length,
    },
  }
}

/** What the projector shows: nothing of a person, and no count but the meeting's own confirmed ones. @errors Problem `no-election` */
export async function readStage(deps: Pick<Deps, 'db' | 'clock'>, key: MeetingKey): Promise<Stage> {
  const { db } = deps
  const now = deps.clock.now()
  const { state: voteState, setup } = await readFrozenElection(db, key.year)
  const district = districtOf({ setup }, key.districtId)
  const { name, shareDkk, settings, lines } = district
  const row = (await selectMeeting(db, key)) ?? null
  const rounds = await selectRounds(db, key)
  const sharing = await selectSharing(db, key)
  const live = rounds.find(({ state }) => state === 'open' || state === 'counting')
  const standing = standingAfter(fieldOf(lines), playedRounds(rounds))
  const isOver = settings.decidedBy === 'knock-out' && standing.length === 1 && rounds.some(({ state }) => state === 'confirmed')
  const isTime = isInVotingHours(district, now)
  return {
    roundYear: key.year,
    districtId: key.districtId,
    districtName: name,
    shareDkk,
    decidedBy: settings.decidedBy,
    voteState,
    meeting: row && { place: row.place, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString(), state: row.state },
    closesAt: settings.closesAt,
    isVotingOpen:
      settings.decidedBy === 'ballots' ? voteState === 'open' && isTime : live?.state === 'open' && (live.method !== 'code' || isTime),
    lines: lines.map(({ lineNumber, projectId, title, costDkk }) => ({ lineNumber, projectId, title, costDkk })),
    pitch: pitchOf(row, now),
    admitted: (await selectAdmissions(db, key)).reduce((sum, { people }) => sum + people, 0),
    ballots: await ballotsIn(db, key),
    round: live
      ? {
          roundNumber: live.roundNumber,
          method: live.method,
          state: live.state,
          projectIds: live.standing.map(({ projectId }) => projectId),
          castInRound: await castIn(db, key, live),
        }
      : null,
    rounds: rounds.map(confirmedOf).filter((one) => one !== null),
    winnerId: isOver ? (standing[0] ?? null) : null,
    agreed: sharing?.confirmerName ? { amounts: sharing.amounts, leftDkk: leftOf(shareDkk, sharing.amounts) } : null,
  }
}
