import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isBeforeAwards } from '../../server/kernel/phases.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { roundsQuery, sharesQuery } from '../rounds/rounds.api.ts'
import { Amount } from '../ui/Amount.tsx'
import { districtKey } from '../ui/districtKey.ts'

interface YearShare {
  year: number
  isDemo: boolean
  totalDkk: number
  shareDkk: number | null
  awardedDkk: number | null
  isOpen: boolean
}

/** The district's shares through the rounds, as a small chart and as the table behind it. */
export function ShareHistory({ districtId }: { districtId: string }) {
  const { t } = useTranslation('districts')
  const { t: rounds } = useTranslation('rounds')
  const years = useYearShares(districtId)
  if (years.length === 0) return null
  return (
    <section className="bm-section" aria-labelledby="share-history">
      <h2 id="share-history">{t('history.title')}</h2>
      <ShareChart districtId={districtId} years={years} />
      <table className="bm-table">
        <thead>
          <tr>
            <th scope="col">{t('history.round')}</th>
            <th scope="col">{rounds('share.amount')}</th>
            <th scope="col">{rounds('share.awarded')}</th>
          </tr>
        </thead>
        <tbody>
          {years.map(({ year, isDemo, shareDkk, awardedDkk, isOpen }) => (
            <tr key={year}>
              <th scope="row">
                <Link to="/runder/$year" params={{ year: String(year) }}>
                  {year}
                </Link>
                {isDemo ? ` (${t('history.demo')})` : ''}
              </th>
              <td>
                <Amount value={shareDkk} />
              </td>
              <td>{isOpen ? rounds('share.undecided') : <Amount value={awardedDkk} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function useYearShares(districtId: string): YearShare[] {
  const rounds = useQuery(roundsQuery).data?.items ?? []
  const answers = useQueries({ queries: rounds.map(({ year }) => sharesQuery(year)) })
  return rounds
    .map(({ year, isDemo, totalDkk, currentPhase }, index) => {
      const share = answers[index]?.data?.items.find((item) => item.districtId === districtId)
      const { shareDkk = null, awardedDkk = null } = share ?? {}
      return { year, isDemo, totalDkk, shareDkk, awardedDkk, isOpen: isBeforeAwards(currentPhase) }
    })
    .toSorted((a, b) => a.year - b.year)
}

const CHART_HEIGHT = 96

/** Columns of the share, filled as far as it was awarded. The table says the same in numbers. */
function ShareChart({ districtId, years }: { districtId: string; years: YearShare[] }) {
  const { t } = useTranslation('districts')
  const language = useLanguage()
  const largest = Math.max(1, ...years.map(({ shareDkk }) => shareDkk ?? 0))
  return (
    <figure className="bm-chart" data-bm-district={districtKey(districtId)}>
      <div aria-hidden="true">
        {years.map(({ year, shareDkk, awardedDkk }) => (
          <div key={year} className="bm-chart-year" title={`${year}: ${formatAmount(shareDkk, language)}`}>
            <span className="bm-chart-column" style={{ height: shareDkk === null ? 0 : (shareDkk / largest) * CHART_HEIGHT }}>
              <span style={{ height: `${Math.min(1, (awardedDkk ?? 0) / (shareDkk || 1)) * 100}%` }} />
            </span>
            {shareDkk === null ? <span className="bm-chart-unknown">?</span> : null}
            <span>{year}</span>
          </div>
        ))}
      </div>
      <figcaption className="bm-fine">{t('history.legend')}</figcaption>
    </figure>
  )
}
