import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { PROJECT_LIMITS } from '../../../server/projects/limits.ts'
import type { WorkItem } from '../../../server/worklist/contract.ts'
import { ideaQuery } from '../../ideas/ideas.api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { keepSearch } from '../../plan/planSearch.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { lendToMap } from '../../shell/mapState.ts'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { settleIdea } from './planProjects.api.ts'

interface PoolRowProps {
  item: WorkItem
  /** Where it is a project already. */
  inDistricts: readonly string[]
  isChosen: boolean
  /** Null: this person may only read. */
  onToggle: (() => void) | null
}

/** One idea that may become a project. */
export function PoolRow({ item, inDistricts, isChosen, onToggle }: PoolRowProps) {
  const { t } = useTranslation(['planProjects', 'plan'])
  const { ideaId, title, districtId, districtName, outcome, settled } = item
  const [isOpen, setIsOpen] = useState(false)
  const Sign = settled === 'in-project' ? Check : Ban
  return (
    <li
      className="bm-work-row"
      data-settled={settled ?? undefined}
      onPointerEnter={() => lendToMap({ hovered: { kind: 'idea', id: ideaId } })}
      onPointerLeave={() => lendToMap({ hovered: null })}
    >
      <input
        type="checkbox"
        checked={isChosen}
        disabled={onToggle === null || settled === 'not-taken-forward'}
        onChange={onToggle ?? undefined}
        aria-label={t('choose', { title })}
      />
      <div>
        <h3>
          <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} search={keepSearch}>
            {title}
          </Link>
        </h3>
        <p className="bm-work-meta">
          <DistrictChip districtId={districtId} name={districtName} />
          <span>{outcome ? t(`outcome.${outcome}`) : t('notAssessed')}</span>
        </p>
        {settled ? (
          <p className="bm-settled">
            <Sign size={16} aria-hidden="true" />
            {settled === 'in-project' && inDistricts.length > 0
              ? t('isProjectIn', { districts: inDistricts.join(', ') })
              : t(`isSettled.${settled}`)}
          </p>
        ) : null}
        {onToggle && settled !== 'in-project' ? (
          <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
            <summary>{t(settled ? 'whyLeft' : 'leave')}</summary>
            {isOpen ? <Settle ideaId={ideaId} /> : null}
          </details>
        ) : null}
      </div>
    </li>
  )
}

/** The public reason why an idea becomes no project, or the question opened again. */
function Settle({ ideaId }: { ideaId: number }) {
  const { t } = useTranslation(['planProjects', 'plan'])
  const { csrfToken } = useSession()
  const { data } = useQuery(ideaQuery(ideaId))
  if (!data) return <Skeleton height={60} />
  const step = data.outcome === null ? 'not-taken-forward' : 'reconsider'
  const words = data.outcome === null ? 'leave' : 'reconsider'
  return (
    <>
      {data.outcome ? (
        <p className="bm-fine bm-text">
          {t(`settled.${data.outcome.kind}`)} {data.outcome.reason}
        </p>
      ) : null}
      <ReasonForm
        summary={t(`${words}Write`)}
        label={t('publicReason')}
        doLabel={t(`${words}Do`)}
        done={t(`done.${words}`)}
        min={PROJECT_LIMITS.reasonMin}
        max={PROJECT_LIMITS.reason}
        onSend={async (reason) => {
          await settleIdea(ideaId, step, reason, csrfToken)
        }}
      />
    </>
  )
}
