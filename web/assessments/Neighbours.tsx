import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useEffect } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { keepSearch } from '../plan/planSearch.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { countFilters, useWorkFilters } from '../worklist/useWorkFilters.ts'
import { workListQuery } from '../worklist/worklist.api.ts'

/** The way to the ideas before and after this one in the filtered list. */
export function Neighbours({ ideaId }: { ideaId: number }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const round = useCurrentRound()
  const filters = useWorkFilters()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(workListQuery(round?.year ?? null, filters))
  const ids = data?.pages.flatMap((page) => page.items.map((item) => item.ideaId)) ?? []
  const at = ids.indexOf(ideaId)
  const isNearEnd = at >= 0 && at >= ids.length - 2
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage])
  const total = data?.pages[0]?.total ?? ids.length
  return (
    <nav className="bm-neighbours" aria-label={t('neighbours.label')}>
      <Way ideaId={ids[at - 1]} label={t('neighbours.previous')} side="left" />
      <Link to="/plan" search={keepSearch}>
        {at < 0 ? t('neighbours.list') : t(countFilters(filters) > 0 ? 'neighbours.ofFiltered' : 'neighbours.of', { at: at + 1, total })}
      </Link>
      <Way ideaId={at < 0 ? undefined : ids[at + 1]} label={t('neighbours.next')} side="right" />
    </nav>
  )
}

function Way({ ideaId, label, side }: { ideaId: number | undefined; label: string; side: 'left' | 'right' }) {
  const words = (
    <>
      {side === 'left' ? <ChevronLeft size={18} aria-hidden="true" /> : null}
      {label}
      {side === 'right' ? <ChevronRight size={18} aria-hidden="true" /> : null}
    </>
  )
  if (ideaId === undefined) return <span className="bm-way bm-way-off">{words}</span>
  return (
    <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} search={keepSearch} className="bm-way">
      {words}
    </Link>
  )
}
