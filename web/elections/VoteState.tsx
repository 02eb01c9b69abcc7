import { Link } from '@tanstack/react-router'
import type { Election } from '../../server/elections/contract.ts'
import { formatMoment } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { buttonClass } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Where the vote stands, in one sentence, with what one can do now. */
export function VoteState({ election }: { election: Election }) {
  const { t } = useTranslation('elections')
  const language = useLanguage()
  const { state, opensAt, closesAt, stopReason, roundYear } = election
  const moment = (at: string | null) => (at === null ? '' : formatMoment(at, language))
  return (
    <div className="bm-vote-state" data-state={state}>
      <p className="bm-vote-state-words">{t(`state.${state}`, { opens: moment(opensAt), closes: moment(closesAt) })}</p>
      {state === 'open' ? (
        <Link className={buttonClass('main')} to="/stem">
          {t('voteNow')}
        </Link>
      ) : null}
      {state === 'published' ? (
        <Link className={buttonClass('main')} to="/runder/$year/resultat" params={{ year: String(roundYear) }}>
          {t('toResult')}
        </Link>
      ) : null}
      {state === 'stopped' && stopReason !== null ? <Notice>{t('stoppedBecause', { reason: stopReason })}</Notice> : null}
    </div>
  )
}
