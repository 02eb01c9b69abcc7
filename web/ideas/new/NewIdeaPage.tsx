import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { markTextUsable } from '../../lib/firstList.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { usePageTitle } from '../../lib/usePageTitle.ts'
import { useCurrentRound } from '../../rounds/rounds.api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { IdeaForm } from './IdeaForm.tsx'
import './formTexts.ts'
import '../../ui/fields.css'
import './newIdea.css'
import type { AddressSearch } from './formSearch.ts'
import { NEW_IDEA_KEY, openForm } from './openForm.ts'
import { SentView } from './SentView.tsx'
import type { Step } from './stepNumber.ts'

/** `/ideer/ny`: a new idea in four small steps, then thanks. The step is in the address. */
export function NewIdeaPage() {
  const { t } = useTranslation('newIdea')
  const { trin = 1, sendt } = useSearch({ from: '/ideer/ny' })
  const navigate = useNavigate({ from: '/ideer/ny' })
  const round = useCurrentRound()
  const [form] = useState(() => openForm(NEW_IDEA_KEY))
  // The first question is where: the form needs its map as soon as it stands.
  useEffect(markTextUsable, [])
  usePageTitle(sendt === undefined ? `${t('title')} (${t('steps.of', { step: trin })})` : t('sent.title'))

  const goTo = (step: Step) => void navigate({ search: (before: AddressSearch) => ({ ...before, trin: step, sendt: undefined }) })
  if (sendt !== undefined) return <SentView ideaId={sendt} onAnother={() => goTo(1)} />
  if (round === undefined) return <Skeleton height={200} />
  if (round === null) return <EmptyState title={t('noRound.title')} text={t('noRound.text')} />
  return (
    <div className="bm-form">
      <h1>{t('title')}</h1>
      {round.currentPhase === 'involvement' ? null : (
        <Notice>
          <strong>{t('closed.title')}</strong>
          <p>
            {round.currentPhase ? `${t('closed.now', { phase: t(`phase.${round.currentPhase}`) })} ` : ''}
            {t('closed.text')}
          </p>
        </Notice>
      )}
      <IdeaForm
        target={{ kind: 'new', year: round.year }}
        form={form}
        round={round}
        step={trin}
        onStep={goTo}
        onSent={(idea) =>
          void navigate({ search: (before: AddressSearch) => ({ ...before, trin: undefined, sendt: idea.ideaId }), replace: true })
        }
        onDiscarded={() => goTo(1)}
      />
    </div>
  )
}
