import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Installation } from '../../server/installations/contract.ts'
import { announce } from '../lib/announce.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useChangeSearch, useSharedSearch } from '../lib/sharedSearch.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { Chip } from '../ui/Chip.tsx'
import { districtKey } from '../ui/districtKey.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { InstallationCard } from './InstallationCard.tsx'
import { installationsQuery } from './installations.api.ts'

/** Everything the rounds have built. */
export function InstallationsPage() {
  const { t } = useTranslation('installations')
  const { district } = useSharedSearch()
  const { data, error, refetch } = useQuery(installationsQuery)
  usePageTitle(t('title'))
  const shown = data?.items.filter((item) => !district || item.districtId === district).toSorted((a, b) => b.opened.localeCompare(a.opened))
  const count = shown ? t('count', { count: shown.length }) : null
  useEffect(() => {
    if (count === null) return
    markTextUsable()
    announce(count)
  }, [count])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!shown || !data) return <PageSkeleton />
  return (
    <>
      <div className="bm-page bm-front">
        <h1>{t('title')}</h1>
        <p className="bm-lead">{t('lead')}</p>
      </div>
      <div className="bm-filters">
        <DistrictFilter installations={data.items} />
      </div>
      <div className="bm-list-head">
        <h2 className="bm-list-title">{count}</h2>
      </div>
      {shown.length === 0 ? <EmptyState title={t('none')} text={t('noneText')} /> : null}
      <ul>
        {shown.map((installation) => (
          <InstallationCard key={installation.installationId} installation={installation} />
        ))}
      </ul>
    </>
  )
}

function DistrictFilter({ installations }: { installations: readonly Installation[] }) {
  const { t } = useTranslation('installations')
  const { district } = useSharedSearch()
  const change = useChangeSearch()
  const names = new Map(installations.map(({ districtId, districtName }) => [districtId, districtName]))
  return (
    <fieldset className="bm-chip-row" aria-label={t('filter')}>
      <Chip isOn={!district} onToggle={() => change({ district: undefined })}>
        {t('all')}
      </Chip>
      {[...names].map(([id, name]) => (
        <Chip key={id} isOn={district === id} onToggle={() => change({ district: district === id ? undefined : id })}>
          <span className="bm-dot" data-bm-district={districtKey(id)} aria-hidden="true" />
          {name}
        </Chip>
      ))}
    </fieldset>
  )
}
