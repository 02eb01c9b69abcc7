import { expect } from 'vitest'
import { type CountOptions, countElection } from '../../server/allocation/rules/count.ts'
import type { Election } from '../../server/allocation/rules/election.ts'
import { withCost, withMoreVotes } from '../../server/allocation/rules/enough.ts'
import type { RuleName } from '../../server/allocation/rules/ruleNames.ts'
import type { ProjectOutcome } from '../../server/allocation/rules/transcript.ts'

/** Counts again with what is said to have been enough for a loser, and with one unit or one vote less than that. */
export function expectEnough(election: Election, rule: RuleName, options: CountOptions, { projectId, cost, enough }: ProjectOutcome): void {
  const isFunded = (changed: Election) => countElection(changed, rule, { ...options, withTranscript: false }).selected.includes(projectId)
  const atCost = (changed: number) => isFunded(withCost(election, projectId, changed))
  const withVotes = (more: number) => isFunded(more === 0 ? election : withMoreVotes(election, projectId, more))
  if (enough === null) throw new Error(`nothing is said of ${projectId}`)
  if (enough.cost === null) expect(atCost(0)).toBe(false)
  else expect([enough.cost < cost, atCost(enough.cost), atCost(enough.cost + 1)]).toEqual([true, true, false])
  if (enough.moreVotes !== null) expect([withVotes(enough.moreVotes), withVotes(enough.moreVotes - 1)]).toEqual([true, false])
}
