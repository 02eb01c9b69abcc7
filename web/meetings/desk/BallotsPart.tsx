import { Link } from '@tanstack/react-router'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { buttonClass } from '../../ui/Button.tsx'
import type { EveningDesk } from '../meetings.api.ts'

/** Where the ballots of the box decide: what people vote by here, when it ends, and where the papers go. */
export function BallotsPart({ desk }: { desk: EveningDesk }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { districtId } = desk
  return (
    <section className="bm-meeting-card" aria-labelledby="ballots">
      <h2 id="ballots">{t('ballots.part')}</h2>
      <p>{t(desk.voteState === 'open' ? 'ballots.until' : 'ballots.over', { moment: formatMoment(desk.closesAt, language) })}</p>
      <p className="bm-detail-actions">
        <Link to="/plan/afstemning/moede/$districtId/doer" params={{ districtId }} className={buttonClass('main')}>
          {t('ballots.toDoor')}
        </Link>
        {desk.means.includes('paper') ? (
          <Link to="/plan/afstemning/moede/$districtId/papir" params={{ districtId }} className={buttonClass('quiet')}>
            {t('ballots.toPaper')}
          </Link>
        ) : null}
      </p>
      <p>{t('ballots.batches', { entered: desk.paper.entered, accepted: desk.paper.accepted })}</p>
      <p className="bm-fine">{t('ballots.secret')}</p>
    </section>
  )
}
