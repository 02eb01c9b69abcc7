import type { StageRecord } from '../../../server/allocation/rules/transcript.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage } from '../../lib/i18n.ts'
import type { Translate } from '../../lib/translate.ts'

type Stage = Extract<StageRecord, { kind: 'equal-shares' }>

/** The rounds of equal shares: who is bought, what each supporter pays, and what is left behind the others. */
export function EqualSharesRounds({
  stage,
  titleOf,
  words: t,
}: {
  stage: Stage
  titleOf: (projectId: string) => string
  words: Translate
}) {
  const language = useLanguage()
  const money = (value: number) => formatAmount(Math.round(value), language)
  return (
    <div className="bm-tally-rounds">
      <h3>{t('rounds.title')}</h3>
      <p className="bm-fine">
        {t('rounds.endowment', { amount: `${formatNumber(stage.endowment, language, 2)}` })}
        {stage.increments > 0 ? ` ${t('rounds.increments', { count: stage.increments })}` : ''}
      </p>
      <ol>
        {stage.rounds.map(({ round, projectId, cost, effectiveVotes, supporterPays, payers, payersOfAll, standings }) => (
          <li key={round}>
            <strong lang="da">{titleOf(projectId)}</strong>{' '}
            {t('rounds.bought', {
              cost: money(cost),
              votes: formatNumber(effectiveVotes, language, 1),
              pays: formatNumber(supporterPays, language, 2),
            })}
            {payersOfAll > 0 ? ` ${t('rounds.payersOfAll', { count: payersOfAll, payers: formatNumber(payers, language) })}` : ''}
            {standings.length > 0 ? (
              <ul>
                {standings.map((standing) => (
                  <li key={standing.projectId}>
                    <span lang="da">{titleOf(standing.projectId)}</span>
                    {': '}
                    {standing.effectiveVotes === null
                      ? t('rounds.outOfMoney', { left: money(standing.moneyLeft) })
                      : t('rounds.standing', {
                          votes: formatNumber(standing.effectiveVotes, language, 1),
                          left: money(standing.moneyLeft),
                        })}
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  )
}
