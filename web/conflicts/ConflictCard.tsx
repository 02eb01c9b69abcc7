import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Conflict, ConflictThing } from '../../server/conflicts/contract.ts'
import { formatArea, formatDate, formatDistance } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { keepSearch } from '../plan/planSearch.ts'
import { ReasonedSteps } from '../plan/ReasonForm.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ShowOnMap } from '../ui/ShowOnMap.tsx'
import { decideConflict, decisionsQuery } from './conflicts.api.ts'

/** One pair: the two things, how near, what was decided, and the decision to take. */
export function ConflictCard({ conflict, onPoint }: { conflict: Conflict; onPoint: (isOn: boolean) => void }) {
  const { t } = useTranslation('conflicts')
  const language = useLanguage()
  const { first, second, distanceM, overlapM2, state, decision } = conflict
  const [lng, lat] = first.labelPoint
  const how =
    overlapM2 && overlapM2 > 0
      ? t('overlap', { area: formatArea(overlapM2, language) })
      : distanceM === 0
        ? t('touch')
        : t('apart', { distance: formatDistance(distanceM, language) })
  return (
    <li
      className="bm-conflict-card"
      data-state={state}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <p className="bm-conflict-how">
        <strong>{how}</strong> <span className="bm-conflict-state">{t(`state.${state}`)}</span>
      </p>
      <Thing thing={first} />
      <Thing thing={second} />
      {decision?.isOutdated ? <Notice>{t('outdated')}</Notice> : null}
      {decision ? (
        <p className="bm-fine">
          {t(`was.${decision.state}`, { name: decision.deciderName, date: formatDate(decision.decidedAt, language) })} {decision.reason}
        </p>
      ) : null}
      <div className="bm-conflict-actions">
        <ShowOnMap lng={lng} lat={lat} />
      </div>
      <DecisionForm conflict={conflict} />
      {decision && decision.version > 1 ? <History conflict={conflict} /> : null}
    </li>
  )
}

function Thing({ thing }: { thing: ConflictThing }) {
  const { t } = useTranslation(['conflicts', 'shell'])
  const { kind, ideaId, projectId, installationId, title, roundYear, category } = thing
  const words = `${t(`kind.${kind}`)}${roundYear ? ` ${roundYear}` : ''}`
  return (
    <p className="bm-conflict-thing">
      <CategoryIcon category={category} size={17} />
      <span className="bm-hidden">{t(`category.${category}`)}</span>
      <span>
        {ideaId !== null ? (
          <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} search={keepSearch}>
            {title}
          </Link>
        ) : projectId !== null ? (
          <Link to="/projekter/$id" params={{ id: projectId }}>
            {title}
          </Link>
        ) : (
          <Link to="/anlaeg/$id" params={{ id: installationId ?? '' }}>
            {title}
          </Link>
        )}{' '}
        <span className="bm-soft-text">{words}</span>
      </span>
    </p>
  )
}

const SHORTEST = 5
const LONGEST = 1000

function DecisionForm({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation('conflicts')
  const { csrfToken } = useSession()
  const { first, second, decision } = conflict
  const step = (state: 'confirmed' | 'cleared', label: string) => ({
    label,
    done: t(`done.${state}`),
    onSend: async (reason: string) => {
      await decideConflict({ first: first.ref, second: second.ref, version: decision?.version ?? 0, state, reason }, csrfToken)
    },
  })
  return (
    <ReasonedSteps
      summary={t(decision ? 'decideAgain' : 'decide')}
      label={t('reason')}
      min={SHORTEST}
      max={LONGEST}
      steps={[step('confirmed', t('confirm')), step('cleared', t('clear'))]}
    />
  )
}

function History({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation('conflicts')
  const language = useLanguage()
  const [isOpen, setIsOpen] = useState(false)
  const { data } = useQuery(decisionsQuery(conflict.first.ref, conflict.second.ref, isOpen))
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('history')}</summary>
      <ol className="bm-notes">
        {data?.items.map(({ version, state, deciderName, decidedAt, reason }) => (
          <li key={version}>
            {t(`was.${state}`, { name: deciderName, date: formatDate(decidedAt, language) })} {reason}
          </li>
        ))}
      </ol>
    </details>
  )
}
