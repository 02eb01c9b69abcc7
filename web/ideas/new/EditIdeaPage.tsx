import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Idea } from '../../../server/ideas/contract.ts'
import { announce } from '../../lib/announce.ts'
import { markTextUsable } from '../../lib/firstList.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { signInPath, useSession } from '../../lib/session.ts'
import { usePageTitle } from '../../lib/usePageTitle.ts'
import { roundsQuery } from '../../rounds/rounds.api.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ideaQuery } from '../ideas.api.ts'
import { IdeaForm } from './IdeaForm.tsx'
import { draftOfIdea } from './ideaBody.ts'
import './formTexts.ts'
import '../../ui/fields.css'
import './newIdea.css'
import type { AddressSearch } from './formSearch.ts'
import { openForm } from './openForm.ts'
import type { Step } from './stepNumber.ts'

/** `/ideer/:id/rediger`: the same form around an idea that stands already. */
export function EditIdeaPage() {
  const { t } = useTranslation('newIdea')
  const { id } = useParams({ from: '/ideer/$id/rediger' })
  const { person, isLoading } = useSession()
  const { data: idea, error, refetch } = useQuery(ideaQuery(Number(id)))
  useEffect(markTextUsable, [])
  usePageTitle(t('editTitle'))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!idea || isLoading) return <Skeleton height={200} />
  if (person === null) {
    return (
      <EmptyState title={t('editTitle')} text={t('review.signInText')}>
        <a className={buttonClass('main')} href={signInPath()}>
          {t('problem.signIn')}
        </a>
      </EmptyState>
    )
  }
  if (!idea.mayChange) {
    return (
      <EmptyState title={t('notMine.title')} text={t('notMine.text')}>
        <Link to="/ideer/$id" params={{ id }} className={buttonClass('quiet')}>
          {t('notMine.toIdea')}
        </Link>
      </EmptyState>
    )
  }
  return <EditForm key={idea.ideaId} idea={idea} />
}

function EditForm({ idea }: { idea: Idea }) {
  const { t } = useTranslation('newIdea')
  const { trin = 1 } = useSearch({ from: '/ideer/$id/rediger' })
  const navigate = useNavigate({ from: '/ideer/$id/rediger' })
  const round = useQuery(roundsQuery).data?.items.find(({ year }) => year === idea.roundYear) ?? null
  // The idea as it was opened: a later version in the cache must not hide that somebody changed it meanwhile.
  const [opened] = useState(idea)
  const [form] = useState(() => openForm(`bm-draft-idea-${idea.ideaId}`, () => draftOfIdea(idea)))
  const toIdea = () => void navigate({ to: '/ideer/$id', params: { id: String(idea.ideaId) } })
  return (
    <div className="bm-form">
      <h1>{t('editTitle')}</h1>
      <IdeaForm
        target={{ kind: 'change', idea: opened }}
        form={form}
        round={round}
        step={trin}
        onStep={(step: Step) => void navigate({ search: (before: AddressSearch) => ({ ...before, trin: step }) })}
        onSent={() => {
          announce(t('sent.changed'))
          toIdea()
        }}
        onDiscarded={toIdea}
      />
    </div>
  )
}
