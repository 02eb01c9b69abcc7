import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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
import { Tabs } from '../../ui/Tabs.tsx'
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
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data || !round) return <Skeleton height={200} />
  return (
    <>
      <Shortlists shortlists={data.shortlists} />
      {mayOrganise ? null : <Notice>{t('readOnly')}</Notice>}
      <Tabs
        label={t('title')}
        parts={PARTS}
        part={part}
        onPart={setPart}
        words={(one) => `${t(`part.${one}`)}${one === 'projects' ? ` ${data.items.length}` : ''}`}
        className="bm-plan-part"
      >
        {part === 'projects' ? (
          <ProjectList list={data} />
        ) : (
          <IdeaPool year={round.year} list={data} onCreated={() => setPart('projects')} />
        )}
      </Tabs>
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
