import { Link } from '@tanstack/react-router'
import type { Installation } from '../../server/installations/contract.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { lendToMap } from '../shell/mapState.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { Tile } from '../ui/Tile.tsx'

/** One finished thing: what, where, when, what it cost and who paid. */
export function InstallationCard({ installation }: { installation: Installation }) {
  const { t } = useTranslation('installations')
  const language = useLanguage()
  const { installationId, title, description, totalCostDkk, awardedDkk, funding } = installation
  const point = () => lendToMap({ hovered: { kind: 'installation', id: installationId } })
  const leave = () => lendToMap({ hovered: null })
  const money =
    totalCostDkk === null
      ? t('card.awarded', { amount: formatAmount(awardedDkk, language) })
      : t('card.cost', { amount: formatAmount(totalCostDkk, language) })
  return (
    <li className="bm-card" onPointerEnter={point} onPointerLeave={leave} onFocus={point} onBlur={leave}>
      <Tile category={installation.category} districtId={installation.districtId} />
      <div className="bm-card-text">
        <h3>
          <Link to="/anlaeg/$id" params={{ id: installationId }} className="bm-card-link" lang="da">
            {title}
          </Link>
        </h3>
        <p className="bm-card-excerpt" lang="da">
          {description}
        </p>
        <p className="bm-card-meta">
          <DistrictChip districtId={installation.districtId} name={installation.districtName}>
            {` · ${t('card.opened', { year: installation.openedYear })}`}
          </DistrictChip>
        </p>
        <p className="bm-card-meta">
          {money}
          {funding.length > 0 ? ` · ${t('card.with', { count: funding.length, first: funding[0]?.funder })}` : ''}
        </p>
      </div>
    </li>
  )
}
