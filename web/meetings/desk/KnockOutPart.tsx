import type { DeskRound } from '../../../server/meetings/contract.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { EveningDesk, MeetingKey } from '../meetings.api.ts'
import { LiveRound } from './LiveRound.tsx'
import { OpenRound } from './OpenRound.tsx'

/** The rounds so far, the one that goes on, and the next. */
export function KnockOutPart({ desk, meetingKey }: { desk: EveningDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const live = desk.rounds.find(({ state }) => state === 'open' || state === 'counting')
  const winner = desk.standing.length === 1 ? desk.lines.find(({ projectId }) => projectId === desk.standing[0]) : undefined
  const isOpen = desk.meeting.state === 'open'
  return (
    <section className="bm-meeting-card" aria-labelledby="knock-out">
      <h2 id="knock-out">{t('knockOut.title')}</h2>
      {desk.rounds
        .filter(({ state }) => state === 'confirmed' || state === 'cancelled')
        .map((round) => (
          <PastRound key={round.roundNumber} round={round} desk={desk} />
        ))}
      {winner ? <p className="bm-meeting-winner">{t('knockOut.winner', { title: winner.title })}</p> : null}
      {isOpen && live ? <LiveRound key={`${live.roundNumber} ${live.attempt}`} round={live} desk={desk} meetingKey={meetingKey} /> : null}
      {isOpen && !live && !winner ? <OpenRound desk={desk} meetingKey={meetingKey} /> : null}
    </section>
  )
}

function PastRound({ round, desk }: { round: DeskRound; desk: EveningDesk }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { result, roundNumber, method } = round
  if (result === null)
    return (
      <p className="bm-soft-text">
        {t('knockOut.round', { number: roundNumber })}: {t('knockOut.cancelled', { reason: round.cancelReason ?? '' })}
      </p>
    )
  const titleOf = (id: string) => desk.lines.find(({ projectId }) => projectId === id)?.title ?? id
  return (
    <div className="bm-meeting-past">
      <h3>
        {t('knockOut.round', { number: roundNumber })} <span className="bm-soft-text">{t(`method.${method}`)}</span>
      </h3>
      <ol>
        {result.standing.map(({ projectId, votes, goesOn }) => (
          <li key={projectId} data-out={!goesOn || undefined}>
            <span>{titleOf(projectId)}</span>
            <strong>{formatNumber(votes, language)}</strong>
            <span>{t(goesOn ? 'knockOut.goesOn' : 'knockOut.out')}</span>
          </li>
        ))}
      </ol>
      {result.blankVotes > 0 ? <p className="bm-soft-text">{t('knockOut.blank', { count: result.blankVotes })}</p> : null}
      {result.tieProjects.length > 0 ? (
        <p>{t('knockOut.tie', { titles: result.tieProjects.map(titleOf).join(language === 'da' ? ' og ' : ' and ') })}</p>
      ) : null}
    </div>
  )
}
