import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import type { BallotNumbers, NewBallots } from './contract.ts'
import { takeNumbers } from './printQueries.ts'
import { meetingProblem } from './problems.ts'
import type { MeetingKey } from './queries.ts'
import { atMeeting, FROM_FREEZING, logWork, meansOf } from './work.ts'

/**
 * Takes the next numbers for ballots that go to the printer: a number stands on one paper only, however many print. It needs no
 * meeting. @errors Problem `no-election`, `wrong-state`, `channel-not-used`, `not-decided-so` when the district has no such papers
 */
export function numberBallots(
  deps: Pick<Deps, 'db' | 'clock'>,
  person: SessionPerson,
  key: MeetingKey,
  { count, roundNumber }: NewBallots,
): Promise<BallotNumbers> {
  return atMeeting(deps, person, key, FROM_FREEZING, async (work) => {
    const { decidedBy } = work.district.settings
    if (!meansOf(work.district).includes('paper')) throw meetingProblem('channel-not-used')
    const isTheirs = decidedBy === 'knock-out' ? roundNumber > 0 : decidedBy === 'ballots' && roundNumber === 0
    if (!isTheirs) throw meetingProblem('not-decided-so')
    const lastNumber = await takeNumbers(work.trx, { ...key, roundNumber }, count)
    const firstNumber = lastNumber - count + 1
    await logWork(work, 'ballots-printed', { roundNumber, firstNumber, lastNumber })
    return { roundNumber, firstNumber, lastNumber }
  })
}
