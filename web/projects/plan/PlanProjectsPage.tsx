import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { PlanProjectList } from '../../../server/projects/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSharedSearch } from '../../lib/sharedSearch.ts'
import { PlanFrame } from '../../plan/PlanFrame.tsx'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { useCurrentRound } from '../../rounds/rounds.api.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { IdeaPool } from './IdeaPool.tsx'
import { PlanProjectCard } from './PlanProjectCard.tsx'
import { planProjectsQuery } from './planProjects.api.ts'
import './planProjects.css'
import '../../worklist/worklist.css'

const PARTS = ['projects', 'ideas'] as const
type Part = (typeof PARTS)[number]

/** `/plan/projekter`: ideas taken forward, merged, shortlisted and split; and those that are not, with the reason. */
export function PlanProjectsPage() {
  const { t } = useTranslation('planProjects')
  const { mayPlan } = useMayPlan()
  return <PlanFrame title={t('title')}>{mayPlan ? <PlanProjects /> : null}</PlanFrame>
}

function PlanProjects() {
  const { t } = useTranslation('planProjects')
  const round = useCurrentRound()
  const { district } = useSharedSearch()
  const { mayOrganise } = useMayPlan()
  const [part, setPart] = useState<Part>('projects')
  const { data, error, refetch } = useQuery(planProjectsQuery(round?.year ?? null, district))
  const id = useId()
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data || !round) return <Skeleton height={200} />
  return (
    <>
      <Shortlists shortlists={data.shortlists} />
      {mayOrganise ? null : <Notice>{t('readOnly')}</Notice>}
      <Tabs id={id} part={part} onPart={setPart} counts={{ projects: data.items.length }} />
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${part}`} className="bm-plan-part">
        {part === 'projects' ? (
          <ProjectList list={data} />
        ) : (
          <IdeaPool year={round.year} list={data} onCreated={() => setPart('projects')} />
        )}
      </div>
    </>
  )
}

/** How many of the places on each district's ballot are taken. */
function Shortlists({ shortlists }: Pick<PlanProjectList, 'shortlists'>) {
  const { t } = useTranslation('planProjects')
  return (
    <section aria-label={t('shortlists')}>
      <ul className="bm-shortlists">
        {shortlists.map(({ districtId, name, count, max }) => (
          <li key={districtId}>
            <DistrictChip districtId={districtId} name={name} />
            <span>{t('onList', { count, max })}</span>
            <BudgetBar districtId={districtId} part={count} whole={max} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface TabsProps {
  id: string
  part: Part
  onPart: (part: Part) => void
  counts: Partial<Record<Part, number>>
}

function Tabs({ id, part, onPart, counts }: TabsProps) {
  const { t } = useTranslation('planProjects')
  const list = useRef<HTMLDivElement>(null)
  function press(event: KeyboardEvent) {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
    const next = part === 'projects' ? 'ideas' : 'projects'
    onPart(next)
    list.current?.querySelector<HTMLElement>(`[data-part=${next}]`)?.focus()
    event.preventDefault()
  }
  return (
    <div className="bm-tabs" role="tablist" aria-label={t('title')} ref={list} onKeyDown={press}>
      {PARTS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`${id}-${one}`}
          data-part={one}
          aria-selected={part === one}
          aria-controls={`${id}-panel`}
          tabIndex={part === one ? 0 : -1}
          onClick={() => onPart(one)}
        >
          {t(`part.${one}`)}
          {counts[one] === undefined ? '' : ` ${counts[one]}`}
        </button>
      ))}
    </div>
  )
}

function ProjectList({ list }: { list: PlanProjectList }) {
  const { t } = useTranslation('planProjects')
  if (list.items.length === 0) return <EmptyState title={t('empty.title')} text={t('empty.text')} />
  return (
    <ol className="bm-plan-projects">
      {list.items.map((project) => (
        <PlanProjectCard key={project.projectId} project={project} />
      ))}
    </ol>
  )
}
