import { useQuery } from '@tanstack/react-query'
import { InstallationCard } from '../installations/InstallationCard.tsx'
import { installationsQuery } from '../installations/installations.api.ts'
import { useTranslation } from '../lib/i18n.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'

/** What earlier rounds built in the district. */
export function DistrictInstallations({ districtId }: { districtId: string }) {
  const { t } = useTranslation('districts')
  const { data, error, refetch } = useQuery(installationsQuery)
  const items = data?.items.filter((item) => item.districtId === districtId)
  return (
    <section className="bm-section" aria-labelledby="built">
      <h2 id="built">{t('built.title')}</h2>
      {error ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {!data && !error ? <Skeleton height={90} /> : null}
      {items?.length === 0 ? <p>{t('built.none')}</p> : null}
      <ul className="bm-bleed">
        {items?.map((installation) => (
          <InstallationCard key={installation.installationId} installation={installation} />
        ))}
      </ul>
    </section>
  )
}
