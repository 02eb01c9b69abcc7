import type { Round } from '../../server/rounds/contract.ts'
import { formatDate, formatUnknown } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Facts } from '../ui/Facts.tsx'

/** How the round was run. What nobody wrote down says so. */
export function RoundRules({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const language = useLanguage()
  const { rules, record } = round
  const unknown = <span className="bm-unknown">{formatUnknown(language)}</span>
  const danish = (text: string | null) => (text === null ? unknown : <span lang="da">{text}</span>)
  return (
    <section className="bm-section" aria-labelledby="rules">
      <h2 id="rules">{t(round.currentPhase ? 'round.rulesNow' : 'round.rules')}</h2>
      <Facts
        items={[
          { term: t('round.whoProposes'), value: danish(rules.whoProposes) },
          { term: t('round.whoDecides'), value: danish(rules.whoDecides) },
          { term: t('round.howDecided'), value: danish(rules.howDecided) },
          {
            term: t('round.maxProjects'),
            value: rules.maxProjectsPerDistrict === null ? unknown : t('round.maxProjectsValue', { count: rules.maxProjectsPerDistrict }),
          },
          {
            term: t('round.minimumAge'),
            value: rules.minimumAge === null ? unknown : t('round.minimumAgeValue', { count: rules.minimumAge }),
          },
          { term: t('round.deadline'), value: record.proposalDeadline === null ? unknown : formatDate(record.proposalDeadline, language) },
        ]}
      />
      {rules.notes.length > 0 ? (
        <>
          <h3>{t('round.notes')}</h3>
          <ul className="bm-notes" lang="da">
            {rules.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
