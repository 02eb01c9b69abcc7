import type { WorkCounts } from '../../server/worklist/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useChangeWorkFilters } from './useWorkFilters.ts'

interface Line {
  key: string
  name: string
  openCount: number
  overdueCount: number
  onChoose: (() => void) | null
}

/** Who has how much, over the whole round. Each name filters the list. */
export function WorkLoad({ counts }: { counts: WorkCounts }) {
  const { t } = useTranslation(['worklist', 'plan'])
  const change = useChangeWorkFilters()
  const people = counts.byAssignee.map(({ assignee, openCount, overdueCount }) => ({
    key: assignee?.personId ?? 'nobody',
    name: assignee?.displayName ?? t('load.nobody'),
    openCount,
    overdueCount,
    onChoose: () => change({ assignee: assignee?.personId ?? 'nobody' }),
  }))
  const departments = counts.byDepartment.map(({ department, openCount, overdueCount }) => ({
    key: department ?? 'none',
    name: t(`department.${department ?? 'none'}`),
    openCount,
    overdueCount,
    onChoose: () => change({ department: department ?? 'none' }),
  }))
  return (
    <details className="bm-work-load">
      <summary>{t('load.title')}</summary>
      <LoadTable caption={t('load.people')} lines={people} />
      <LoadTable caption={t('load.departments')} lines={departments} />
    </details>
  )
}

function LoadTable({ caption, lines }: { caption: string; lines: Line[] }) {
  const { t } = useTranslation(['worklist', 'plan'])
  const most = Math.max(1, ...lines.map(({ openCount }) => openCount))
  return (
    <table className="bm-load-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('load.who')}</th>
          <th scope="col">{t('load.open')}</th>
          <th scope="col">{t('load.overdue')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, openCount, overdueCount, onChoose }) => (
          <tr key={key}>
            <th scope="row">
              <button type="button" className="bm-text-button" onClick={onChoose ?? undefined}>
                {name}
              </button>
              <span className="bm-bar" aria-hidden="true">
                <span className="bm-bar-fill" style={{ width: `${(100 * openCount) / most}%` }} />
              </span>
            </th>
            <td>{openCount}</td>
            <td data-overdue={overdueCount > 0 || undefined}>{overdueCount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
