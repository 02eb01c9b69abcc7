import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Round } from '../../server/rounds/contract.ts'
import { announce } from '../lib/announce.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { IdeaCard, IdeaCardSkeleton } from './IdeaCard.tsx'
import { ideaListQuery } from './ideas.api.ts'
import { NoIdeas } from './NoIdeas.tsx'
import { useIdeaFilters } from './useIdeaFilters.ts'
import { WordFilter } from './WordFilter.tsx'

/** The ideas that the filters leave, newest first, twenty at a time. */
export function IdeaList({ round }: { round: Round | undefined }) {
  const { t } = useTranslation('ideas')
  const filters = useIdeaFilters()
  const list = useInfiniteQuery(ideaListQuery(round?.year ?? null, filters))
  const total = list.data?.pages[0]?.total
  const count = total === undefined ? null : t('list.count', { count: total })
  useEffect(() => {
    if (count === null) return
    markTextUsable()
    announce(count)
  }, [count])
  if (list.error) return <ErrorState error={list.error} onRetry={() => list.refetch()} />
  const ideas = list.data?.pages.flatMap((page) => page.items)
  return (
    <section className="bm-idea-list" aria-label={t('list.title')} aria-busy={list.isFetching}>
      <div className="bm-list-head">
        <h2 className="bm-list-title">{count ?? t('list.title')}</h2>
        <WordFilter />
      </div>
      {ideas?.length === 0 ? <NoIdeas filters={filters} round={round} /> : null}
      <ol>{ideas?.map((idea) => <IdeaCard key={idea.ideaId} idea={idea} />) ?? [0, 1, 2].map((row) => <IdeaCardSkeleton key={row} />)}</ol>
      {list.hasNextPage ? (
        <div className="bm-more">
          <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {list.isFetchingNextPage ? t('list.loading') : t('list.more', { left: (total ?? 0) - (ideas?.length ?? 0) })}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
