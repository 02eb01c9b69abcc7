import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { Conflict, ConflictThing } from '../../server/conflicts/contract.ts'
import { announce } from '../lib/announce.ts'
import { formatArea, formatDate, formatDistance } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { keepSearch } from '../plan/planSearch.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
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
  const id = useId()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const { first, second, decision } = conflict
  const isReasoned = reason.trim().length >= SHORTEST
  async function decide(state: 'confirmed' | 'cleared') {
    setIsSending(true)
    setError(null)
    try {
      await decideConflict({ first: first.ref, second: second.ref, version: decision?.version ?? 0, state, reason }, csrfToken)
      announce(t(`done.${state}`))
      setReason('')
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <details className="bm-conflict-decide">
      <summary>{t(decision ? 'decideAgain' : 'decide')}</summary>
      <div className="bm-field">
        <label htmlFor={id}>{t('reason')}</label>
        <textarea
          id={id}
          className="bm-input"
          rows={3}
          maxLength={LONGEST}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {error ? <ErrorState error={error} /> : null}
        <div className="bm-detail-actions">
          <Button onClick={() => decide('confirmed')} disabled={!isReasoned || isSending}>
            {t('confirm')}
          </Button>
          <Button onClick={() => decide('cleared')} disabled={!isReasoned || isSending}>
            {t('clear')}
          </Button>
        </div>
      </div>
    </details>
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
