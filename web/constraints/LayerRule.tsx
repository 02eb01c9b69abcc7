import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { formatNumber } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Facts } from '../ui/Facts.tsx'

/** What the law says, where it bites, who decides and how long that takes. */
export function LayerRule({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  const law = layer.law[language]
  const weeks = layer.waitingWeeks
  return (
    <section className="bm-section" aria-labelledby="regel">
      <h2 id="regel">{t('rule.title')}</h2>
      <p className="bm-text">{layer.rule[language]}</p>
      <Facts
        items={[
          { term: t('rule.law'), value: layer.lawUrl ? <a href={layer.lawUrl}>{law}</a> : law },
          { term: t('rule.where'), value: <Where layer={layer} /> },
          { term: t('rule.authority'), value: layer.authority[language] },
          {
            term: t('rule.waiting'),
            value:
              weeks === null ? (
                <span className="bm-unknown">{t('rule.waitingUnknown')}</span>
              ) : weeks === 0 ? (
                t('rule.noWaiting')
              ) : (
                t('rule.weeks', { count: weeks })
              ),
          },
          { term: t('rule.step'), value: `${layer.workOrder}. ${t(`step.${layer.workOrder}`)}` },
        ]}
      />
    </section>
  )
}

function Where({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  const { isMapped, distanceM, warnM, needsCoverage } = layer
  const metres = (value: number) => formatNumber(value, language, 1)
  if (!isMapped) return <>{t('where.everywhere')}</>
  const parts = [
    distanceM > 0 ? t('where.within', { metres: metres(distanceM) }) : t('where.inside'),
    ...(warnM > 0 ? [t('where.warn', { metres: metres(distanceM + warnM) })] : []),
    ...(needsCoverage ? [t('where.coverage')] : []),
  ]
  return <>{parts.join(' ')}</>
}
