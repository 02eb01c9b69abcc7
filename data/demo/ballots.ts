import { hash } from 'node:crypto'
import { readFrozenElection } from '../../server/elections/setup.ts'
import type { Deps } from '../../server/platform/deps.ts'
import type { SessionPerson } from '../../server/platform/http/environment.ts'
import { castOne } from '../../server/voting/cast.ts'
import { makeCodes } from '../../server/voting/codes.ts'

/** Invented ballots by district: unlike the others, the smallest one has too few for its ballots to be published. */
const BALLOTS: Record<string, number> = { 'ballerup-nord': 46, 'ballerup-syd': 112, maaloev: 17, skovlunde: 74 }
/** How well the projects of a district are liked, in the order of the ballot. */
const LIKED = [0.45, 0.6, 0.35]

/** A number from 0 to 1 that is the same at every run. */
function chance(text: string): number {
  return hash('sha256', text, 'buffer').readUInt32BE() / 2 ** 32
}

/** Casts invented ballots by code in every district; answers how many. */
export async function castDemoBallots(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  organiser: SessionPerson,
  year: number,
): Promise<number> {
  const { setup, setupSha256 } = await readFrozenElection(deps.db, year)
  let cast = 0
  for (const { districtId, lines } of setup.districts) {
    const count = BALLOTS[districtId] ?? 20
    const { codes } = await makeCodes(deps, organiser, year, { districtId, count, meetingId: null, roundNumber: 0 })
    for (const [index, code] of codes.entries()) {
      const liked = lines.filter(({ projectId }, line) => chance(`${index} ${projectId}`) < (LIKED[line] ?? 0.5))
      const choices = { projectIds: liked.map(({ projectId }) => projectId) }
      const retryKey = `demo-${districtId}-${index}`.padEnd(22, '-')
      await castOne(deps, { year, person: null, addressKey: 'demo', sent: { districtId, choices, code, retryKey, setupSha256 } })
      cast += 1
    }
  }
  return cast
}
