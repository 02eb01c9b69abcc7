import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { announce } from '../lib/announce.ts'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { buttonClass } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { catalogueQuery } from './constraints.api.ts'
import './constraints.css'
import { LayerData } from './LayerData.tsx'
import { LayerForm } from './LayerForm.tsx'
import { LayerHistory } from './LayerHistory.tsx'
import { LayerMeaning } from './LayerMeaning.tsx'
import { LayerRule } from './LayerRule.tsx'
import { keptDraft } from './layerDraft.ts'
import { StatusChip } from './StatusChip.tsx'

/** `/plan/bindingslag/par3`: one rule, what it means, where its data comes from, and how it came to say so. */
export function ConstraintPage() {
  const { layerId } = useParams({ from: '/plan/bindingslag/$layerId' })
  const { data, error, refetch } = useQuery(catalogueQuery)
  const language = useLanguage()
  const layer = data?.items.find((item) => item.layerId === layerId)
  usePageTitle(layer?.name[language])
  useEffect(() => {
    if (data) markTextUsable()
  }, [data])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  if (!layer) return <ErrorState error={new ApiProblem('not-found', 404)} />
  return <LayerContent key={layerId} layer={layer} />
}

function LayerContent({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  return (
    <article className="bm-page bm-detail bm-layer-page">
      <BackLink to="/plan/bindingslag">{t('back')}</BackLink>
      <h1>{layer.name[language]}</h1>
      <StatusChip layer={layer} />
      <LayerRule layer={layer} />
      <Words layer={layer} />
      <LayerData layer={layer} />
      <LayerHistory layerId={layer.layerId} />
    </article>
  )
}

/** Severities and sentences: to be read by everybody, to be changed by planners. */
function Words({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const { person, csrfToken } = useSession()
  const mayEdit = person?.role === 'planner' || person?.role === 'admin'
  const [isOpen, setIsOpen] = useState(() => keptDraft(layer.layerId) !== null)
  const [wasClosed, setWasClosed] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = (message: string) => {
    setIsOpen(false)
    setWasClosed(true)
    announce(message)
  }
  // The way back into the form stands there only when the form has gone.
  useEffect(() => {
    if (wasClosed && !isOpen) button.current?.focus()
  }, [wasClosed, isOpen])
  if (mayEdit && isOpen) return <LayerForm layer={layer} csrfToken={csrfToken} onClose={close} />
  return (
    <LayerMeaning layer={layer}>
      {mayEdit ? (
        <button ref={button} type="button" className={buttonClass('quiet')} onClick={() => setIsOpen(true)}>
          {t('edit')}
        </button>
      ) : null}
    </LayerMeaning>
  )
}
