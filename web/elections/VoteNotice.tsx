import { Link } from '@tanstack/react-router'
import Vote from 'lucide-react/icons/vote'
import type { Round } from '../../server/rounds/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import './voteNotice.css'

/** A round whose vote is frozen or later says so, and leads to it. */
export function VoteNotice({ round }: { round: Pick<Round, 'year' | 'voteState'> }) {
  const { t } = useTranslation('rounds')
  const { year, voteState } = round
  if (voteState === null) return null
  return (
    <Link to="/afstemning/$year" params={{ year: String(year) }} className="bm-vote-notice" data-state={voteState}>
      <Vote aria-hidden="true" size={22} />
      <span>
        <strong>{t(`vote.${voteState}.title`)}</strong>
        <span>{t(`vote.${voteState}.text`)}</span>
      </span>
    </Link>
  )
}
