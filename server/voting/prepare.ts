import { closeAllSessions } from '../accounts/service.ts'
import { type Config, StartError } from '../platform/config.ts'
import type { Database } from '../platform/db/connect.ts'
import { keepFingerprint, logsParameters, replaceFingerprint, restoreBallotBoxRole } from './queries.ts'
import { fingerprintOfKey } from './sameKey.ts'

/**
 * Makes sure at the start that the ballot box has its role, that no log of the database server joins person and ballot, and that
 * this process has the key the vote began with: with another one everybody who has voted would be somebody new. @errors StartError
 */
export async function prepareVoting(
  db: Database,
  config: Pick<Config, 'votingKey' | 'localDir'>,
  say: (line: string) => void = () => {},
): Promise<void> {
  await restoreBallotBoxRole(db)
  if (await logsParameters(db)) {
    say(
      'Warning: the database server logs what statements are given, so ballots beside persons. Set log_parameter_max_length = 0, log_parameter_max_length_on_error = 0 and auto_explain.log_min_duration = -1 there.',
    )
  }
  const fingerprint = fingerprintOfKey(config)
  if ((await keepFingerprint(db, fingerprint)).equals(fingerprint)) return
  const isReplaced = await db.transaction().execute(async (trx) => {
    if (!(await replaceFingerprint(trx, fingerprint))) return false
    // What sessions know of their voters was hashed with the old key.
    await closeAllSessions(trx)
    return true
  })
  if (!isReplaced) {
    throw new StartError(
      'VOTING_KEY is another one than the key that a roll, codes or a vote that is frozen or running began with. Set it to that key, the same for every process; without VOTING_KEY it is in the file voting.key of LOCAL_DIR.',
    )
  }
}
