import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Round } from '../../server/rounds/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { NO_FILTERS, useChangeSearch } from '../lib/sharedSearch.ts'
import { sharesQuery } from '../rounds/rounds.api.ts'
import { Button, buttonClass } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import type { IdeaFilters } from './ideas.api.ts'

/** Nobody was here yet, or the filters leave nothing. */
export function NoIdeas({ filters, round }: { filters: IdeaFilters; round: Round | undefined }) {
  const { t } = useTranslation('ideas')
  const change = useChangeSearch()
  const { data } = useQuery(sharesQuery(round?.year ?? null))
  const share = data?.items.find(({ districtId }) => districtId === filters.district)
  const isFirst = share?.ideaCount === 0 || (!filters.district && round?.ideaCount === 0)
  if (isFirst) {
    return (
      <EmptyState title={share ? t('empty.firstIn', { district: share.name }) : t('empty.first')} text={t('empty.firstText')}>
        <Link to="/ideer/ny" className={buttonClass('main')}>
          {t('empty.add')}
        </Link>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('empty.none')} text={t('empty.noneText')}>
      <Button onClick={() => change(NO_FILTERS)}>{t('empty.clear')}</Button>
    </EmptyState>
  )
}
