import type { ProjectOutcome, Reason } from '../../../server/allocation/rules/transcript.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { Translate } from '../../lib/translate.ts'
import type { DistrictResult } from '../result.api.ts'

export interface Wording {
  t: Translate
  language: Language
  /** A project's title by its id. */
  titleOf: (projectId: string) => string
}

function valuesOf(reason: Reason, { language, titleOf }: Wording): Record<string, string | number> {
  const amount = (value: number) => formatAmount(Math.round(value), language)
  switch (reason.kind) {
    case 'fits':
      return { rank: reason.rank }
    case 'topped-up':
      return { other: amount(reason.otherMoney) }
    case 'bought':
      return { round: reason.round, votes: formatNumber(reason.effectiveVotes, language, 1) }
    case 'earned':
      return { round: reason.round }
    case 'given-remainder':
      return { amount: amount(reason.amount) }
    case 'too-few-votes':
      return { count: reason.votes, needed: reason.needed }
    case 'over-pool':
      return { cost: amount(reason.cost), pool: amount(reason.pool) }
    case 'excluded':
      return { by: titleOf(reason.by) }
    case 'did-not-fit':
      return { left: amount(reason.left), missing: amount(reason.missing), cost: amount(reason.cost) }
    case 'after-stop':
      return { by: titleOf(reason.stoppedBy) }
    case 'supporters-short':
      return {
        left: amount(reason.moneyLeft),
        start: amount(reason.moneyAtStart),
        missing: amount(reason.missing),
        cost: amount(reason.cost),
      }
    default:
      return {}
  }
}

/** Why a project is funded or is not, as plain sentences: the reason that stands, then where its voters' money went. */
export function reasonSentences({ reasons }: Pick<ProjectOutcome, 'reasons'>, wording: Wording): string[] {
  const { t, language, titleOf } = wording
  const last = reasons.at(-1)
  if (last === undefined) return []
  const short = reasons.find((reason) => reason.kind === 'supporters-short')
  // Equal shares left it short of money, and the walk with the rest in the end had too little as well.
  const [first, end] = last.kind === 'did-not-fit' && short ? [short, last] : [last, null]
  const spent = short && last.kind !== 'fits' && last.kind !== 'given-remainder' ? short.spentOn.filter(({ amount }) => amount >= 1) : []
  return [
    t(`reason.${first.kind}`, valuesOf(first, wording)),
    ...spent.map(({ projectId, amount, ballots }) =>
      t('reason.spent-on', { amount: formatAmount(Math.round(amount), language), title: titleOf(projectId), count: ballots }),
    ),
    ...(end === null ? [] : [t('reason.in-the-end', valuesOf(end, wording))]),
  ]
}

/** What would have been enough for a loser; null for winners and where nobody asked. */
export function enoughSentence({ award, enough }: Pick<ProjectOutcome, 'award' | 'enough'>, { t, language }: Wording): string | null {
  if (award !== null || enough === null) return null
  const cost = enough.cost !== null && enough.cost > 0 ? formatAmount(enough.cost, language) : null
  const { moreVotes } = enough
  if (moreVotes !== null && cost !== null) return t('enough.both', { count: moreVotes, cost })
  if (moreVotes !== null) return t('enough.votes', { count: moreVotes })
  return cost === null ? null : t('enough.cost', { cost })
}

/** Why a loser of few ballots did not win, as far as totals tell; null where the steps tell, or it was not a loser of the count. */
export function totalsSentence(
  { totalsReasons, projects, minVotes, shareDkk }: Pick<DistrictResult, 'totalsReasons' | 'projects' | 'minVotes' | 'shareDkk'>,
  projectId: string,
  { t, language, titleOf }: Wording,
): string | null {
  const found = totalsReasons.find((one) => one.projectId === projectId)
  const project = projects.find((one) => one.projectId === projectId)
  if (found === undefined || project === undefined) return null
  return t(`reason.${found.kind}`, {
    count: project.votes ?? 0,
    needed: Math.max(1, minVotes ?? 1),
    cost: formatAmount(project.costDkk, language),
    pool: formatAmount(shareDkk, language),
    by: found.by === null ? '' : titleOf(found.by),
  })
}
