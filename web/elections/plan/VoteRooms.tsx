import { Link } from '@tanstack/react-router'
import type { PlanElection } from '../../../server/elections/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'

/** The ways to the other rooms of a vote: its public page, auditors, codes, each district's meeting, the result and what was decided. */
export function VoteRooms({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { roundYear, districts, state } = election
  const params = { year: String(roundYear) }
  const meetings = state === 'draft' ? [] : districts.filter(({ takesPart }) => takesPart)
  return (
    <nav className="bm-vote-rooms" aria-label={t('rooms.title')}>
      <ul>
        <li>
          <Link to="/afstemning/$year" params={params}>
            {t('rooms.public')}
          </Link>
        </li>
        <li>
          <Link to="/plan/afstemning/revisorer">{t('rooms.auditors')}</Link>
        </li>
        <li>
          <Link to="/plan/afstemning/koder">{t('rooms.codes')}</Link>
        </li>
        {meetings.map(({ districtId, name }) => (
          <li key={districtId}>
            <Link to="/plan/afstemning/moede/$districtId" params={{ districtId }}>
              {t('rooms.meeting', { district: name })}
            </Link>
          </li>
        ))}
        {state === 'published' ? (
          <>
            <li>
              <Link to="/runder/$year/resultat" params={params}>
                {t('rooms.result')}
              </Link>
            </li>
            <li>
              <Link to="/plan/afstemning/beslutninger">{t('rooms.decisions')}</Link>
            </li>
          </>
        ) : null}
      </ul>
    </nav>
  )
}
