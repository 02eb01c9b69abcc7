import type { DistrictResult } from '../result.api.ts'

type Counted = Pick<DistrictResult, 'decidedBy' | 'ballots' | 'invalid' | 'turnout' | 'marks' | 'receipts'>

export interface BoxDifference {
  /** Marked from home, and codes that were used. */
  marks: number
  receipts: number
  /** Null where the box was of knock-out rounds: the result tells no sum of them. */
  ballots: number | null
}

/** What a district's box holds, where marks, ballots and receipts are not as many; null where they are or nobody can tell. */
export function boxDifference({ decidedBy, ballots, invalid, turnout, marks, receipts }: Counted): BoxDifference | null {
  if (marks === null || receipts === null) return null
  const refused = invalid.reduce((sum, { count }) => sum + count, 0)
  const onPaper = turnout.reduce((sum, one) => sum + (one.channel === 'paper' ? one.ballots : 0), 0)
  const inBox = decidedBy === 'ballots' && ballots !== null ? ballots + refused - onPaper : null
  return marks === receipts && (inBox === null || inBox === marks) ? null : { marks, receipts, ballots: inBox }
}
