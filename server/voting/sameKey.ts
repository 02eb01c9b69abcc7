import { createHmac } from 'node:crypto'
import type { FrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { votingProblem } from './contract.ts'
import { selectFingerprint } from './queries.ts'
import { votingKeyOf } from './votingKey.ts'

type KeyDeps = Pick<Deps, 'db' | 'config'>

/** Tells whether two processes have the same key, and nothing of the key. @shape 32 bytes */
export function fingerprintOfKey(config: Parameters<typeof votingKeyOf>[0]): Buffer {
  return createHmac('sha256', votingKeyOf(config)).update('fingerprint').digest()
}

/**
 * Refuses to name a person or a code with another key than the one that is kept: whoever has voted would be somebody new here.
 * A process that started before the key was changed still has the old one.
 * @errors Problem `voting-key-differs`
 */
export async function requireSameKey({ db, config }: KeyDeps): Promise<void> {
  const kept = await selectFingerprint(db)
  // A process that serves has kept one at its start.
  if (kept === undefined || kept.equals(fingerprintOfKey(config))) return
  throw votingProblem('voting-key-differs', { retryAfterS: 30 })
}

// From the freezing of a vote until its boxes are closed the key is not changed (prepare.ts), so one look serves for a vote.
const sure = new WeakMap<Database, Set<string>>()

/** The same for a vote, asked once per process. @errors Problem `voting-key-differs` */
export async function requireKeyOfVote(
  deps: KeyDeps,
  { state, setupSha256 }: Pick<FrozenElection, 'state' | 'setupSha256'>,
): Promise<void> {
  const votes = sure.get(deps.db) ?? new Set<string>()
  sure.set(deps.db, votes)
  const key = `${setupSha256} ${fingerprintOfKey(deps.config).toString('hex')}`
  if (votes.has(key)) return
  await requireSameKey(deps)
  if (state === 'open' || state === 'ended') votes.add(key)
}
