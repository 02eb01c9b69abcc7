import Check from 'lucide-react/icons/check'
import type { BallotLine } from '../../../server/elections/contract.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import type { SetUpElection } from '../useVote.ts'
import { type Ballot, type Marks, markedLines, pointsGiven, spentDkk } from './ballot.ts'
import { CastProblem } from './CastProblem.tsx'
import { useCast } from './useCast.ts'

interface ReviewStepProps {
  election: SetUpElection
  ballot: Ballot
  marks: Marks
  code: string | null
  onChange: () => void
  onCast: () => void
}

/** The ballot as it will be, before it goes into the box for good. */
export function ReviewStep({ election, ballot, marks, code, onChange, onCast }: ReviewStepProps) {
  const { t } = useTranslation('voting')
  const { state, cast } = useCast(election, ballot, code, onCast)
  const chosen = markedLines(ballot, marks)
  const others = ballot.lines.filter((line) => !chosen.includes(line))
  const isSending = state.phase === 'sending'
  return (
    <section className="bm-booth-sheet bm-review" data-bm-district={districtKey(ballot.districtId)}>
      <h1>{t('review.title')}</h1>
      <p className="bm-lead">{t('review.lead', { district: ballot.name })}</p>
      {chosen.length === 0 ? (
        <div className="bm-review-blank">
          <h2>{t('review.blank')}</h2>
          <p>{t('review.blankText')}</p>
        </div>
      ) : (
        <>
          <h2>{t('review.chosen')}</h2>
          <ul className="bm-review-chosen">
            {chosen.map((line) => (
              <ChosenLine key={line.projectId} line={line} points={ballot.kind === 'points' ? (marks[line.projectId] ?? 0) : null} />
            ))}
          </ul>
          <Sum ballot={ballot} marks={marks} />
        </>
      )}
      {others.length > 0 ? (
        <>
          <h2 className="bm-review-quiet">{t('review.others')}</h2>
          <ul className="bm-review-others">
            {others.map(({ projectId, lineNumber, title }) => (
              <li key={projectId}>
                {lineNumber}. <span lang="da">{title}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {state.phase === 'failed' ? <CastProblem problem={state.problem} isCode={code !== null} onRetry={cast} onChange={onChange} /> : null}
      <p className="bm-review-final">{t('review.final')}</p>
      <div className="bm-booth-actions">
        <Button onClick={onChange} disabled={isSending}>
          {t('review.change')}
        </Button>
        {state.phase === 'failed' ? null : (
          <Button look="main" onClick={cast} aria-disabled={isSending || undefined}>
            {t(isSending ? 'review.sending' : 'review.cast')}
          </Button>
        )}
      </div>
    </section>
  )
}

function ChosenLine({ line: { lineNumber, title, costDkk }, points }: { line: BallotLine; points: number | null }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  return (
    <li>
      <Check aria-hidden="true" />
      <span className="bm-review-title">
        <span className="bm-hidden">{t('choose.number', { number: lineNumber })}: </span>
        <span lang="da">{title}</span>
      </span>
      <span>{points === null ? formatAmount(costDkk, language) : t('choose.pointsOf', { count: points })}</span>
    </li>
  )
}

function Sum({ ballot, marks }: { ballot: Ballot; marks: Marks }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  if (ballot.kind === 'knapsack') {
    const values = { spent: formatAmount(spentDkk(ballot, marks), language), share: formatAmount(ballot.shareDkk, language) }
    return <p className="bm-fine">{t('review.sum', values)}</p>
  }
  const left = ballot.points - pointsGiven(ballot, marks)
  return ballot.kind === 'points' && left > 0 ? <p className="bm-fine">{t('review.pointsLeft', { count: left })}</p> : null
}
