import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Share } from '../../server/rounds/contract.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { sharesQuery } from './rounds.api.ts'

/** Each district's part of the million, largest first, with its number of ideas. */
export function ShareList({ year, totalDkk }: { year: number | null; totalDkk: number | null }) {
  const { t } = useTranslation('rounds')
  const language = useLanguage()
  const { data, error, refetch } = useQuery(sharesQuery(year))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  const shares = data?.items.toSorted((a, b) => (b.shareDkk ?? 0) - (a.shareDkk ?? 0))
  return (
    <section className="bm-shares" aria-label={t('share.title')}>
      <ul>
        {shares?.map((share) => <ShareRow key={share.districtId} share={share} totalDkk={totalDkk} />) ??
          [0, 1, 2, 3].map((row) => (
            <li key={row} className="bm-share">
              <Skeleton height={20} />
              <Skeleton height={8} />
            </li>
          ))}
      </ul>
      <p className="bm-fine">{totalDkk === null ? ' ' : t('share.caption', { total: formatAmount(totalDkk, language) })}</p>
    </section>
  )
}

function ShareRow({ share, totalDkk }: { share: Share; totalDkk: number | null }) {
  const { t } = useTranslation('rounds')
  const language = useLanguage()
  return (
    <li className="bm-share">
      <Link to="/bydele/$id" params={{ id: share.districtId }} className="bm-share-link">
        <DistrictChip districtId={share.districtId} name={share.name} />
        <span className="bm-share-numbers">
          {formatAmount(share.shareDkk, language)} · {t('share.ideas', { count: share.ideaCount })}
        </span>
        <BudgetBar districtId={share.districtId} part={share.shareDkk} whole={totalDkk} />
      </Link>
    </li>
  )
}
