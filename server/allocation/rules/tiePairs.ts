import type { TieCriterion, TieOrder } from './ties.ts'

/** What of a tied project a criterion looks at; of name and lot no two are ever equal. */
export interface TiedProject {
  readonly projectId: string
  readonly cost: number
  readonly votes: number
}

/** One tied project that went before another, and the criterion that put it there. */
interface TiePair {
  readonly before: string
  readonly after: string
  readonly criterion: TieCriterion
}

function puttingApart(order: TieOrder, a: TiedProject, b: TiedProject): TieCriterion {
  const isApart = (criterion: TieCriterion) =>
    criterion === 'min-cost' ? a.cost !== b.cost : criterion === 'max-votes' ? a.votes !== b.votes : true
  return order.find(isApart) ?? (order.at(-1) as TieCriterion)
}

/**
 * What put tied projects before each other. A report of a tie names the last criterion that any of them needed, which need not be
 * the one that put the first in front. `walk`: they were taken one after the other, so each is held against the next. `first`: only
 * the first was taken, so it is held against each of the others.
 */
export function tiePairs(order: TieOrder, tied: readonly TiedProject[], how: 'walk' | 'first'): TiePair[] {
  return tied.slice(1).map((project, index) => {
    const front = tied[how === 'walk' ? index : 0] as TiedProject
    return { before: front.projectId, after: project.projectId, criterion: puttingApart(order, front, project) }
  })
}
