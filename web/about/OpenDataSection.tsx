import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { districtsQuery } from '../districts/districts.api.ts'
import { useTranslation } from '../lib/i18n.ts'
import { configQuery } from '../rounds/rounds.api.ts'

const FILES = { gpkg: 'GeoPackage', fgb: 'FlatGeobuf', geojson: 'GeoJSON', csv: 'CSV' } as const

/** Where everybody may fetch what the page shows. */
export function OpenDataSection() {
  const { t } = useTranslation('about')
  const year = useQuery(configQuery).data?.currentYear ?? null
  const districts = useQuery(districtsQuery).data
  const links = [
    { href: '/api/reference', text: t('data.reference') },
    { href: '/api/openapi.json', text: t('data.openapi') },
    { href: '/ogc', text: t('data.ogc') },
    { href: '/api/districts', text: t('data.districts') },
    ...(year === null ? [] : [{ href: `/api/rounds/${year}/ideas.geojson`, text: t('data.ideas', { year }) }]),
    { href: '/api/installations.geojson', text: t('data.installations') },
    { href: '/api/rounds', text: t('data.rounds') },
    { href: '/api/constraint-layers', text: t('data.constraints') },
  ]
  return (
    <section className="bm-section" aria-labelledby="data">
      <h2 id="data">{t('data.title')}</h2>
      <p>{t('data.lead')}</p>
      <ul className="bm-notes">
        {links.map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
      {year === null ? null : <RoundFiles year={year} />}
      <p>
        {t('data.rules')} <Link to="/plan/bindingslag">{t('data.rulesLink')}</Link>
      </p>
      <p>
        {t('data.tiles')} <code>/tiles/{'{collection}/{z}/{x}/{y}'}.mvt</code>
      </p>
      {districts ? (
        <p className="bm-fine">
          {t('data.attribution')} {districts.attribution}.
        </p>
      ) : null}
    </section>
  )
}

/** The whole round in the formats people ask for; their names are the same in every language. */
function RoundFiles({ year }: { year: number }) {
  const { t } = useTranslation('about')
  return (
    <p>
      {t('data.round', { year })}{' '}
      {Object.entries(FILES).map(([ending, name], index) => (
        <Fragment key={ending}>
          {index > 0 ? ' · ' : null}
          <a href={`/api/rounds/${year}/export.${ending}`}>{name}</a>
        </Fragment>
      ))}
    </p>
  )
}
