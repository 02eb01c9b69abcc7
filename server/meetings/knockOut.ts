import type { CastBallot } from '../allocation/rules/election.ts'
import { electionProblem } from '../elections/contract.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readRoundBallots } from '../voting/box.ts'
import { closeCodeRound, openCodeRound } from '../voting/codes.ts'
import type { Count, NewRound, RoundState } from './contract.ts'
import { playedRounds } from './forCount.ts'
import {
  insertCount,
  insertRound,
  type RoundKey,
  type RoundRow,
  selectCounts,
  selectRounds,
  updateAttempt,
  updateCancelled,
  updateConfirmed,
  updateCounting,
  updateNote,
} from './knockOutQueries.ts'
import { meetingProblem } from './problems.ts'
import type { MeetingKey } from './queries.ts'
import { selectAdmissions, updatePitch } from './queries.ts'
import { type Counted, differencesOf, fieldOf, namesExactly, playNext, standingAfter } from './rules/knockOutEvening.ts'
import { atMeeting, logWork, meansOf, openMeetingOf, requireCodeHours, UNTIL_CLOSED, type Work } from './work.ts'

type MeetingDeps = Pick<Deps, 'db' | 'clock'>

function requireKnockOut({ district }: Work): void {
  if (district.settings.decidedBy !== 'knock-out') throw meetingProblem('not-decided-so')
}

/**
 * Opens the next round for the projects that stand, and ends the pitch. Of several at once one opens it.
 * @errors Problem `not-decided-so`, `channel-not-used`, `meeting-not-open`, `round-not-next`, `knock-out-over`; `wrong-state` or `code-hours` by phone code when no code works
 */
export function openRound(deps: MeetingDeps, person: SessionPerson, key: MeetingKey, sent: NewRound): Promise<void> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    requireKnockOut(work)
    openMeetingOf(work)
    const { trx, district, frozen, at } = work
    if (!meansOf(district).includes(sent.method)) throw meetingProblem('channel-not-used')
    if (sent.method === 'code' && frozen.state !== 'open') throw electionProblem('wrong-state', { extra: { state: frozen.state } })
    if (sent.method === 'code') requireCodeHours(district, at)
    const rounds = await selectRounds(trx, key)
    const isBusy = rounds.some(({ state }) => state === 'open' || state === 'counting')
    if (isBusy || sent.roundNumber !== rounds.length + 1) throw meetingProblem('round-not-next', { extra: { rounds: rounds.length } })
    const standing = standingAfter(fieldOf(district.lines), playedRounds(rounds))
    if (standing.length < 2) throw meetingProblem('knock-out-over')
    const { roundNumber, method, note } = sent
    await insertRound(trx, { ...key, roundNumber }, { method, note, standing, personId: person.personId, at })
    // A pitch nobody ended would lie over the round on the projector.
    await updatePitch(trx, key, null, { elapsedMs: 0, startedAt: null })
    if (method === 'code') await openCodeRound(trx, { ...key, roundNumber, projectIds: standing })
    await logWork(work, 'knock-out-opened', { roundNumber, method, projects: standing.length })
  })
}

async function roundIn(work: Work, roundNumber: number, ...states: RoundState[]): Promise<{ round: RoundRow; rounds: RoundRow[] }> {
  requireKnockOut(work)
  openMeetingOf(work)
  const rounds = await selectRounds(work.trx, work.key)
  const round = rounds.find((one) => one.roundNumber === roundNumber)
  if (round === undefined || !states.includes(round.state)) throw meetingProblem('round-state', { extra: { state: round?.state ?? null } })
  return { round, rounds }
}

/** Ends the voting of a round; whoever votes at that moment is in before it, or too late. Ended already, nothing changes. @errors Problem `round-state` */
export function endRound(deps: MeetingDeps, person: SessionPerson, { roundNumber, ...key }: RoundKey): Promise<void> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { round } = await roundIn(work, roundNumber, 'open', 'counting')
    if (round.state === 'counting') return
    if (round.method === 'code') await closeCodeRound(work.trx, key.year, key.districtId, roundNumber)
    await updateCounting(work.trx, { ...key, roundNumber }, work.at)
    await logWork(work, 'knock-out-ended', { roundNumber })
  })
}

/** Calls off a round that went wrong, before it is confirmed. It keeps its number; the next one is for the same projects. @errors Problem `round-state` */
export function cancelRound(deps: MeetingDeps, person: SessionPerson, { roundNumber, ...key }: RoundKey, reason: string): Promise<void> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { round } = await roundIn(work, roundNumber, 'open', 'counting')
    if (round.method === 'code' && round.state === 'open') await closeCodeRound(work.trx, key.year, key.districtId, roundNumber)
    await updateCancelled(work.trx, { ...key, roundNumber }, reason)
    await logWork(work, 'knock-out-cancelled', { roundNumber, reason })
  })
}

/** What the box says of a round by phone code: a ballot votes for the project it names, or is blank. */
function countBox(standing: readonly string[], ballots: readonly CastBallot[]): Counted {
  const votes = standing.map((projectId) => ({ projectId, votes: ballots.filter(({ projects }) => projects.includes(projectId)).length }))
  return { votes, blankVotes: ballots.filter(({ projects }) => projects.length === 0).length }
}

/** By phone code what the box says, else what the counter says. */
async function countedIn({ trx, key }: Work, { method, standing, roundNumber }: RoundRow, sent: Count): Promise<Counted> {
  if (method !== 'code') return sent
  const ballots = await readRoundBallots(trx, key.year, key.districtId, roundNumber)
  return countBox(
    standing.map(({ projectId }) => projectId),
    ballots,
  )
}

async function checkCount({ trx, key }: Work, round: RoundRow, counted: Counted): Promise<void> {
  const standing = round.standing.map(({ projectId }) => projectId)
  if (!namesExactly(standing, counted.votes)) throw meetingProblem('count-incomplete')
  const votes = counted.votes.reduce((sum, one) => sum + one.votes, counted.blankVotes)
  if (votes === counted.blankVotes) throw meetingProblem('no-votes')
  const people = (await selectAdmissions(trx, key)).reduce((sum, one) => sum + one.people, 0)
  if (votes > people) throw meetingProblem('more-votes-than-people', { extra: { people, votes } })
}

async function confirm(work: Work, rounds: readonly RoundRow[], round: RoundRow, counted: Counted): Promise<void> {
  const { trx, key, district, at } = work
  const { goOn, tie } = playNext(fieldOf(district.lines), playedRounds(rounds), counted.votes)
  const standing = counted.votes.map((one) => ({ ...one, goesOn: goOn.includes(one.projectId) }))
  const tieProjects = tie?.projects ?? []
  await updateConfirmed(trx, { ...key, roundNumber: round.roundNumber }, { standing, blankVotes: counted.blankVotes, tieProjects, at })
  await logWork(work, 'knock-out-confirmed', { roundNumber: round.roundNumber, goOn: goOn.length, tied: tieProjects.length })
}

/**
 * What one of two counters counted, without seeing the other's. When both say the same the round is confirmed; when they
 * differ both count again. A round by phone code is counted from the box, and both counters stand by it.
 * @errors Problem `round-state`, `count-again`, `counted-already`, `count-incomplete`, `more-votes-than-people`, `no-votes`, `note-missing`
 */
export function enterCount(deps: MeetingDeps, person: SessionPerson, { roundNumber, ...key }: RoundKey, sent: Count): Promise<void> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, at } = work
    const { round, rounds } = await roundIn(work, roundNumber, 'counting')
    if (round.attempt !== sent.attempt) throw meetingProblem('count-again', { extra: { attempt: round.attempt } })
    const counts = (await selectCounts(trx, key)).filter((one) => one.roundNumber === roundNumber && one.attempt === round.attempt)
    const [first] = counts
    if (counts.length > 1 || first?.countedBy === person.personId) throw meetingProblem('counted-already')
    if (round.method === 'show-of-hands' && round.note === null && sent.note === null) throw meetingProblem('note-missing')
    const counted = await countedIn(work, round, sent)
    await checkCount(work, round, counted)
    const one = { ...key, roundNumber }
    if (sent.note !== null) await updateNote(trx, one, [round.note, sent.note].filter(Boolean).join('\n').slice(0, 2000))
    const { personId, displayName: name } = person
    const { votes, blankVotes } = counted
    await insertCount(trx, one, { attempt: round.attempt, counter: counts.length + 1, personId, name, votes, blankVotes, at })
    if (first === undefined) return logWork(work, 'knock-out-counted', { roundNumber, attempt: round.attempt })
    if (differencesOf(first, counted).length === 0) return confirm(work, rounds, round, counted)
    await updateAttempt(trx, one, round.attempt + 1)
    await logWork(work, 'knock-out-differed', { roundNumber, attempt: round.attempt })
  })
}
