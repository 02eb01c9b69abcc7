import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { DistrictResult } from '../result.api.ts'
import { shareTrail } from './shareTrail.ts'

/** "Where your share went", for an invented ballot, never for a real one. */
export function TrailPicture({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  if (district.decidedBy !== 'ballots' || district.isWithheld || district.passedOn.length > 0) return null
  const trail = shareTrail(district)
  if (trail === null) return null
  const money = (amount: number) => formatAmount(Math.round(amount), language)
  const chosen = new Intl.ListFormat(language, { type: 'conjunction' }).format(
    trail.chosen.map((id) => t('trail.quoted', { title: titleOf(id) })),
  )
  return (
    <details className="bm-tally-steps">
      <summary>{t('trail.open')}</summary>
      <p>{t('trail.example', { chosen, part: money(trail.part) })}</p>
      <div className="bm-trail" aria-hidden="true">
        {trail.pieces.map(({ projectId, amount, isChosen }) => (
          <span key={projectId ?? 'left'} data-chosen={isChosen} data-left={projectId === null} style={{ flexGrow: amount }} />
        ))}
      </div>
      <ul className="bm-notes">
        {trail.pieces.map(({ projectId, amount, isChosen }) => (
          <li key={projectId ?? 'left'}>
            {projectId === null
              ? t('trail.left', { amount: money(amount) })
              : t(isChosen ? 'trail.chosen' : 'trail.notChosen', {
                  amount: money(amount),
                  title: titleOf(projectId),
                  percent: formatNumber((amount / trail.part) * 100, language),
                })}
          </li>
        ))}
      </ul>
      <p className="bm-fine">{t(`trail.${trail.how}`)}</p>
    </details>
  )
}
