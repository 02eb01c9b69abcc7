import { formatPercent } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'
import type { DistrictResult } from '../result.api.ts'
import { wordsOf } from './otherWords.ts'

/** How many ballots had none, one, two … of what they chose funded. */
export function FundedHistogram({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const language = useLanguage()
  const { districtId, fundedPerBallot, blankBallots, passedOn } = district
  const all = fundedPerBallot?.reduce((sum, ballots) => sum + ballots, 0) ?? 0
  if (fundedPerBallot === null || all === 0) return null
  const [passed] = passedOn
  return (
    <div className="bm-tally-rounds">
      <h3>{t('perBallot.title')}</h3>
      <ul className="bm-knock-out">
        {fundedPerBallot.map((ballots, projects) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is how many projects it tells of
          <li key={projects}>
            <span>{t(projects === 0 ? 'perBallot.none' : 'perBallot.some', { count: ballots, projects })}</span>
            <span>{formatPercent(ballots, all, language)}</span>
            <BudgetBar districtId={districtId} part={ballots} whole={all} />
          </li>
        ))}
      </ul>
      {blankBallots ? <p className="bm-fine">{t('perBallot.blank')}</p> : null}
      {passed === undefined ? null : <p className="bm-fine">{t('perBallot.before', { title: titleOf(passed.projectId) })}</p>}
    </div>
  )
}
