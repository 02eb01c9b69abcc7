import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'
import { type Ballot, type Marks, pointsGiven, spentDkk } from './ballot.ts'
import { meterText } from './meterText.ts'

/** What is used of the ballot: in words, and as a bar where money or points run out. */
export function BallotMeter({ ballot, marks }: { ballot: Ballot; marks: Marks }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const [part, whole] =
    ballot.kind === 'knapsack'
      ? [spentDkk(ballot, marks), ballot.shareDkk]
      : ballot.kind === 'points'
        ? [pointsGiven(ballot, marks), ballot.points]
        : [null, null]
  return (
    <div className="bm-meter">
      <p>{meterText(t, language, ballot, marks)}</p>
      {whole === null ? null : <BudgetBar districtId={ballot.districtId} part={part} whole={whole} />}
    </div>
  )
}
