import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useId, useMemo, useState } from 'react'
import type { ConflictList } from '../../server/conflicts/contract.ts'
import { announce } from '../lib/announce.ts'
import { formatNumber } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import type { SharedSearch } from '../lib/searchParams.ts'
import { useChangeSearch, useSharedSearch } from '../lib/sharedSearch.ts'
import { PlanFrame } from '../plan/PlanFrame.tsx'
import { CONFLICT_STATES } from '../plan/planWords.ts'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { sharesQuery, useCurrentRound } from '../rounds/rounds.api.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { ConflictCard } from './ConflictCard.tsx'
import { type ConflictSearch, DEFAULT_DISTANCE_M, MAX_DISTANCE_M } from './conflictSearch.ts'
import { conflictsQuery } from './conflicts.api.ts'
import { useConflictMarks } from './useConflictMarks.ts'
import './conflicts.css'

const SLIDE_PAUSE_MS = 250

/** `/plan/konflikter`: what stands in each other's way, to be confirmed or cleared before a district votes. */
export function ConflictsPage() {
  const { t } = useTranslation('conflicts')
  const { mayPlan } = useMayPlan()
  return <PlanFrame title={t('title')}>{mayPlan ? <Conflicts /> : null}</PlanFrame>
}

function useConflictSearch() {
  const { within = DEFAULT_DISTANCE_M, state = 'open' } = useSearch({ from: '/plan/konflikter' }) as ConflictSearch
  const navigate = useNavigate()
  const change = (next: ConflictSearch) =>
    void navigate({
      to: '.',
      search: (before: SharedSearch & ConflictSearch) => ({ ...before, ...next }),
      replace: true,
      resetScroll: false,
    })
  return { within, state, change }
}

function Conflicts() {
  const { t } = useTranslation('conflicts')
  const language = useLanguage()
  const round = useCurrentRound()
  const { district } = useSharedSearch()
  const { within, state } = useConflictSearch()
  const filters = { distanceM: within, state: state === 'all' ? undefined : state, district }
  const list = useInfiniteQuery(conflictsQuery(round?.year ?? null, filters))
  const [pointed, setPointed] = useState<string | null>(null)
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data])
  useConflictMarks(items, pointed)
  const counts = list.data?.pages[0]?.counts ?? null
  const total = counts && (state === 'all' ? counts.open + counts.confirmed + counts.cleared : counts[state])
  const count = total === null ? null : t('count', { count: total })
  useEffect(() => {
    if (count) announce(count)
  }, [count])
  if (list.error) return <ErrorState error={list.error} onRetry={() => list.refetch()} />
  return (
    <>
      <p className="bm-lead">{t('lead')}</p>
      <ConflictFilters counts={counts} />
      {count && total ? <h2 className="bm-list-title">{count}</h2> : null}
      {items === undefined ? <Skeleton height={160} /> : null}
      {items?.length === 0 ? <EmptyState title={t('empty.title')} text={t('empty.text', { distance: within })} /> : null}
      <ol className="bm-conflicts" aria-label={t('title')} aria-busy={list.isFetching}>
        {items?.map((conflict) => {
          const key = `${conflict.first.ref} ${conflict.second.ref}`
          return <ConflictCard key={key} conflict={conflict} onPoint={(isOn) => setPointed(isOn ? key : null)} />
        })}
      </ol>
      {list.hasNextPage && items && total ? (
        <div className="bm-conflicts-more">
          <p className="bm-fine">{t('shown', { shown: formatNumber(items.length, language), total: formatNumber(total, language) })}</p>
          <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function ConflictFilters({ counts }: { counts: ConflictList['counts'] | null }) {
  const { t } = useTranslation('conflicts')
  const { within, state, change } = useConflictSearch()
  const changeShared = useChangeSearch()
  const { district } = useSharedSearch()
  const round = useCurrentRound()
  const { data: shares } = useQuery(sharesQuery(round?.year ?? null))
  const id = useId()
  return (
    <section className="bm-conflict-filters" aria-label={t('filter')}>
      <DistanceSlider key={within} within={within} onChange={(metres) => change({ within: metres })} />
      <label className="bm-tool-field">
        <span>{t('stateLabel')}</span>
        <select className="bm-select" value={state} onChange={(event) => change({ state: event.target.value as ConflictSearch['state'] })}>
          {CONFLICT_STATES.map((one) => (
            <option key={one} value={one}>
              {t(`state.${one}`)}
              {counts ? ` (${counts[one]})` : ''}
            </option>
          ))}
          <option value="all">{t('state.all')}</option>
        </select>
      </label>
      <div className="bm-tool-field">
        <label htmlFor={id}>{t('district')}</label>
        <select
          id={id}
          className="bm-select"
          value={district ?? ''}
          onChange={(event) => void changeShared({ district: event.target.value || undefined })}
        >
          <option value="">{t('allDistricts')}</option>
          {shares?.items.map(({ districtId, name }) => (
            <option key={districtId} value={districtId}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </section>
  )
}

/** Steps are finer near, where it matters: the slider runs over roots. */
const metresOf = (step: number) => Math.round((step * step) / 20)
const stepOf = (metres: number) => Math.round(Math.sqrt(metres * 20))

function DistanceSlider({ within, onChange }: { within: number; onChange: (metres: number) => void }) {
  const { t } = useTranslation('conflicts')
  const id = useId()
  const [metres, setMetres] = useState(within)
  useEffect(() => {
    if (metres === within) return
    const timer = setTimeout(() => onChange(metres), SLIDE_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [metres, within, onChange])
  return (
    <div className="bm-conflict-distance">
      <label htmlFor={id}>{t('distance')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={stepOf(MAX_DISTANCE_M)}
        value={stepOf(metres)}
        aria-valuetext={`${metres} m`}
        onChange={(event) => setMetres(Math.min(MAX_DISTANCE_M, metresOf(Number(event.target.value))))}
      />
      <output htmlFor={id}>{metres} m</output>
    </div>
  )
}
