import { Link } from '@tanstack/react-router'
import Check from 'lucide-react/icons/circle-check'
import Open from 'lucide-react/icons/circle-dashed'
import type { OpenPoint, PlanElection } from '../../../server/elections/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import type { SharedSearch } from '../../lib/searchParams.ts'
import { keepSearch } from '../../plan/planSearch.ts'

type Item = PlanElection['checklist'][number]

/** What must be so before the set-up can be frozen: what is done, what is missing, and the way there. */
export function ElectionChecklist({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const done = election.checklist.filter(({ open }) => open.length === 0).length
  return (
    <section className="bm-vote-part" aria-labelledby="checklist">
      <h2 id="checklist">{t('checklist.title')}</h2>
      <p className="bm-fine">{t('checklist.done', { done, all: election.checklist.length })}</p>
      <ul className="bm-vote-checks">
        {election.checklist.map((item) => (
          <CheckLine key={item.check} item={item} election={election} />
        ))}
      </ul>
    </section>
  )
}

function CheckLine({ item: { check, open }, election }: { item: Item; election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const isDone = open.length === 0
  const Sign = isDone ? Check : Open
  return (
    <li data-done={isDone || undefined}>
      <Sign size={20} aria-hidden="true" />
      <div>
        <p>
          <span className="bm-hidden">{t(isDone ? 'checklist.isDone' : 'checklist.isOpen')}: </span>
          {t(`check.${check}.title`)}
        </p>
        {isDone ? null : <p className="bm-fine">{t(`check.${check}.todo`)}</p>}
        {isDone ? null : (
          <ul className="bm-vote-open">
            {open.map((point) => (
              <li key={`${point.districtId} ${point.projectId} ${point.ideaId}`}>
                <WayTo check={check} point={point} election={election} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

/** The place where an open point is put right, named by what it is about. */
function WayTo({ check, point, election }: { check: Item['check']; point: OpenPoint; election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { districtId, projectId, ideaId, count } = point
  const district = election.districts.find((one) => one.districtId === districtId)?.name
  const preparation = election.preparations.find((one) => one.projectId === projectId)
  const idea = preparation?.ideas.find((one) => one.ideaId === ideaId)?.title
  if (ideaId !== null) {
    return (
      <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} search={keepSearch}>
        {idea ?? t('way.idea', { id: ideaId })}
      </Link>
    )
  }
  if (check === 'conflicts') {
    return (
      <Link to="/plan/konflikter" search={(before: SharedSearch) => ({ ...before, district: districtId ?? undefined })}>
        {t('way.conflicts', { district, count: count ?? 0 })}
      </Link>
    )
  }
  if (check === 'projects') {
    return (
      <Link to="/plan/projekter" search={keepSearch}>
        {t('way.projects')}
      </Link>
    )
  }
  if (check === 'shares') return <span>{district}</span>
  if (check === 'auditors') {
    return (
      <Link to="/plan/afstemning/revisorer" search={keepSearch}>
        {t('way.auditors', { count: count ?? 0 })}
      </Link>
    )
  }
  // A roll holds names and numbers: it is loaded where the server is, never through a page.
  if (check === 'roll') return <span>{t('way.roll', { district })}</span>
  const part = check === 'lot' ? 'lodtraekning' : check === 'prepared' || check === 'within-share' ? 'priser' : 'regler'
  return <a href={`#${part}`}>{preparation?.title ?? district ?? t(`way.${part}`)}</a>
}
