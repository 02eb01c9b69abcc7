import type { Raising } from './equalShares/addOne.ts'
import type { Utility } from './equalShares/price.ts'
import type { WalkRule } from './greedy.ts'
import type { PhragmenMisfit } from './phragmen.ts'
import type { Welfare } from './welfare.ts'

/** How a rule goes, read off its name. */
export type RulePlan =
  | { readonly method: 'walk'; readonly walk: WalkRule }
  | { readonly method: 'equal-shares'; readonly utility: Utility; readonly raising: Raising; readonly isCompleted: boolean }
  | { readonly method: 'phragmen'; readonly onMisfit: PhragmenMisfit }
  | { readonly method: 'best-set'; readonly welfare: Welfare }

const equalShares = (utility: Utility, raising: Raising, isCompleted: boolean) =>
  ({ method: 'equal-shares', utility, raising, isCompleted }) as const satisfies RulePlan

/** Every rule by its name; the names are those of the reference outcomes, with two variants more. */
export const RULES = {
  greedy_cost: { method: 'walk', walk: { measure: 'votes', onMisfit: 'skip' } },
  'greedy_cost-noskip': { method: 'walk', walk: { measure: 'votes', onMisfit: 'stop' } },
  'greedy_cost-noskip80': { method: 'walk', walk: { measure: 'votes', onMisfit: 'top-up' } },
  greedy_card: { method: 'walk', walk: { measure: 'votes-per-cost', onMisfit: 'skip' } },
  mes_cost: equalShares('cost', 'none', false),
  'mes_cost+greedy': equalShares('cost', 'none', true),
  'mes_cost+add1': equalShares('cost', 'until-exhaustive', false),
  'mes_cost+add1-nostop': equalShares('cost', 'until-overspending', false),
  'mes_cost+add1u': equalShares('cost', 'until-exhaustive', true),
  mes_card: equalShares('card', 'none', false),
  'mes_card+greedy': equalShares('card', 'none', true),
  'mes_card+add1': equalShares('card', 'until-exhaustive', false),
  'mes_card+add1-nostop': equalShares('card', 'until-overspending', false),
  'mes_card+add1u': equalShares('card', 'until-exhaustive', true),
  phragmen: { method: 'phragmen', onMisfit: 'stop' },
  'phragmen-skip': { method: 'phragmen', onMisfit: 'skip' },
  max_welfare_cost: { method: 'best-set', welfare: 'cost' },
  max_welfare_card: { method: 'best-set', welfare: 'card' },
} as const satisfies Record<string, RulePlan>

export type RuleName = keyof typeof RULES
export const RULE_NAMES = Object.keys(RULES) as RuleName[]

/** Whether a text names a rule. */
export function isRuleName(text: string): text is RuleName {
  return Object.hasOwn(RULES, text)
}
