import type { Estimate, Totals } from '../../../server/assessments/contract.ts'
import { formatAmount, formatPercent } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'

interface TotalsViewProps {
  totals: Totals
  estimate: Pick<Estimate, 'contingencyPercent' | 'runningYears'>
  shareDkk: number | null
  districtId: string
}

/** The sums while one types, and how much of the district's share they take. */
export function TotalsView({ totals, estimate, shareDkk, districtId }: TotalsViewProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const money = (amountDkk: number) => formatAmount(amountDkk, language)
  const isOver = shareDkk !== null && totals.roundDkk > shareDkk
  const rows: [string, number][] = [
    [t('totals.works'), totals.worksDkk],
    [t('totals.contingency', { percent: estimate.contingencyPercent }), totals.contingencyDkk],
    [t('totals.total'), totals.totalDkk],
    [t('totals.municipality'), totals.paidByDkk.municipality],
    [t('totals.others'), totals.paidByDkk.others],
    [t('totals.confirmed'), totals.confirmedCoFundingDkk],
    [t('totals.running'), totals.runningCostDkkPerYear],
    [t('totals.runningMunicipal'), totals.municipalRunningCostDkkPerYear],
    [t('totals.runningYears', { count: estimate.runningYears }), totals.runningCostDkk],
    [t('totals.renewal', { count: estimate.runningYears }), totals.renewalDkk],
  ]
  return (
    <section className="bm-totals" aria-labelledby="totals">
      <h2 id="totals">{t('totals.title')}</h2>
      <dl>
        {rows.map(([name, amountDkk]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{money(amountDkk)}</dd>
          </div>
        ))}
        <div className="bm-totals-round">
          <dt>{t('totals.round')}</dt>
          <dd>{money(totals.roundDkk)}</dd>
        </div>
      </dl>
      {shareDkk === null ? (
        <p className="bm-fine">{t('totals.noShare')}</p>
      ) : (
        <div className="bm-totals-share" data-over={isOver || undefined} role="status">
          <BudgetBar districtId={districtId} part={totals.roundDkk} whole={shareDkk} />
          <p>
            {t('totals.ofShare', { percent: formatPercent(totals.roundDkk, shareDkk, language), share: money(shareDkk) })}
            {isOver ? ` ${t('totals.over', { amount: money(totals.roundDkk - shareDkk) })}` : ''}
          </p>
          {totals.coFundingDkk > totals.confirmedCoFundingDkk ? (
            <p className="bm-fine">{t('totals.withAll', { amount: money(totals.roundWithAllCoFundingDkk) })}</p>
          ) : null}
        </div>
      )}
    </section>
  )
}
