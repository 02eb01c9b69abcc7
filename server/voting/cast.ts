import { hash, randomBytes } from 'node:crypto'
import { type ElectionDistrict, electionProblem } from '../elections/contract.ts'
import { districtOf, readFrozenElection } from '../elections/setup.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { inBatches } from '../platform/inBatches.ts'
import { type CastRow, castBallots } from './castQueries.ts'
import { type Cast, type Receipt, votingProblem } from './contract.ts'
import { countGuess, guessBuckets, tooManyGuesses } from './guesses.ts'
import { notOpen, type OpenVote, readOpenVote } from './openVote.ts'
import { codeKeyOf, personHashOf, retryHashOf } from './personKey.ts'
import { canonicalBallot, faultOfChoices } from './rules/ballot.ts'
import { normaliseCode } from './rules/codes.ts'
import { openingText } from './rules/receipt.ts'
import { sealText } from './sealing.ts'
import { votingKeyOf } from './votingKey.ts'
import { tellWrongClock } from './wrongClock.ts'

export interface CastRequest {
  year: number
  /** Who is signed in; nobody needs to be where there is a code. */
  person: SessionPerson | null
  addressKey: string
  sent: Cast
}

type CastDeps = Pick<Deps, 'db' | 'clock' | 'config'> & Partial<Pick<Deps, 'log'>>

/** Why a person may not vote in a district at home; null when the roll has the last word or nothing is in the way. */
export function obstacleOf(
  { districtId, rollSize, settings }: ElectionDistrict,
  person: Pick<SessionPerson, 'districtId' | 'ageYears'>,
): 'not-at-home' | 'not-eligible' | 'too-young' | 'age-unknown' | null {
  if (settings.decidedBy !== 'ballots' || !settings.channels.includes('home')) return 'not-at-home'
  if (settings.eligibility === 'residents' ? person.districtId !== districtId : rollSize === null) return 'not-eligible'
  if (person.ageYears !== null) return person.ageYears < settings.minAgeHome ? 'too-young' : null
  // Whoever made the roll knew who is old enough; where everybody who lives there may vote, the sign-in has to tell.
  return settings.eligibility === 'residents' && settings.minAgeHome > 0 ? 'age-unknown' : null
}

/** Who sends the ballot, as the statement wants it. @errors Problem `not-signed-in`, `not-eligible`, `code-unknown` */
function senderOf({ config }: CastDeps, request: CastRequest, district: ElectionDistrict, at: Date): CastRow['sender'] {
  const { year, person, sent, addressKey } = request
  const votingKey = votingKeyOf(config)
  if (sent.code !== undefined) {
    const code = normaliseCode(sent.code)
    if (code === null) throw votingProblem('code-unknown')
    return { codeKey: codeKeyOf(votingKey, year, code), guesses: guessBuckets(year, addressKey, at) }
  }
  if (person === null) throw commonProblem('not-signed-in')
  const obstacle = person.voterKey === null ? 'not-eligible' : obstacleOf(district, person)
  if (obstacle !== null || person.voterKey === null) throw votingProblem('not-eligible', { extra: { standing: obstacle } })
  return { personHash: personHashOf(votingKey, year, person.voterKey) }
}

/** Puts a ballot in; whoever sends the same again while it is on its way waits for that one answer. */
type Box = (sameAs: string, rowOf: () => CastRow) => Promise<string>

const boxes = new WeakMap<Database, Box>()

function boxOf(db: Database): Box {
  const known = boxes.get(db)
  if (known !== undefined) return known
  // Ballots that come while others are on their way go in together by the next statement, and are on the disk by one write.
  const put = inBatches({ lanes: 1, most: 50 }, (rows: readonly CastRow[]) => castBallots(db, rows))
  const underWay = new Map<string, Promise<string>>()
  const box: Box = (sameAs, rowOf) => {
    const asked = underWay.get(sameAs) ?? put(rowOf()).finally(() => underWay.delete(sameAs))
    underWay.set(sameAs, asked)
    return asked
  }
  boxes.set(db, box)
  return box
}

/** Everything that is random or sealed of a ballot. */
function evidenceOf({ auditors, openingLengths }: OpenVote, year: number, districtId: string, ballot: string) {
  const text = openingText({ year, districtId, ballot, random: randomBytes(16).toString('hex') })
  const length = openingLengths.get(districtId) ?? 0
  return {
    receiptHash: hash('sha256', text, 'buffer'),
    sealed: auditors.length === 0 ? null : sealText(auditors, text, length),
  }
}

/**
 * Puts a ballot into the box. Its request counts as arrived now; it counts when the box is not closed before it is in. The same
 * request again gets the same receipt.
 * @errors Problem `not-signed-in`, `no-election`, `wrong-state`, and all of `votingProblem` a voter can meet
 */
export async function castOne(deps: CastDeps, request: CastRequest): Promise<Receipt> {
  const at = deps.clock.now()
  const { year, sent } = request
  const { districtId, choices, retryKey, setupSha256 } = sent
  const vote = await readOpenVote(deps, year, setupSha256)
  const district = districtOf(vote, districtId)
  const sender = senderOf(deps, request, district, at)
  const ballot = canonicalBallot(choices)
  const key = 'personHash' in sender ? sender.personHash : sender.codeKey
  const retryHash = retryHashOf(votingKeyOf(deps.config), key, retryKey, ballot)
  const answer = await boxOf(deps.db)(`${year} ${districtId} ${setupSha256} ${retryHash.toString('hex')}`, () => ({
    ...{ year, districtId, setupSha256, at, isTimeSetByHand: deps.clock.isSetByHand ?? false, sender, ballot, retryHash },
    fault: faultOfChoices(district, choices),
    ...evidenceOf(vote, year, districtId, ballot),
  }))
  if (/^[0-9a-f]{64}$/.test(answer)) return { receipt: answer, districtId }
  if (answer === 'clock-wrong') {
    if (deps.log) tellWrongClock(deps.log)
    throw votingProblem(answer, { retryAfterS: 60 })
  }
  if (answer === 'too-many-requests') throw tooManyGuesses(at)
  if (answer === 'code-unknown' && 'guesses' in sender) await countGuess(deps, sender.guesses)
  if (answer === 'wrong-state' || answer === 'no-election') throw electionProblem(answer)
  if (answer === 'voting-closed') throw notOpen(await readFrozenElection(deps.db, year), districtId)
  throw votingProblem(answer as keyof typeof votingProblem.kinds)
}
