import type { RuleName } from '../../../server/allocation/rules/ruleNames.ts'
import { parseTieOrder, type TieOrder } from '../../../server/allocation/rules/ties.ts'
import type { CountOrder } from '../countOrder.ts'
import type { DistrictResult } from '../result.api.ts'

type Terms = Pick<DistrictResult, 'tie' | 'minVotes' | 'remainderOffer' | 'other'>

/** For a file of one's own that says nothing of ties. */
const NAMES_LAST: TieOrder = ['min-cost', 'max-votes', 'lexico']

/**
 * How the ballots of a district are counted by another rule: ties, fewest votes and remainder as they were frozen. The other rule
 * that stands in the result is counted with the ties it was counted with there, so that the two pages agree.
 */
export function whatIfOrder(pb: string, rule: RuleName, district: Terms | null): CountOrder {
  if (district === null) return { source: { pb }, rule, options: { tie: NAMES_LAST, withTranscript: true }, asWritten: true }
  const { tie, minVotes, remainderOffer, other } = district
  const frozen = parseTieOrder((rule === other?.rule ? other.tie : tie) ?? '')
  return {
    source: { pb },
    rule,
    options: { tie: frozen ?? NAMES_LAST, minScore: minVotes ?? 1, remainderOffer: remainderOffer ?? false, withTranscript: true },
  }
}
