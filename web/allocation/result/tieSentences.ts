import { type TiedProject, tiePairs } from '../../../server/allocation/rules/tiePairs.ts'
import { parseTieOrder, type TieOrder } from '../../../server/allocation/rules/ties.ts'
import type { TieReport } from '../../../server/allocation/rules/transcript.ts'
import type { DistrictResult } from '../result.api.ts'
import type { Wording } from './reasonSentences.ts'

/** What is needed to say why one tied project went before another. */
export interface TieFacts {
  readonly order: TieOrder
  readonly projects: ReadonlyMap<string, TiedProject>
}

/** Of a district; null where the order of ties, a cost or a number of votes is not known. */
export function tieFactsOf({ tie, projects }: Pick<DistrictResult, 'tie' | 'projects'>): TieFacts | null {
  const order = tie === null ? null : parseTieOrder(tie)
  if (order === null) return null
  const known = projects.flatMap(({ projectId, costDkk, votes }) =>
    costDkk === null || votes === null ? [] : [[projectId, { projectId, cost: costDkk, votes }] as const],
  )
  return { order, projects: new Map(known) }
}

type Tied = Pick<TieReport, 'stage' | 'projects' | 'criterion'>

function pairsOf({ stage, projects, criterion }: Tied, facts: TieFacts | null) {
  const known = projects.flatMap((id) => facts?.projects.get(id) ?? [])
  if (facts !== null && known.length === projects.length) return tiePairs(facts.order, known, stage === 'equal-shares' ? 'first' : 'walk')
  // Of two the criterion reported is the one that decided; of more it need not be what put the first in front.
  const [before = '', after = ''] = projects
  return projects.length === 2 ? [{ before, after, criterion }] : []
}

function where({ stage, step, fromRun, toRun }: Pick<TieReport, 'stage' | 'step' | 'fromRun' | 'toRun'>, { t }: Wording): string {
  if (stage !== 'equal-shares') return t('ties.place', { step })
  if (toRun === 0) return t('ties.round', { step })
  return fromRun === toRun ? t('ties.roundRaised', { step, count: toRun }) : t('ties.roundsRaised', { step, from: fromRun, to: toRun })
}

function tieWords(tie: Tied, wording: Wording, facts: TieFacts | null): string {
  const { t, language, titleOf } = wording
  const list = new Intl.ListFormat(language === 'da' ? 'da-DK' : 'en-GB', { type: 'conjunction' })
  const equal = t('ties.equal', { projects: list.format(tie.projects.map((id) => t('ties.quoted', { title: titleOf(id) }))) })
  const pairs = pairsOf(tie, facts)
  if (pairs.length === 0) return `${equal} ${t('ties.order')}`
  const sentences = pairs.map(({ before, after, criterion }) =>
    t('ties.pair', { before: titleOf(before), after: titleOf(after), why: t(`criterion.${criterion}`) }),
  )
  return [equal, ...sentences].join(' ')
}

/** Which projects were equal and in which step, and what put each before the next, as plain sentences. */
export function tieSentence(tie: TieReport, wording: Wording, facts: TieFacts | null): string {
  return `${where(tie, wording)} ${tieWords(tie, wording, facts)}`
}

/** The same for a round of a knock-out, where ties fall by the lot alone. */
export function knockOutTieWords(projects: readonly string[], wording: Wording): string {
  const equal = new Map(projects.map((projectId) => [projectId, { projectId, cost: 0, votes: 0 }]))
  return tieWords({ stage: 'walk', projects, criterion: 'lot' }, wording, { order: ['lot'], projects: equal })
}
