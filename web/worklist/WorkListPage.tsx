import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { WorkItem } from '../../server/worklist/contract.ts'
import { announce } from '../lib/announce.ts'
import { useTranslation } from '../lib/i18n.ts'
import { PlanFrame } from '../plan/PlanFrame.tsx'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { AssignBar } from './AssignBar.tsx'
import { countFilters, NO_WORK_FILTERS, useChangeWorkFilters, useWorkFilters } from './useWorkFilters.ts'
import { useWorkPins } from './useWorkPins.ts'
import { WorkFilters } from './WorkFilters.tsx'
import { WorkLoad } from './WorkLoad.tsx'
import { WorkRow } from './WorkRow.tsx'
import { workListQuery } from './worklist.api.ts'
import './worklist.css'

/** `/plan`: everything there is to assess, as a list and as pins that follow the same filters. */
export function WorkListPage() {
  const { t } = useTranslation(['worklist', 'plan'])
  const { mayPlan } = useMayPlan()
  return <PlanFrame title={t('title')}>{mayPlan ? <WorkList /> : null}</PlanFrame>
}

function WorkList() {
  const { t } = useTranslation(['worklist', 'plan'])
  const round = useCurrentRound()
  const filters = useWorkFilters()
  const change = useChangeWorkFilters()
  const list = useInfiniteQuery(workListQuery(round?.year ?? null, filters))
  useWorkPins(filters)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data])
  const first = list.data?.pages[0]
  const total = first?.total ?? null
  const count = total === null ? null : t('count', { count: total })
  useEffect(() => {
    if (count !== null) announce(count)
  }, [count])
  if (list.error) return <ErrorState error={list.error} onRetry={() => list.refetch()} />
  const toggle = (ideaId: number) => {
    const next = new Set(chosen)
    if (!next.delete(ideaId)) next.add(ideaId)
    setChosen(next)
  }
  const isAllChosen = items !== undefined && items.length > 0 && items.every(({ ideaId }) => chosen.has(ideaId))
  return (
    <>
      {first?.counts ? <WorkLoad counts={first.counts} /> : null}
      <WorkFilters counts={first?.counts ?? null} />
      <div className="bm-list-head bm-work-head">
        <h2 className="bm-list-title">{count ?? t('loading')}</h2>
        {countFilters(filters) > 0 ? (
          <Button look="plain" className="bm-small-button" onClick={() => change(NO_WORK_FILTERS)}>
            {t('clearFilters')}
          </Button>
        ) : null}
      </div>
      {items && items.length > 0 ? (
        <label className="bm-work-all">
          <input
            type="checkbox"
            checked={isAllChosen}
            onChange={() => setChosen(isAllChosen ? new Set() : new Set(items.map(({ ideaId }) => ideaId)))}
          />
          {t('chooseAll', { count: items.length })}
        </label>
      ) : null}
      <Rows items={items} chosen={chosen} onToggle={toggle} isBusy={list.isFetching} />
      {list.hasNextPage ? (
        <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
          {t('more', { count: (total ?? 0) - (items?.length ?? 0) })}
        </Button>
      ) : null}
      {chosen.size > 0 ? <AssignBar ideaIds={[...chosen]} onDone={() => setChosen(new Set())} /> : null}
    </>
  )
}

interface RowsProps {
  items: WorkItem[] | undefined
  chosen: ReadonlySet<number>
  onToggle: (ideaId: number) => void
  isBusy: boolean
}

function Rows({ items, chosen, onToggle, isBusy }: RowsProps) {
  const { t } = useTranslation(['worklist', 'plan'])
  if (items === undefined) {
    return (
      <div className="bm-work-wait" aria-busy="true">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} height={74} />
        ))}
      </div>
    )
  }
  if (items.length === 0) return <EmptyState title={t('empty.title')} text={t('empty.text')} />
  return (
    <ol className="bm-work-list" aria-label={t('title')} aria-busy={isBusy}>
      {items.map((item) => (
        <WorkRow key={item.ideaId} item={item} isChosen={chosen.has(item.ideaId)} onToggle={() => onToggle(item.ideaId)} />
      ))}
    </ol>
  )
}
