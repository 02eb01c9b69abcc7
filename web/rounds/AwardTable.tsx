import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isBeforeAwards } from '../../server/kernel/phases.ts'
import type { Round, Share } from '../../server/rounds/contract.ts'
import { formatAmount, formatNumber } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { sharesQuery } from './rounds.api.ts'

/** What each district had, what it gave, and what was left. */
export function AwardTable({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const { data, error, refetch } = useQuery(sharesQuery(round.year))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  const isKnown = data?.items.some((share) => share.shareDkk !== null)
  return (
    <section className="bm-section" aria-labelledby="shares">
      <h2 id="shares">{t('share.title')}</h2>
      {!data ? <Skeleton height={150} /> : null}
      {data && !isKnown ? <p>{t('share.unknown')}</p> : null}
      {isKnown ? (
        <ul className="bm-awards">
          {data?.items.map((share) => (
            <AwardLine key={share.districtId} share={share} round={round} />
          ))}
        </ul>
      ) : null}
      {isKnown && data?.items.some((share) => share.populationIsDerived) ? <p className="bm-fine">{t('share.derived')}</p> : null}
    </section>
  )
}

function AwardLine({ share, round }: { share: Share; round: Round }) {
  const { t } = useTranslation('rounds')
  const language = useLanguage()
  const { awardedDkk, shareDkk, remainderDkk } = share
  const isOpen = isBeforeAwards(round.currentPhase)
  const values = {
    share: formatAmount(shareDkk, language),
    total: formatAmount(round.totalDkk, language),
    awarded: formatAmount(awardedDkk, language),
  }
  const people = share.population === null ? null : formatNumber(share.population, language)
  return (
    <li>
      <p className="bm-award-name">
        <Link to="/bydele/$id" params={{ id: share.districtId }}>
          <DistrictChip districtId={share.districtId} name={share.name} />
        </Link>
        <span>{t('share.of', values)}</span>
      </p>
      <BudgetBar districtId={share.districtId} part={awardedDkk} whole={shareDkk} />
      <p className="bm-fine">
        {isOpen ? t('share.undecided') : `${t('share.awarded')}: ${values.awarded}`}
        {!isOpen && remainderDkk ? ` · ${t('share.remainder')}: ${formatAmount(remainderDkk, language)}` : ''}
        {people ? ` · ${t('share.population')}: ${people}` : ''}
      </p>
    </li>
  )
}
