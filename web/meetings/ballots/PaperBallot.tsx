import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BallotMap } from './BallotMap.tsx'

interface PaperBallotProps {
  desk: MeetingDesk
  lines: MeetingDesk['lines']
  /** Null: not taken yet. */
  number: number | null
  /** Null: the ballot of the district's box. */
  roundNumber: number | null
}

const DIGITS = 4

/** One ballot, half a sheet: number, how to fill it in, the projects with price, and where they lie. */
export function PaperBallot({ desk, lines, number, roundNumber }: PaperBallotProps) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { districtId, districtName, ballotKind, roundYear, decidedBy } = desk
  const kind = decidedBy === 'knock-out' ? 'choose-one' : ballotKind
  return (
    <article className="bm-ballot" aria-label={t('ballots.one', { number: number ?? '' })}>
      <header>
        <h2>
          {t('ballots.head', { year: roundYear })} · {districtName}
          {roundNumber === null ? null : ` · ${t('knockOut.round', { number: roundNumber })}`}
        </h2>
        <p className="bm-ballot-number">
          {t('ballots.number')} {number === null ? '····' : String(number).padStart(DIGITS, '0')}
        </p>
      </header>
      <p className="bm-ballot-how">
        {t(`ballots.how.${kind}`, { count: desk.maxChoices, points: desk.points, share: formatAmount(desk.shareDkk, language) })}
      </p>
      <div className="bm-ballot-body">
        <ol>
          {lines.map(({ projectId, lineNumber, title, costDkk, runningCostDkkPerYear }) => (
            <li key={projectId}>
              <span className="bm-ballot-box" aria-hidden="true" />
              <span className="bm-ballot-line">{lineNumber}</span>
              <span>
                <strong>{title}</strong>
                <br />
                {formatAmount(costDkk, language)}
                {runningCostDkkPerYear === null
                  ? ''
                  : `, ${t('ballots.running', { amount: formatAmount(runningCostDkkPerYear, language) })}`}
              </span>
            </li>
          ))}
        </ol>
        <BallotMap year={roundYear} districtId={districtId} lines={lines} />
      </div>
      <p className="bm-ballot-rules">{t('ballots.rules')}</p>
    </article>
  )
}
