import type { ElectionDistrict } from '../elections/contract.ts'
import type { TotalsReason } from './contract.ts'

type District = Pick<ElectionDistrict, 'shareDkk' | 'lines' | 'exclusivePairs'> & {
  settings: Pick<ElectionDistrict['settings'], 'minVotes'>
}

/**
 * Why the losers of few ballots did not win, as far as totals and the set-up tell. What is left depends on who chose what together,
 * and is not told.
 */
export function reasonsFromTotals(
  { shareDkk, lines, exclusivePairs, settings }: District,
  votes: readonly { projectId: string; votes: number }[],
  winners: readonly string[],
): TotalsReason[] {
  const needed = Math.max(1, settings.minVotes)
  const votesOf = new Map(votes.map((line) => [line.projectId, line.votes]))
  const rivalOf = (id: string) =>
    exclusivePairs.flatMap(({ projectIds }) => (projectIds.includes(id) ? projectIds : [])).find((other) => winners.includes(other))
  return lines
    .filter(({ projectId }) => !winners.includes(projectId))
    .map(({ projectId, costDkk }) => {
      if ((votesOf.get(projectId) ?? 0) < needed) return { projectId, kind: 'too-few-votes', by: null }
      if (costDkk > shareDkk) return { projectId, kind: 'over-pool', by: null }
      const by = rivalOf(projectId)
      return by === undefined ? { projectId, kind: 'not-shown', by: null } : { projectId, kind: 'excluded', by }
    })
}
