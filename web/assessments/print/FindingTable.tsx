import type { CheckResult } from '../../../server/feasibility/contract.ts'
import { notCheckedNames } from '../../feasibility/answer.ts'
import { formatDate, formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { PlanSign } from '../../plan/tools/PlanSign.tsx'

/** What the layers say of the place, with law, authority and the age of the data. */
export function FindingTable({ check }: { check: CheckResult }) {
  const { t } = useTranslation(['assessment', 'mapTools'])
  const language = useLanguage()
  const missing = notCheckedNames(check)
  return (
    <section>
      <h3>{t('print.findings')}</h3>
      <p className="bm-a4-verdict">
        <PlanSign verdict={check.verdict} partial={check.partial} />{' '}
        {t(check.partial && check.verdict === 'clear' ? 'verdict.clearPartial' : `verdict.${check.verdict}`)}
      </p>
      {check.findings.length > 0 ? (
        <table>
          <tbody>
            {check.findings.map((finding) => (
              <tr key={finding.layerId}>
                <th scope="row">
                  <PlanSign verdict={finding.severity} size={14} /> {finding.name}
                </th>
                <td>
                  {t(`severity.${finding.severity}`)},{' '}
                  {finding.relation === 'inside'
                    ? t('findings.inside')
                    : finding.distanceM === 0
                      ? t('findings.touching')
                      : t('findings.near', { distance: formatDistance(finding.distanceM, language) })}
                </td>
                <td>{finding.law}</td>
                <td>{finding.authority}</td>
                <td>
                  {finding.features[0]?.datasetDate ? formatDate(finding.features[0].datasetDate, language) : t('findings.dataUnknown')}
                  {finding.isDemo ? ` (${t('layers.demo')})` : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {missing.length > 0 ? <p>{t('print.notChecked', { layers: missing.join(', ') })}</p> : null}
      <p className="bm-a4-meta">{t('print.checked', { date: formatDate(check.checkedAt, language), version: check.catalogueVersion })}</p>
    </section>
  )
}
