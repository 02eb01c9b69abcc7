import type { Database } from '../platform/db/connect.ts'
import { selectCoFunding, selectLines, selectNewestAssessments } from './queries.ts'
import { totalsOf } from './rules/estimate.ts'

/** What was decided of an idea last, if nobody looks at it again. */
export interface DecidedAssessment {
  isFeasible: boolean
  /** What the round pays by the approved estimate; null without lines. */
  estimate: { costDkk: number; runningCostDkkPerYear: number } | null
}

/** The decisions that stand, by idea; an idea without one, or one looked at again, is not in it. */
export async function readDecidedAssessments(db: Database, ideaIds: readonly number[]): Promise<Map<number, DecidedAssessment>> {
  const rows = (await selectNewestAssessments(db, ideaIds)).filter(({ state }) => state === 'decided')
  const ids = rows.map(({ assessmentId }) => assessmentId)
  const lines = await selectLines(db, ids)
  const coFunding = await selectCoFunding(db, ids)
  return new Map(
    rows.map(({ ideaId, assessmentId, outcome, contingencyPercent, runningYears }) => {
      const own = lines.filter((line) => line.assessmentId === assessmentId)
      const funding = coFunding.filter((one) => one.assessmentId === assessmentId)
      const { roundDkk, runningCostDkkPerYear } = totalsOf({ lines: own, coFunding: funding, contingencyPercent, runningYears })
      const isFeasible = outcome === 'feasible' || outcome === 'feasible-on-conditions'
      return [ideaId, { isFeasible, estimate: own.length === 0 ? null : { costDkk: roundDkk, runningCostDkkPerYear } }]
    }),
  )
}
