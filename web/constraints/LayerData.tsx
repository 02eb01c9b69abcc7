import { Suspense } from 'react'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { formatDate, formatNumber } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { LayerLoading } from './LayerLoading.tsx'
import { LoadFailureNotice } from './LoadFailureNotice.tsx'

/** Where the data comes from, how old it is, and what was verified. */
export function LayerData({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  return (
    <section className="bm-section" aria-labelledby="data">
      <h2 id="data">{t('data.title')}</h2>
      {layer.data.failure ? (
        <Suspense fallback={<Skeleton height={110} />}>
          <LoadFailureNotice data={layer.data} />
        </Suspense>
      ) : null}
      <LayerLoading layer={layer} />
      {layer.data.isDemo ? <Notice>{t('demoText')}</Notice> : null}
      <Facts items={useDataFacts(layer)} />
      <Verification layer={layer} />
    </section>
  )
}

function useDataFacts({ data, source, staleAfterDays, isMapped, isShareable, attribution }: ConstraintLayer): Fact[] {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  const day = (value: string) => formatDate(value, language)
  const register = (text: string) => <span lang="da">{text}</span>
  const facts: (Fact | false)[] = [
    { term: t('data.source'), value: register(source.dataset) },
    source.service !== null && { term: t('data.service'), value: register(source.service) },
    source.layer !== null && { term: t('data.layer'), value: register(source.layer) },
    source.note !== null && { term: t('data.note'), value: register(source.note) },
    data.loadedAt !== null && { term: t('data.loaded'), value: day(data.loadedAt) },
    data.datasetDate !== null && { term: t('data.date'), value: day(data.datasetDate) },
    data.featureCount !== null && { term: t('data.count'), value: formatNumber(data.featureCount, language) },
    data.source !== null && { term: t('data.from'), value: data.source },
    isMapped && { term: t('data.stale'), value: t('data.days', { count: staleAfterDays }) },
    isMapped && { term: t('data.sharing'), value: isShareable ? t('data.shareable', { name: attribution ?? '' }) : t('data.notShareable') },
  ]
  return facts.filter((fact) => fact !== false)
}

function Verification({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const { law, layer: service, severities } = layer.verification
  return (
    <>
      <h3>{t('verification.title')}</h3>
      <Facts
        items={[
          { term: t('verification.law'), value: <Certainty mark={law} /> },
          { term: t('verification.layer'), value: <Certainty mark={service} /> },
          { term: t('verification.severities'), value: <Certainty mark={severities} /> },
        ]}
      />
      <p className="bm-fine">{t('verification.words')}</p>
    </>
  )
}

/** `V 2026-03` in words: how it is known, then what else the mark says. */
function Certainty({ mark }: { mark: string }) {
  const { t } = useTranslation('constraints')
  const [, letter, rest] = /^([VMJ-])\s*(.*)$/.exec(mark) ?? ['', null, mark]
  return (
    <>
      {letter === null ? null : t(`verification.${letter}`)}
      {rest ? <span lang="en"> {rest}</span> : null}
    </>
  )
}
