import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Round } from '../../server/rounds/contract.ts'
import { formatDate, formatUnknown } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { projectsQuery } from '../projects/projects.api.ts'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { sharesQuery } from './rounds.api.ts'

type Ballot = Round['record']['ballots'][number]
type Meeting = Round['record']['meetings'][number]

/** Meetings and votes the sources tell of; nothing when they tell of none. */
export function RoundRecord({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const { meetings, ballots } = round.record
  return (
    <>
      {ballots.length > 0 ? (
        <section className="bm-section" aria-labelledby="ballots">
          <h2 id="ballots">{t('round.ballots')}</h2>
          <ol className="bm-ballots">
            {ballots.map((ballot) => (
              <BallotLine key={`${ballot.districtId}${ballot.round}`} ballot={ballot} year={round.year} />
            ))}
          </ol>
        </section>
      ) : null}
      {meetings.length > 0 ? (
        <section className="bm-section" aria-labelledby="meetings">
          <h2 id="meetings">{t('round.meetings')}</h2>
          <ul className="bm-meetings">
            {meetings.map((meeting) => (
              <MeetingLine key={`${meeting.districtId}${meeting.date}`} meeting={meeting} year={round.year} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function useDistrictName(year: number, districtId: string): string {
  const { data } = useQuery(sharesQuery(year))
  return data?.items.find((share) => share.districtId === districtId)?.name ?? ''
}

function BallotLine({ ballot, year }: { ballot: Ballot; year: number }) {
  const { t } = useTranslation('rounds')
  const { data } = useQuery(projectsQuery(year))
  const district = useDistrictName(year, ballot.districtId)
  const all = ballot.votes?.reduce((sum, { votes }) => sum + votes, 0) ?? 0
  return (
    <li>
      <h3>{t('round.ballotRound', { district, round: ballot.round })}</h3>
      {ballot.note ? <p lang="da">{ballot.note}</p> : null}
      {ballot.votes ? null : <p className="bm-fine">{t('round.votesUnknown')}</p>}
      <ul>
        {ballot.votes?.map(({ projectId, votes }) => (
          <li key={projectId} className="bm-votes">
            <Link to="/projekter/$id" params={{ id: projectId }}>
              {data?.items.find((project) => project.projectId === projectId)?.title ?? projectId}
            </Link>
            <span>{t('round.votes', { count: votes })}</span>
            <BudgetBar districtId={ballot.districtId} part={votes} whole={all} />
          </li>
        ))}
      </ul>
    </li>
  )
}

function MeetingLine({ meeting, year }: { meeting: Meeting; year: number }) {
  const { t } = useTranslation('rounds')
  const language = useLanguage()
  const district = useDistrictName(year, meeting.districtId)
  const time = meeting.fromTime && meeting.toTime ? t('round.meetingTime', { from: meeting.fromTime, to: meeting.toTime }) : null
  const when = meeting.date ? formatDate(meeting.date, language) : formatUnknown(language)
  return (
    <li>
      <strong>{district}</strong>: {[when, time, meeting.place].filter(Boolean).join(', ')}
    </li>
  )
}
