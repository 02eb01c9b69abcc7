import { Link } from '@tanstack/react-router'
import type { BallotLine, ElectionDistrict } from '../../server/elections/contract.ts'
import { formatAmount, formatMoment } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'

interface BallotDistrictProps {
  district: ElectionDistrict
  /** Sentences that hold here and not everywhere. */
  own: readonly string[]
  hasOwnTimes: boolean
}

/** What one district votes on: its share, its projects with cost and running cost, and what is different here. */
export function BallotDistrict({ district, own, hasOwnTimes }: BallotDistrictProps) {
  const { t } = useTranslation('elections')
  const language = useLanguage()
  const { districtId, name, shareDkk, lines, exclusivePairs, settings } = district
  const titles = new Map(lines.map(({ projectId, title }) => [projectId, title]))
  return (
    <section className="bm-vote-district" aria-labelledby={`vote-${districtId}`}>
      <h3 id={`vote-${districtId}`}>
        <DistrictChip districtId={districtId} name={name} />
        <span className="bm-vote-share">{t('district.share', { share: formatAmount(shareDkk, language) })}</span>
      </h3>
      {hasOwnTimes ? (
        <p className="bm-fine">
          {t('district.times', { opens: formatMoment(settings.opensAt, language), closes: formatMoment(settings.closesAt, language) })}
        </p>
      ) : null}
      {own.length > 0 ? (
        <ul className="bm-notes">
          {own.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      <ol className="bm-vote-lines">
        {lines.map((line) => (
          <Line key={line.projectId} line={line} districtId={districtId} shareDkk={shareDkk} />
        ))}
      </ol>
      {exclusivePairs.map(({ projectIds: [first, second], reason }) => (
        <p key={`${first} ${second}`} className="bm-fine">
          {t('district.pair', { first: titles.get(first), second: titles.get(second), reason })}
        </p>
      ))}
    </section>
  )
}

function Line({ line, districtId, shareDkk }: { line: BallotLine; districtId: string; shareDkk: number }) {
  const { t } = useTranslation('elections')
  const language = useLanguage()
  const { lineNumber, projectId, title, description, costDkk, runningCostDkkPerYear, smallestUsefulDkk } = line
  return (
    <li className="bm-vote-line">
      <span className="bm-vote-number" aria-hidden="true">
        {lineNumber}
      </span>
      <div>
        <h4>
          <Link to="/projekter/$id" params={{ id: projectId }}>
            {title}
          </Link>
        </h4>
        <p className="bm-vote-description" lang="da">
          {description}
        </p>
        <p className="bm-vote-cost">
          <strong>{formatAmount(costDkk, language)}</strong>
          <span>
            {runningCostDkkPerYear === null
              ? t('district.noRunningCost')
              : t('district.runningCost', { amount: formatAmount(runningCostDkkPerYear, language) })}
          </span>
        </p>
        <BudgetBar districtId={districtId} part={costDkk} whole={shareDkk} />
        {smallestUsefulDkk === null ? null : (
          <p className="bm-fine">{t('district.smallest', { amount: formatAmount(smallestUsefulDkk, language) })}</p>
        )}
      </div>
    </li>
  )
}
