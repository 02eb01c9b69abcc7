import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Project } from '../../server/projects/contract.ts'
import { formatAmount, formatReducedDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { sharesQuery } from '../rounds/rounds.api.ts'
import { Amount } from '../ui/Amount.tsx'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { FundingList } from './FundingList.tsx'

/** Money, place and time of a project. */
export function ProjectFacts({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const language = useLanguage()
  const opened = project.openedText && language === 'da' ? project.openedText : formatReducedDate(project.opened, language)
  const known: (Fact | null)[] = [
    { term: t('fact.award'), value: <Award project={project} /> },
    { term: t('fact.total'), value: <Amount value={project.totalCostDkk} /> },
    { term: t('fact.funding'), value: <FundingList funding={project.funding} /> },
    { term: t('fact.opened'), value: <span className={project.opened ? undefined : 'bm-unknown'}>{opened}</span> },
    project.placeText ? { term: t('fact.place'), value: <span lang="da">{project.placeText}</span> } : null,
    project.shortlisted === null ? null : { term: t('fact.shortlisted'), value: t(project.shortlisted ? 'fact.yes' : 'fact.no') },
    project.mergedFrom.length > 0 ? { term: t('fact.mergedFrom'), value: <span lang="da">{project.mergedFrom.join(', ')}</span> } : null,
    project.continuesProjectId ? { term: t('fact.continues'), value: <ProjectLink projectId={project.continuesProjectId} /> } : null,
    project.followUps.length > 0 ? { term: t('fact.followUps'), value: <FollowUps project={project} /> } : null,
  ]
  return (
    <section className="bm-section" aria-label={t('fact.title')}>
      <Facts items={known.filter((fact) => fact !== null)} />
    </section>
  )
}

function Award({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const language = useLanguage()
  const { data } = useQuery(sharesQuery(project.roundYear))
  const share = data?.items.find(({ districtId }) => districtId === project.districtId)?.shareDkk ?? null
  return (
    <>
      <Amount value={project.awardedDkk} />
      {project.awardedDkk !== null && share !== null ? (
        <>
          {' '}
          <span className="bm-soft">{t('fact.ofShare', { share: formatAmount(share, language) })}</span>
          <BudgetBar districtId={project.districtId} part={project.awardedDkk} whole={share} />
        </>
      ) : null}
      {project.awardNote ? (
        <p className="bm-fine" lang="da">
          {project.awardNote}
        </p>
      ) : null}
    </>
  )
}

function ProjectLink({ projectId }: { projectId: string }) {
  const { t } = useTranslation('projects')
  return (
    <Link to="/projekter/$id" params={{ id: projectId }}>
      {t('fact.continuesLink', { year: projectId.slice(0, 4) })}
    </Link>
  )
}

function FollowUps({ project }: { project: Project }) {
  const language = useLanguage()
  return (
    <ul>
      {project.followUps.map(({ year, text, amountDkk }) => (
        <li key={text} lang="da">
          {year ? `${year}: ` : ''}
          {text}
          {amountDkk === null ? '' : ` (${formatAmount(amountDkk, language)})`}
        </li>
      ))}
    </ul>
  )
}
