import { Link } from '@tanstack/react-router'
import type { ApiProblem } from '../../lib/api.ts'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { buttonClass } from '../../ui/Button.tsx'

const STATES = ['frozen', 'open', 'ended', 'closed', 'counted', 'stopped'] as const

/** Before a result is there: how far the vote is and when it ends, not a number of what is in the box. */
export function NotPublished({ year, problem }: { year: string; problem: ApiProblem }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const { state, closesAt } = problem.body
  const known = STATES.find((one) => one === state)
  const closes = typeof closesAt === 'string' ? formatMoment(closesAt, language) : null
  return (
    <article className="bm-page bm-tally">
      <BackLink to="/runder/$year" params={{ year }}>
        {t('back', { year })}
      </BackLink>
      <h1>{t('notPublished.title')}</h1>
      <p className="bm-lead">{t(`notPublished.${known ?? 'draft'}`)}</p>
      {closes && (known === 'open' || known === 'frozen') ? <p>{t('notPublished.closes', { when: closes })}</p> : null}
      <p className="bm-fine">{t('notPublished.why')}</p>
      <p className="bm-detail-actions">
        <Link to="/runder/$year" params={{ year }} className={buttonClass('quiet')}>
          {t('notPublished.toRound')}
        </Link>
        <Link to="/runder" className={buttonClass('quiet')}>
          {t('notPublished.toEarlier')}
        </Link>
      </p>
    </article>
  )
}
