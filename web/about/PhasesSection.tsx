import { PHASES, type Phase } from '../../server/kernel/phases.ts'
import type { Round } from '../../server/rounds/contract.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'

/** The eight phases in order, with this round's dates and today's place. */
export function PhasesSection() {
  const { t } = useTranslation('about')
  const round = useCurrentRound()
  return (
    <section className="bm-section" aria-labelledby="faser">
      <h2 id="faser">{t('faser.title')}</h2>
      <p>{t('faser.lead')}</p>
      <ol className="bm-phase-list">
        {PHASES.map((phase, index) => (
          <PhaseLine key={phase} phase={phase} number={index + 1} round={round ?? null} />
        ))}
      </ol>
    </section>
  )
}

function PhaseLine({ phase, number, round }: { phase: Phase; number: number; round: Round | null }) {
  const { t } = useTranslation('about')
  const { t: rounds } = useTranslation('rounds')
  const language = useLanguage()
  const dates = round?.phases.find((candidate) => candidate.phase === phase)
  const isNow = round?.currentPhase === phase
  const isPast = PHASES.indexOf(phase) < PHASES.indexOf(round?.currentPhase ?? 'clarification')
  return (
    <li data-state={isNow ? 'now' : isPast ? 'past' : 'coming'} aria-current={isNow ? 'step' : undefined}>
      <span className="bm-phase-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <h3>
          {rounds(`phase.${phase}`)}
          {isNow ? <span className="bm-phase-now">{t('faser.now')}</span> : null}
        </h3>
        {dates ? (
          <p className="bm-fine">
            {formatDate(dates.startsOn, language)} – {formatDate(dates.endsOn, language)}
          </p>
        ) : null}
        <p>{t(`faser.${phase}`)}</p>
      </div>
    </li>
  )
}
