import { Link } from '@tanstack/react-router'
import Clock from 'lucide-react/icons/clock'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { WorkItem } from '../../server/worklist/contract.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { keepSearch } from '../plan/planSearch.ts'
import { PlanSign } from '../plan/tools/PlanSign.tsx'
import { lendToMap, useLentToMap } from '../shell/mapState.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'

/** One idea to assess: verdict of its place, how far the work is, whose it is, and when it is due. */
export function WorkRow({ item, isChosen, onToggle }: { item: WorkItem; isChosen: boolean; onToggle: () => void }) {
  const { t } = useTranslation(['worklist', 'plan', 'mapTools'])
  const { ideaId, title, districtId, districtName, status, occasion, outcome, verdict, isPartial, assignment } = item
  const isPointedAt = useLentToMap(({ hovered }) => hovered?.kind === 'idea' && hovered.id === ideaId)
  const point = () => lendToMap({ hovered: { kind: 'idea', id: ideaId } })
  const leave = () => lendToMap({ hovered: null })
  const verdictWords =
    verdict === null ? t('verdict.not-checked') : t(isPartial && verdict === 'clear' ? 'verdict.clearPartial' : `verdict.${verdict}`)
  return (
    <li
      className="bm-work-row"
      data-pointed={isPointedAt || undefined}
      data-overdue={assignment.isOverdue || undefined}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
    >
      <input type="checkbox" checked={isChosen} onChange={onToggle} aria-label={t('choose', { title })} />
      <div>
        <h3>
          <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} search={keepSearch}>
            {title}
          </Link>
        </h3>
        <p className="bm-work-verdict">
          <PlanSign verdict={verdict ?? 'clear'} partial={verdict === null || isPartial === true} size={17} />
          {verdictWords}
        </p>
        <p className="bm-work-meta">
          <DistrictChip districtId={districtId} name={districtName} />
          <span className="bm-work-status" data-status={status}>
            {t(`status.${status}`)}
          </span>
          {occasion && occasion !== 'first' && status !== 'decided' ? <span className="bm-badge">{t(`occasion.${occasion}`)}</span> : null}
          {outcome && status === 'decided' ? <span>{t(`outcome.${outcome}`)}</span> : null}
        </p>
        <AssignmentLine assignment={assignment} isDecided={status === 'decided'} />
      </div>
    </li>
  )
}

function AssignmentLine({ assignment, isDecided }: { assignment: WorkItem['assignment']; isDecided: boolean }) {
  const { t } = useTranslation(['worklist', 'plan'])
  const language = useLanguage()
  const { assignee, department, deadline, isOverdue } = assignment
  if (!assignee && !department && !deadline) return <p className="bm-work-meta bm-work-nobody">{t('nobody')}</p>
  return (
    <p className="bm-work-meta">
      {assignee ? <span>{assignee.displayName}</span> : null}
      {department ? <span>{t(`department.${department}`)}</span> : null}
      {deadline && !isDecided ? (
        <span className="bm-work-deadline" data-overdue={isOverdue || undefined}>
          {isOverdue ? <TriangleAlert size={15} aria-hidden="true" /> : <Clock size={15} aria-hidden="true" />}
          {t(isOverdue ? 'overdue' : 'due', { date: formatDate(deadline, language) })}
        </span>
      ) : null}
    </p>
  )
}
