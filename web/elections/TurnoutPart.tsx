import { useQuery } from '@tanstack/react-query'
import type { Election } from '../../server/elections/contract.ts'
import { formatNumber, formatPercent } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { turnoutQuery } from './elections.api.ts'

/** How many have voted so far, district by district: the only thing of a vote that shows while it goes on. */
export function TurnoutPart({ election: { roundYear, state } }: { election: Election }) {
  const { t } = useTranslation('elections')
  const language = useLanguage()
  const isShown = ['open', 'ended', 'closed', 'counted'].includes(state)
  const { data } = useQuery(turnoutQuery(isShown ? roundYear : null, state === 'open'))
  if (!isShown || !data) return null
  return (
    <section className="bm-section" aria-labelledby="turnout">
      <h2 id="turnout">{t('turnout.title')}</h2>
      <ul className="bm-vote-turnout">
        {data.districts.map(({ districtId, name, ballots, rollSize, byChannel }) => (
          <li key={districtId}>
            <DistrictChip districtId={districtId} name={name} />
            <strong>{t('turnout.ballots', { count: ballots, number: formatNumber(ballots, language) })}</strong>
            <span className="bm-fine">
              {[
                ...(rollSize ? [t('turnout.ofRoll', { percent: formatPercent(ballots, rollSize, language) })] : []),
                ...byChannel
                  .filter((one) => one.ballots > 0)
                  .map((one) => t(`turnout.${one.channel}`, { number: formatNumber(one.ballots, language) })),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <p className="bm-fine">{t('turnout.secret')}</p>
    </section>
  )
}
