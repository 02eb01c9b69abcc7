import { Link } from '@tanstack/react-router'
import type { PlanElection } from '../../../server/elections/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'

/** The ways to the other rooms of a vote: its public page, codes, each district's meeting, the result. */
export function VoteRooms({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { roundYear, districts, state } = election
  const isFrozen = state !== 'draft'
  return (
    <nav className="bm-vote-rooms" aria-label={t('rooms.title')}>
      <ul>
        <li>
          <Link to="/afstemning/$year" params={{ year: String(roundYear) }}>
            {t('rooms.public')}
          </Link>
        </li>
        <li>
          <a href="/plan/afstemning/koder">{t('rooms.codes')}</a>
        </li>
        {isFrozen
          ? districts
              .filter(({ takesPart }) => takesPart)
              .map(({ districtId, name }) => (
                <li key={districtId}>
                  <a href={`/plan/afstemning/moede/${districtId}`}>{t('rooms.meeting', { district: name })}</a>
                </li>
              ))
          : null}
        {state === 'published' ? (
          <li>
            <a href={`/runder/${roundYear}/resultat`}>{t('rooms.result')}</a>
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
