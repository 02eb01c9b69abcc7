import type { Channel, ElectionDistrict } from '../../../server/elections/contract.ts'
import { formatAmount, formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import type { SetUpElection } from '../useVote.ts'

/** Who votes where, how and when, one district after the other. */
export function WhoMayVote({ election: { setup } }: { election: SetUpElection }) {
  const { t } = useTranslation('voting')
  return (
    <section className="bm-booth-sheet" aria-labelledby="who">
      <h2 id="who">{t('who.title')}</h2>
      <ul className="bm-who">
        {setup.districts.map((district) => (
          <DistrictLine key={district.districtId} district={district} />
        ))}
      </ul>
    </section>
  )
}

function DistrictLine({ district: { districtId, name, shareDkk, settings } }: { district: ElectionDistrict }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const { channels, decidedBy, eligibility, minAgeHome, minAgeMeeting, opensAt, closesAt } = settings
  const ages = { home: minAgeHome, meeting: minAgeMeeting }
  const isHome = channels.includes('home')
  const isMeeting = channels.some((channel) => channel !== 'home')
  const age = isHome && isMeeting ? t('who.ages', ages) : t(isHome ? 'who.ageHome' : 'who.ageMeeting', ages)
  const ways = new Intl.ListFormat(language, { type: 'disjunction' }).format(channels.map((channel: Channel) => t(`who.ways.${channel}`)))
  return (
    <li>
      <h3>
        <DistrictChip districtId={districtId} name={name} />
      </h3>
      <p>
        {t(`who.${eligibility}`)}, {age}. {decidedBy === 'ballots' ? `${t('who.waysLine', { ways })}.` : `${t('who.atMeeting')}.`}
      </p>
      <p className="bm-fine">
        {t('who.time', { opens: formatMoment(opensAt, language), closes: formatMoment(closesAt, language) })} ·{' '}
        {t('who.share', { share: formatAmount(shareDkk, language) })}
      </p>
    </li>
  )
}
