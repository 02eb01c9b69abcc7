import { useQuery } from '@tanstack/react-query'
import type { Idea } from '../../server/ideas/contract.ts'
import { ideaFeasibilityQuery } from '../feasibility/feasibility.api.ts'
import { formatArea, formatDate, formatDistance } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Findings } from '../plan/tools/Findings.tsx'
import { PlaceNumbers } from '../plan/tools/PlaceNumbers.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'

/** Everything the layers say of the idea's place, and what changed since it was sent. */
export function PlacePart({ idea }: { idea: Idea }) {
  const { t } = useTranslation(['assessment', 'plan', 'mapTools'])
  const language = useLanguage()
  const { data, error, refetch } = useQuery(ideaFeasibilityQuery(idea.ideaId, language))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <Skeleton height={160} />
  return (
    <>
      <PlaceNumbers place={idea.labelPoint} />
      <p className="bm-fine">
        {idea.lengthM === null ? '' : `${t('place.length', { length: formatDistance(idea.lengthM, language) })} `}
        {idea.areaM2 === null ? '' : t('place.area', { area: formatArea(idea.areaM2, language) })}
      </p>
      {data.changes.length > 0 ? (
        <section className="bm-place-changes">
          <h3>{t('place.changes')}</h3>
          <ul className="bm-notes">
            {data.changes.map(({ layerId, name, before, after }) => (
              <li key={layerId}>
                {name}: {before === null ? t('place.notFound') : t(`severity.${before}`)} →{' '}
                {after === null ? t('place.notFound') : t(`severity.${after}`)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {data.latest ? (
        <>
          <Findings result={data.latest} />
          <p className="bm-fine">{t('place.checkedAt', { date: formatDate(data.latest.checkedAt, language) })}</p>
        </>
      ) : (
        <p>{t('place.never')}</p>
      )}
    </>
  )
}
