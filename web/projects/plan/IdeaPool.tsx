import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { PlanProjectList } from '../../../server/projects/contract.ts'
import type { WorkItem } from '../../../server/worklist/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { OUTCOMES } from '../../plan/planWords.ts'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useChangeWorkFilters, usePoolFilters } from '../../worklist/useWorkFilters.ts'
import { useWorkPins } from '../../worklist/useWorkPins.ts'
import { DistrictSelect, FilterSelect, WordField } from '../../worklist/WorkFilters.tsx'
import { workListQuery } from '../../worklist/worklist.api.ts'
import { PoolRow } from './PoolRow.tsx'
import { TakeForward } from './TakeForward.tsx'

interface IdeaPoolProps {
  year: number
  list: PlanProjectList
  onCreated: () => void
}

/** The ideas of the round, to be taken forward one by one or several as one project, or left with a reason. */
export function IdeaPool({ year, list, onCreated }: IdeaPoolProps) {
  const { t } = useTranslation('planProjects')
  const { mayOrganise } = useMayPlan()
  const { filters, showsSettled } = usePoolFilters()
  const change = useChangeWorkFilters()
  const ideas = useInfiniteQuery(workListQuery(year, filters))
  useWorkPins(filters)
  const [chosen, setChosen] = useState<readonly WorkItem[]>([])
  const districtsOf = useMemo(() => projectDistricts(list), [list])
  if (ideas.error) return <ErrorState error={ideas.error} onRetry={() => ideas.refetch()} />
  const items = ideas.data?.pages.flatMap((page) => page.items)
  const toggle = (item: WorkItem) =>
    setChosen(
      chosen.some(({ ideaId }) => ideaId === item.ideaId) ? chosen.filter(({ ideaId }) => ideaId !== item.ideaId) : [...chosen, item],
    )
  return (
    <>
      <div className="bm-work-selects">
        <DistrictSelect />
        <FilterSelect name="outcome" options={OUTCOMES} prefix="outcome" />
        <WordField />
      </div>
      <div className="bm-chip-wrap">
        <Chip isOn={showsSettled} onToggle={() => change({ settled: showsSettled ? undefined : 1 })}>
          {t('showSettled')}
        </Chip>
      </div>
      {mayOrganise && chosen.length > 0 ? (
        <TakeForward
          key={chosen.map(({ ideaId }) => ideaId).join()}
          year={year}
          chosen={chosen}
          list={list}
          onDone={() => {
            setChosen([])
            onCreated()
          }}
          onCancel={() => setChosen([])}
        />
      ) : null}
      {items === undefined ? <Skeleton height={140} /> : null}
      {items?.length === 0 ? <EmptyState title={t('noIdeas.title')} text={t(showsSettled ? 'noIdeas.text' : 'noIdeas.open')} /> : null}
      <ol className="bm-work-list">
        {items?.map((item) => (
          <PoolRow
            key={item.ideaId}
            item={item}
            inDistricts={districtsOf.get(item.ideaId) ?? []}
            isChosen={chosen.some(({ ideaId }) => ideaId === item.ideaId)}
            onToggle={mayOrganise ? () => toggle(item) : null}
          />
        ))}
      </ol>
      {ideas.hasNextPage ? (
        <Button onClick={() => ideas.fetchNextPage()} disabled={ideas.isFetchingNextPage}>
          {t('moreIdeas')}
        </Button>
      ) : null}
    </>
  )
}

/** In which districts an idea is a project already. */
function projectDistricts({ items }: PlanProjectList): Map<number, string[]> {
  const found = new Map<number, string[]>()
  for (const { state, districtName, consents } of items) {
    if (state === 'withdrawn' || districtName === null) continue
    for (const { ideaId, isActive } of consents) if (isActive) found.set(ideaId, [...(found.get(ideaId) ?? []), districtName])
  }
  return found
}
