import { electionProblem } from '../elections/contract.ts'
import { districtOf, readFrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { obstacleOf } from './cast.ts'
import { selectCode } from './castQueries.ts'
import { type CodeStanding, type Turnout, type VoterStanding, votingProblem } from './contract.ts'
import { countGuess, guessBuckets, tooManyGuesses } from './guesses.ts'
import { notOpen } from './openVote.ts'
import { codeKeyOf, personHashOf, personKeyOf } from './personKey.ts'
import { holdDistrict, insertDoorMark, selectEvidence, selectRollSizes, selectTurnout, selectVoter } from './queries.ts'
import { normaliseCode } from './rules/codes.ts'
import { requireKeyOfVote, requireSameKey } from './sameKey.ts'
import { votingKeyOf } from './votingKey.ts'

type VotingDeps = Pick<Deps, 'db' | 'clock' | 'config'>

/** Where somebody stands in a vote: whether they may vote at home, and in which district. @errors Problem `no-election`, `voting-key-differs` */
export async function readStanding({ db, config }: VotingDeps, year: number, person: SessionPerson | null): Promise<VoterStanding> {
  const election = await readFrozenElection(db, year)
  const { setup } = election
  if (person === null) return { standing: 'not-signed-in', districtId: null }
  if (person.voterKey === null) return { standing: 'not-eligible', districtId: null }
  await requireKeyOfVote({ db, config }, election)
  const { rollDistrictId, hasVoted } = await selectVoter(db, year, personHashOf(votingKeyOf(config), year, person.voterKey))
  const { districtId: homeId } = person
  const isOnRoll = ({ districtId, settings }: (typeof setup.districts)[number]) =>
    settings.eligibility === 'roll' ? districtId === rollDistrictId : districtId === homeId
  const district = setup.districts.find(isOnRoll)
  if (district === undefined) return { standing: homeId === null ? 'no-district' : 'not-eligible', districtId: homeId }
  const { districtId } = district
  if (hasVoted) return { standing: 'already-voted', districtId }
  return { standing: obstacleOf(district, person) ?? 'may-vote', districtId }
}

/**
 * What a code opens; nothing of the question is kept unless the code is wrong, then that there was one.
 * @errors Problem `no-election`, `voting-closed`, `code-unknown`, `code-used`, `code-not-open`, `too-many-requests`, `voting-key-differs`
 */
export async function readCode(
  deps: VotingDeps,
  { year, typed, addressKey }: { year: number; typed: string; addressKey: string },
): Promise<CodeStanding> {
  const at = deps.clock.now()
  const election = await readFrozenElection(deps.db, year)
  const code = normaliseCode(typed)
  if (code === null) throw votingProblem('code-unknown')
  await requireKeyOfVote(deps, election)
  const guesses = guessBuckets(year, addressKey, at)
  const found = await selectCode(deps.db, year, codeKeyOf(votingKeyOf(deps.config), year, code), guesses)
  if (found.isHeld) throw tooManyGuesses(at)
  const { districtId, roundNumber, isUsed, standing } = found
  if (districtId === null) {
    await countGuess(deps, guesses)
    throw votingProblem('code-unknown')
  }
  if (isUsed) throw votingProblem('code-used')
  const { settings, lines } = districtOf(election, districtId)
  const isOpen = ['open', 'ended'].includes(election.state) && at >= new Date(settings.opensAt) && at < new Date(settings.closesAt)
  if (!isOpen) throw notOpen(election, districtId)
  if (roundNumber > 0 ? standing === null : settings.decidedBy !== 'ballots') throw votingProblem('code-not-open')
  const onBallot = lines.toSorted((a, b) => a.lineNumber - b.lineNumber).map(({ projectId }) => projectId)
  return { districtId, roundNumber, projectIds: onBallot.filter((id) => standing === null || standing.includes(id)) }
}

/** What came in so far; how anybody voted is not in it. `marks` are the people who voted at home or were let in at the meeting. */
export async function readTurnout(db: Database, year: number) {
  const rows = await selectTurnout(db, year)
  return rows.map(({ districtId, home, door, codes }) => ({
    districtId,
    byChannel: [
      { channel: 'home' as const, ballots: home },
      { channel: 'code' as const, ballots: codes },
    ],
    marks: home + door,
  }))
}

/**
 * What stands beside a count of a district's box: ballots by channel, and that as many marks and codes were used up as there are
 * receipts.
 */
export async function readEvidence(trx: Database, year: number, districtId: string) {
  const turnout = (await readTurnout(trx, year)).find((district) => district.districtId === districtId)
  return { byChannel: turnout?.byChannel ?? [], ...(await selectEvidence(trx, year, districtId)) }
}

/** How many papers each district has; the meetings know. */
export type ReadPapers = (db: Database, year: number) => Promise<ReadonlyMap<string, number>>

/** Turnout as everybody may see it while the vote goes on. @errors Problem `no-election` */
export async function readPublicTurnout(db: Database, year: number, readPapers: ReadPapers): Promise<Turnout> {
  const { setup } = await readFrozenElection(db, year)
  const turnout = new Map((await readTurnout(db, year)).map((district) => [district.districtId, district.byChannel]))
  const papers = await readPapers(db, year)
  const districts = setup.districts.map(({ districtId, name, rollSize, settings }) => {
    const paper = { channel: 'paper' as const, ballots: papers.get(districtId) ?? 0 }
    const byChannel = [...(turnout.get(districtId) ?? []), paper].filter(({ channel }) => settings.channels.includes(channel))
    return { districtId, name, rollSize, ballots: byChannel.reduce((sum, { ballots }) => sum + ballots, 0), byChannel }
  })
  return { roundYear: year, districts }
}

/** How many people are on the roll of a round, by district. */
export async function readRollSizes(db: Database, year: number): Promise<Map<string, number>> {
  return new Map((await selectRollSizes(db, year)).map(({ districtId, people }) => [districtId, people]))
}

export interface DoorVisitor {
  year: number
  districtId: string
  /** As on the roll. */
  person: { rollNumber: string }
}

/**
 * Marks somebody on the roll who comes to the meeting, inside the caller's transaction: from then on they cannot vote at home, and
 * whoever has voted at home is not let in. What they are handed then, a code or a paper, nobody writes down with them.
 * @errors Problem `no-election`, `voting-closed`, `not-eligible`, `already-voted`, `voting-key-differs`
 */
export async function markAtDoor(trx: Database, { config }: Pick<Deps, 'config'>, visitor: DoorVisitor): Promise<void> {
  const { year, districtId, person } = visitor
  const election = await readFrozenElection(trx, year)
  const district = await holdDistrict(trx, year, districtId, { alone: false })
  if (district === undefined) throw electionProblem('no-election')
  if (district.isClosed || !['open', 'ended'].includes(election.state)) throw notOpen(election, districtId)
  await requireSameKey({ db: trx, config })
  const votingKey = votingKeyOf(config)
  const personHash = personHashOf(votingKey, year, personKeyOf(votingKey, person))
  const { rollDistrictId } = await selectVoter(trx, year, personHash)
  if (district.hasRoll && rollDistrictId !== districtId) throw votingProblem('not-eligible')
  if (!(await insertDoorMark(trx, { year, districtId, personHash }))) throw votingProblem('already-voted')
}
