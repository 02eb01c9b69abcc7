import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { countRequest } from '../platform/http/rateLimit.ts'
import type { GuessBuckets } from './castQueries.ts'

// A code is one of 29 to the 11th, 1.2e16. With 10,000 of them out, a guess with a right check symbol hits once in 1.2e12. A whole
// hall or a mobile network may share one address prefix, so it has 1,000 wrong ones an hour: one that goes on for twenty days makes
// 480,000 and hits with a chance of 1 in 2.5 million. Once a round has seen 2,000 in an hour, each prefix has 100. Somebody with
// 100,000 prefixes who goes on for twenty days sends 2,800 a second, 4.8e9 in all, and hits one code with a chance of 1 in 250. A
// slip of the finger does not count: its check symbol is wrong, and no code is looked up for it. The numbers stand in the
// statements that keep to them.
const WINDOW_S = 3600

/** What wrong codes are counted by now: the neighbourhood of the address, and the round. */
export function guessBuckets(year: number, addressKey: string, at: Date): GuessBuckets {
  const now = at.getTime()
  return {
    windowStart: new Date(now - (now % (WINDOW_S * 1000))),
    addressBucket: `voting-code:address:${addressKey}`,
    roundBucket: `voting-code:round:${year}`,
  }
}

/** Counts a wrong code. */
export async function countGuess(deps: Pick<Deps, 'db' | 'clock'>, { addressBucket, roundBucket }: GuessBuckets): Promise<void> {
  await countRequest(deps, addressBucket, WINDOW_S)
  await countRequest(deps, roundBucket, WINDOW_S)
}

/** Says when codes are looked at again. */
export function tooManyGuesses(at: Date) {
  const elapsedS = (at.getTime() / 1000) % WINDOW_S
  return commonProblem('too-many-requests', { retryAfterS: Math.max(1, Math.ceil(WINDOW_S - elapsedS)) })
}
