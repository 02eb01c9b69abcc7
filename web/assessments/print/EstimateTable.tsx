import type { Estimate } from '../../../server/assessments/contract.ts'
import { lineDkk } from '../../../server/assessments/rules/estimate.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'

/** The lines of the estimate; the sums stand below it. */
export function EstimateTable({ estimate }: { estimate: Estimate }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  return (
    <section>
      <h3>{t('print.estimate')}</h3>
      <table>
        <tbody>
          {estimate.lines.map((line, index) => (
            <tr key={`line-${index.toString()}`}>
              <th scope="row">{line.label}</th>
              <td>
                {formatNumber(line.quantity, language, 2)} {t(`unit.${line.unit}`)} × {formatAmount(line.unitPriceDkk, language)}
              </td>
              <td>{t(`payer.${line.paidBy}`)}</td>
              <td className="bm-a4-money">{formatAmount(lineDkk(line), language)}</td>
            </tr>
          ))}
          {estimate.coFunding.map((row, index) => (
            <tr key={`funding-${index.toString()}`}>
              <th scope="row">{row.source}</th>
              <td>{t('economy.coFunding')}</td>
              <td>{row.isConfirmed ? t('economy.confirmed') : ''}</td>
              <td className="bm-a4-money">−{formatAmount(row.amountDkk, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
