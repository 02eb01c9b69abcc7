import { Link } from '@tanstack/react-router'
import type { Round } from '../../server/rounds/contract.ts'
import { useTranslation } from '../lib/i18n.ts'

/** The eight phases as a strip, with today's place in words below it. */
export function PhaseStrip({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const current = round.phases.findIndex(({ phase }) => phase === round.currentPhase)
  if (round.phases.length === 0) return null
  return (
    <div className="bm-phases">
      <ol aria-hidden="true">
        {round.phases.map(({ phase }, index) => (
          <li key={phase} data-state={index === current ? 'now' : index < current ? 'past' : 'coming'} />
        ))}
      </ol>
      <Link to="/om" hash="faser" className="bm-phase-link">
        {current < 0 ? t('phase.none') : <CurrentPhase round={round} number={current + 1} />}
        <span className="bm-hidden"> {t('phase.all')}</span>
      </Link>
    </div>
  )
}

function CurrentPhase({ round, number }: { round: Round; number: number }) {
  const { t } = useTranslation('rounds')
  const name = t(`phase.${round.currentPhase}`)
  return (
    <>
      {t('phase.place', { number, count: round.phases.length, name })}
      {round.daysLeft === null ? null : ` · ${t('phase.daysLeft', { count: round.daysLeft })}`}
    </>
  )
}
