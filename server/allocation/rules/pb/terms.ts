import type { CountOptions } from '../count.ts'
import type { Election } from '../election.ts'
import type { RuleName } from '../ruleNames.ts'
import { parseTieOrder, type TieOrder } from '../ties.ts'
import type { PbFile } from './pbReader.ts'

/** The exact variant as the file's comment names it, so that anybody can count the same. */
export function variantComment(variant: { rule: RuleName; tie: string; minScore: number; step: number; remainderOffer: boolean }): string {
  const { rule, tie, minScore, step, remainderOffer } = variant
  return `#1: rule=${rule} tie=${tie} min_score=${minScore} step=${step} remainder_offer=${Number(remainderOffer)}`
}

const VARIANT = /#1: rule=\S+ tie=(\S+) min_score=(\d{1,9}) step=(\d{1,9}) remainder_offer=([01])(?!\S)/

/** Ties fall by the lot where the file has one, else by the ids: a file from elsewhere need not have a lot. */
function usualTie({ lot }: Election): TieOrder {
  return ['min-cost', 'max-votes', lot === null ? 'lexico' : 'lot']
}

/**
 * How a file wants to be counted, whatever the rule: by our comment where it has one, else by Pabulib's threshold alone. A tie
 * order that the file cannot keep, by a lot it does not name, gives way to the usual one.
 */
export function termsOf({ meta, election }: Pick<PbFile, 'meta' | 'election'>): Pick<
  CountOptions,
  'minScore' | 'step' | 'remainderOffer'
> & {
  tie: TieOrder
} {
  const [, tieText = '', minScore, step, remainderOffer] = VARIANT.exec(meta.comment ?? '') ?? []
  const written = parseTieOrder(tieText)
  const tie = written === null || (written.includes('lot') && election.lot === null) ? usualTie(election) : written
  const threshold = minScore ?? meta.min_project_score_threshold ?? ''
  return {
    tie,
    minScore: /^\d{1,9}$/.test(threshold) ? Number(threshold) : 1,
    step: Math.max(1, Number(step ?? 1)),
    remainderOffer: remainderOffer === '1',
  }
}
