import type { ConfirmedRound, Stage } from '../../../server/meetings/contract.ts'
import { formatAmount, formatMoment, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { clockText, usePitchClock } from '../usePitchClock.ts'

/** The one thing the hall should look at now. */
export function StageContent({ stage }: { stage: Stage }) {
  const { pitch, round, rounds, agreed, winnerId } = stage
  const last = rounds.at(-1)
  if (round?.state === 'open') return <RoundView stage={stage} round={round} />
  if (pitch.projectId !== null) return <PitchView stage={stage} projectId={pitch.projectId} />
  if (round !== null) return <RoundView stage={stage} round={round} />
  if (agreed !== null) return <AgreedView stage={stage} agreed={agreed} />
  if (last) return <ResultView stage={stage} round={last} winnerId={winnerId} />
  return <ProjectsView stage={stage} />
}

const lineOf = ({ lines }: Stage, id: string) => lines.find(({ projectId }) => projectId === id)

function ProjectsView({ stage }: { stage: Stage }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { meeting, lines } = stage
  return (
    <>
      <h1>{t('stage.projects')}</h1>
      {meeting && meeting.state === 'planned' ? (
        <p className="bm-stage-note">
          {meeting.place}, {formatMoment(meeting.startsAt, language)}
        </p>
      ) : null}
      <Lines stage={stage} ids={lines.map(({ projectId }) => projectId)} />
    </>
  )
}

function Lines({ stage, ids }: { stage: Stage; ids: readonly string[] }) {
  const language = useLanguage()
  return (
    <ol className="bm-stage-lines" data-many={ids.length > 5 || undefined}>
      {stage.lines
        .filter(({ projectId }) => ids.includes(projectId))
        .map(({ projectId, lineNumber, title, costDkk }) => (
          <li key={projectId}>
            <span className="bm-stage-number">{lineNumber}</span>
            <span className="bm-stage-title">{title}</span>
            <span className="bm-stage-cost">{formatAmount(costDkk, language)}</span>
          </li>
        ))}
    </ol>
  )
}

function PitchView({ stage, projectId }: { stage: Stage; projectId: string }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const leftMs = usePitchClock(stage.pitch)
  const line = lineOf(stage, projectId)
  return (
    <div className="bm-stage-pitch">
      <p className="bm-stage-number">{line?.lineNumber}</p>
      <h1>{line?.title}</h1>
      <p className="bm-stage-note">{line ? formatAmount(line.costDkk, language) : null}</p>
      <p className="bm-stage-clock" data-over={leftMs < 0 || undefined} role="timer">
        {clockText(leftMs)}
      </p>
      <p className="bm-stage-note">{leftMs < 0 ? t('stage.timeIsUp') : null}</p>
    </div>
  )
}

function RoundView({ stage, round }: { stage: Stage; round: NonNullable<Stage['round']> }) {
  const { t } = useTranslation('meetings')
  const isLast = round.projectIds.length === 2
  return (
    <>
      <h1>
        {t(isLast ? 'stage.lastRound' : 'stage.round', { number: round.roundNumber })}
        {': '}
        {t(round.state === 'open' ? `stage.vote.${round.method}` : 'stage.counting')}
      </h1>
      <Lines stage={stage} ids={round.projectIds} />
      {round.method === 'code' && round.state === 'open' ? (
        <p className="bm-stage-where">{t('stage.whereCode', { address: `${window.location.host}/stem/kode` })}</p>
      ) : null}
    </>
  )
}

function ResultView({ stage, round, winnerId }: { stage: Stage; round: ConfirmedRound; winnerId: string | null }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const most = Math.max(1, ...round.standing.map(({ votes }) => votes))
  const titleOf = (id: string) => lineOf(stage, id)?.title ?? id
  return (
    <>
      <h1>{winnerId ? t('stage.winner', { title: titleOf(winnerId) }) : t('stage.result', { number: round.roundNumber })}</h1>
      <ol className="bm-stage-votes">
        {round.standing.map(({ projectId, votes, goesOn }) => (
          <li key={projectId} data-out={!goesOn || undefined}>
            <span className="bm-stage-number">{lineOf(stage, projectId)?.lineNumber}</span>
            <span className="bm-stage-title">
              {titleOf(projectId)}
              {goesOn ? null : <em> {t('stage.out')}</em>}
            </span>
            <strong>{formatNumber(votes, language)}</strong>
            <span className="bm-stage-bar" style={{ width: `${(100 * votes) / most}%` }} aria-hidden="true" />
          </li>
        ))}
      </ol>
      <p className="bm-stage-note">
        {round.tieProjects.length > 0 ? `${t('stage.tie')} ` : ''}
        {round.blankVotes > 0 ? t('stage.blank', { count: round.blankVotes }) : ''}
      </p>
    </>
  )
}

function AgreedView({ stage, agreed }: { stage: Stage; agreed: NonNullable<Stage['agreed']> }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  return (
    <>
      <h1>{t('stage.agreed')}</h1>
      <ol className="bm-stage-lines">
        {agreed.amounts.map(({ projectId, amountDkk }) => (
          <li key={projectId}>
            <span className="bm-stage-number">{lineOf(stage, projectId)?.lineNumber}</span>
            <span className="bm-stage-title">{lineOf(stage, projectId)?.title}</span>
            <span className="bm-stage-cost">{formatAmount(amountDkk, language)}</span>
          </li>
        ))}
      </ol>
      <p className="bm-stage-note">{t('stage.left', { amount: formatAmount(agreed.leftDkk, language) })}</p>
    </>
  )
}
