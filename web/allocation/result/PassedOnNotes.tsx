import type { TieReport, Transcript } from '../../../server/allocation/rules/transcript.ts'
import { formatAmount, formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Notice } from '../../ui/Notice.tsx'
import type { DistrictResult } from '../result.api.ts'
import { TranscriptSteps } from './CountSteps.tsx'
import { otherWords, wordsOf } from './otherWords.ts'
import { tieFactsOf } from './tieSentences.ts'

interface Props {
  district: DistrictResult
  titleOf: (projectId: string) => string
}

/** Winners that could not be built: why, what was the result before, and the count that passed the money on. */
export function PassedOnNotes({ district, titleOf }: Props) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  return district.passedOn.map(({ projectId, reason, confirmedAt, awardsBefore, how }, index) => {
    const awards = awardsBefore.map((award) => `${titleOf(award.projectId)} ${formatAmount(award.amountDkk, language)}`).join(', ')
    const previous = district.passedOn[index - 1]
    return (
      <Notice key={projectId}>
        <p>
          <strong>{t('passedOn.title', { title: titleOf(projectId) })}</strong> <span lang="da">{reason}</span>
        </p>
        <p>
          {t(`passedOn.${how}`)} {t('passedOn.when', { date: formatDate(confirmedAt, language) })}
        </p>
        <p className="bm-fine">
          {previous === undefined
            ? t('passedOn.before', { awards })
            : t('passedOn.beforeAgain', { awards, previous: titleOf(previous.projectId) })}
        </p>
        <PassedOnCount district={district} titleOf={titleOf} index={index} />
      </Notice>
    )
  })
}

/** The count that decided where the money went, step by step; nothing where a meeting decided, or it was not kept. */
function PassedOnCount({ district, titleOf, index }: Props & { index: number }) {
  const { t: usual } = useTranslation('result')
  const passed = district.passedOn[index]
  if (!passed?.transcript || passed.scope === null) return null
  const t = wordsOf(district, usual)
  const words = passed.scope === 'losers' ? otherWords(t, 'amongLosers') : t
  return (
    <details className="bm-tally-steps">
      <summary>{t(`passedOn.steps.${passed.scope}`, { title: titleOf(passed.projectId) })}</summary>
      <TranscriptSteps
        transcript={passed.transcript as unknown as Transcript}
        ties={passed.tiesMet as TieReport[]}
        facts={tieFactsOf(district)}
        titleOf={titleOf}
        words={words}
      />
    </details>
  )
}
