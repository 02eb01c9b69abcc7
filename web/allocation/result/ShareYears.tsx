import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { roundsQuery, sharesQuery } from '../../rounds/rounds.api.ts'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import type { RoundResult } from '../result.api.ts'

interface YearShare {
  year: number
  shareDkk: number
}

/** Each district's share through the rounds, to see this one against those before and after. */
export function ShareYears({ result }: { result: RoundResult }) {
  const { t } = useTranslation('result')
  const rounds = (useQuery(roundsQuery).data?.items ?? []).toSorted((a, b) => a.year - b.year)
  const answers = useQueries({ queries: rounds.map(({ year }) => sharesQuery(year)) })
  const lines = result.districts.flatMap(({ districtId, name }) => {
    if (districtId === null) return []
    const years = rounds.flatMap(({ year }, index): YearShare[] => {
      const shareDkk = answers[index]?.data?.items.find((share) => share.districtId === districtId)?.shareDkk ?? null
      return shareDkk === null ? [] : [{ year, shareDkk }]
    })
    return years.length > 1 ? [{ districtId, name: name ?? '', years }] : []
  })
  if (lines.length === 0) return null
  const largest = Math.max(...lines.flatMap(({ years }) => years.map(({ shareDkk }) => shareDkk)))
  return (
    <section className="bm-section" aria-labelledby="years">
      <h2 id="years">{t('years.title')}</h2>
      <p className="bm-fine">{t('years.text')}</p>
      {lines.map(({ districtId, name, years }) => (
        <div key={districtId} className="bm-share-years" data-bm-district={districtKey(districtId)}>
          <h3>
            <DistrictChip districtId={districtId} name={name} />
          </h3>
          <ul>
            {years.map((one) => (
              <YearBar key={one.year} {...one} largest={largest} isThis={one.year === result.roundYear} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function YearBar({ year, shareDkk, largest, isThis }: YearShare & { largest: number; isThis: boolean }) {
  const language = useLanguage()
  return (
    <li data-this={isThis}>
      <Link to="/runder/$year" params={{ year: String(year) }}>
        {year}
      </Link>
      <span className="bm-share-years-bar" aria-hidden="true">
        <span style={{ width: `${(shareDkk / largest) * 100}%` }} />
      </span>
      <span>{formatAmount(shareDkk, language)}</span>
    </li>
  )
}
