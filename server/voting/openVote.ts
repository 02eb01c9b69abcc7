import { electionProblem, type FrozenSetup } from '../elections/contract.ts'
import { districtOf, type FrozenElection, knownSetup, readFrozenElection } from '../elections/setup.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { votingProblem } from './contract.ts'
import { selectAuditors } from './queries.ts'
import { longestBallot } from './rules/ballot.ts'
import { OPENING_FRAME } from './rules/receipt.ts'
import { fingerprintOfKey, requireSameKey } from './sameKey.ts'
import { type SealKey, sealKeyOf } from './sealing.ts'

/** What a cast needs to know of its vote besides what the statement looks up itself. */
export interface OpenVote {
  setup: FrozenSetup
  auditors: readonly SealKey[]
  /** How long every opening is made, by district. @unit bytes */
  openingLengths: ReadonlyMap<string, number>
}

// Once a vote is open nothing of this changes, so a cast asks for it once per process.
const kept = new WeakMap<Database, Map<string, OpenVote>>()

function keptBy(db: Database): Map<string, OpenVote> {
  const votes = kept.get(db) ?? new Map<string, OpenVote>()
  kept.set(db, votes)
  return votes
}

const AUDITORS = 2

/**
 * The vote of a round under the set-up the sender looked at, in a process that has its key.
 * @errors Problem `no-election`, `wrong-state` when it is another set-up, `voting-key-differs`
 */
export async function readOpenVote({ db, config }: Pick<Deps, 'db' | 'config'>, year: number, setupSha256: string): Promise<OpenVote> {
  const votes = keptBy(db)
  const key = `${year} ${setupSha256} ${fingerprintOfKey(config).toString('hex')}`
  const known = votes.get(key)
  if (known !== undefined) return known
  const { state, setupSha256: current } = await readFrozenElection(db, year)
  const setup = knownSetup(setupSha256)
  if (current !== setupSha256 || setup === null) throw electionProblem('wrong-state', { extra: { state, setupSha256: current } })
  await requireSameKey({ db, config })
  const named = await selectAuditors(db, year)
  const vote: OpenVote = {
    setup,
    // One alone could read what both are to look after.
    auditors: named.length === AUDITORS ? named.map(({ publicKey }) => sealKeyOf(publicKey)) : [],
    openingLengths: new Map(
      setup.districts.map((district) => [district.districtId, OPENING_FRAME + district.districtId.length + longestBallot(district)]),
    ),
  }
  if (state !== 'frozen') votes.set(key, vote)
  return vote
}

/** That a district takes no ballots, with how far the vote is and when it opens there: too early and too late are told apart. */
export function notOpen({ state, setup }: FrozenElection, districtId: string): Problem {
  return votingProblem('voting-closed', { extra: { state, opensAt: districtOf({ setup }, districtId).settings.opensAt } })
}
