import { Link } from '@tanstack/react-router'
import { formatDate, formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { PageSkeleton } from '../../shell/PageSkeleton.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { CurrentVote, SetUpElection } from '../useVote.ts'
import { Secrecy } from './Secrecy.tsx'
import { WhoMayVote } from './WhoMayVote.tsx'

/** A vote that cannot be voted in: none, being prepared, not open yet, over, stopped; each with what comes next. */
export function VoteState({ vote }: { vote: CurrentVote }) {
  const { t } = useTranslation('voting')
  if (vote.phase === 'loading') return <PageSkeleton />
  if (vote.phase === 'failed') {
    return (
      <section className="bm-booth-sheet">
        <h1>{t('start.title')}</h1>
        <ErrorState error={vote.error} onRetry={vote.retry} />
      </section>
    )
  }
  if (vote.phase === 'known') return <KnownState election={vote.election} />
  return (
    <section className="bm-booth-sheet">
      <h1>{t('none.title')}</h1>
      <p className="bm-lead">{vote.phase === 'none' ? t('none.text') : t('none.preparing', { year: vote.year })}</p>
      <p>
        <Link to="/" className={buttonClass('main')}>
          {t('none.toMap')}
        </Link>
      </p>
    </section>
  )
}

function KnownState({ election }: { election: SetUpElection }) {
  if (election.state === 'stopped') return <Stopped election={election} />
  return election.state === 'frozen' ? <Coming election={election} /> : <Over election={election} />
}

function Coming({ election }: { election: SetUpElection }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const { opensAt, closesAt, roundYear } = election
  const values = { opens: opensAt ? formatMoment(opensAt, language) : '', closes: closesAt ? formatMoment(closesAt, language) : '' }
  return (
    <>
      <section className="bm-booth-sheet">
        <h1>{t('coming.title')}</h1>
        <p className="bm-lead">{t('coming.text', values)}</p>
        <p>
          <Link to="/afstemning/$year" params={{ year: String(roundYear) }} className={buttonClass('main')}>
            {t('coming.look')}
          </Link>
        </p>
      </section>
      <WhoMayVote election={election} />
      <Secrecy />
    </>
  )
}

function Over({ election: { state, closesAt, roundYear } }: { election: SetUpElection }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const said = state === 'published' ? 'published' : state === 'ended' ? 'ended' : 'closed'
  return (
    <section className="bm-booth-sheet">
      <h1>{t('over.title')}</h1>
      <p className="bm-lead">{t(`over.${said}`, { closes: closesAt ? formatMoment(closesAt, language) : '' })}</p>
      <p className="bm-booth-actions">
        {said === 'published' ? (
          <Link to="/runder/$year/resultat" params={{ year: String(roundYear) }} className={buttonClass('main')}>
            {t('over.result')}
          </Link>
        ) : null}
        {said === 'ended' ? null : (
          <Link to="/kvittering" search={{ year: roundYear }} className={buttonClass('quiet')}>
            {t('over.receipt')}
          </Link>
        )}
        <Link to="/" className={buttonClass('quiet')}>
          {t('none.toMap')}
        </Link>
      </p>
    </section>
  )
}

function Stopped({ election: { stoppedAt, stopReason } }: { election: SetUpElection }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  return (
    <section className="bm-booth-sheet">
      <h1>{t('stopped.title')}</h1>
      <p>{t('stopped.text', { date: stoppedAt ? formatDate(stoppedAt, language) : '' })}</p>
      <blockquote className="bm-booth-quote" lang="da">
        {stopReason}
      </blockquote>
      <p>{t('stopped.todo')}</p>
      <p>
        <Link to="/" className={buttonClass('main')}>
          {t('none.toMap')}
        </Link>
      </p>
    </section>
  )
}
