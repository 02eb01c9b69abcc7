import type { Assessment } from '../../../server/assessments/contract.ts'
import { formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { PlanSign } from '../../plan/tools/PlanSign.tsx'

interface BasisLinesProps {
  basis: Assessment['answers'][number]['basis']
  nameOf: (layerId: string) => string
}

/** What the check of the place found behind a question: the layer, how hard it bites, how far away. */
export function BasisLines({ basis: { findings, notChecked }, nameOf }: BasisLinesProps) {
  const { t } = useTranslation(['assessment', 'mapTools'])
  const language = useLanguage()
  if (findings.length === 0 && notChecked.length === 0) return null
  return (
    <ul className="bm-basis">
      {findings.map(({ layerId, severity, relation, distanceM }) => (
        <li key={layerId}>
          <PlanSign verdict={severity} size={17} />
          <span>
            <strong>{nameOf(layerId)}</strong>: {t(`severity.${severity}`)}
            {relation === null ? '' : `, ${whereWords(relation, distanceM)}`}
          </span>
        </li>
      ))}
      {notChecked.length > 0 ? (
        <li>
          <PlanSign verdict="clear" partial size={17} />
          <span>{t('checklist.notChecked', { layers: notChecked.map(nameOf).join(', ') })}</span>
        </li>
      ) : null}
    </ul>
  )

  function whereWords(relation: 'inside' | 'near', distanceM: number | null): string {
    if (relation === 'inside') return t('findings.inside')
    if (!distanceM) return t('findings.touching')
    return t('findings.near', { distance: formatDistance(distanceM, language) })
  }
}
