import { useQuery } from '@tanstack/react-query'
import type { LayerVersion } from '../../server/constraints/contract.ts'
import { CATALOGUE_EDITOR } from '../../server/constraints/limits.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { ChangeList } from './ChangeList.tsx'
import { layerVersionsQuery } from './constraints.api.ts'
import { differences } from './layerWords.ts'

/** Every version of a layer: who, when, why, and what it changed. */
export function LayerHistory({ layerId }: { layerId: string }) {
  const { t } = useTranslation('constraints')
  const { data, error, refetch } = useQuery(layerVersionsQuery(layerId))
  return (
    <section className="bm-section" aria-labelledby="historik">
      <h2 id="historik">{t('history.title')}</h2>
      {error ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {data || error ? null : <Skeleton height={60} />}
      <ol className="bm-versions" reversed>
        {data?.items.map((version, index) => (
          <VersionLine key={version.version} version={version} before={data.items[index + 1] ?? null} />
        ))}
      </ol>
    </section>
  )
}

function VersionLine({ version, before }: { version: LayerVersion; before: LayerVersion | null }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  const isProgram = version.editorName === CATALOGUE_EDITOR
  return (
    <li>
      <p className="bm-version-head">
        <strong>{formatDate(version.editedAt, language)}</strong> · {version.editorName}
      </p>
      <p>{isProgram ? t('history.program') : version.reason}</p>
      {before ? <ChangeList changes={differences(before, version)} /> : null}
    </li>
  )
}
