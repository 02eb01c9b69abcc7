import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { Language } from '../../lib/language.ts'
import type { Translate } from '../../lib/translate.ts'
import type { DistrictResult } from '../result.api.ts'
import { CheckSign } from './CheckSign.tsx'
import type { DistrictCheck, Verdict } from './runCheck.ts'

interface Line {
  key: string
  verdict: Verdict
  words: string
}

const verdictOf = (is: boolean | null): Verdict => (is === null ? 'not-here' : is ? 'equal' : 'different')

function countLine({ verdict, differences, hasSameSteps, ballots, ms }: DistrictCheck, t: Translate, language: Language): Line {
  const values = { ballots: formatNumber(ballots, language), ms: formatNumber(ms, language) }
  if (verdict === 'failed') return { key: 'count', verdict: 'failed', words: t('count.failed') }
  if (differences.length > 0) return { key: 'count', verdict: 'different', words: t('count.different') }
  return { key: 'count', verdict: verdictOf(hasSameSteps), words: t(hasSameSteps ? 'count.equal' : 'count.steps', values) }
}

function sumLines({ sums }: DistrictCheck, district: DistrictResult, t: Translate, language: Language): Line[] {
  const number = (value: number | null) => formatNumber(value ?? 0, language)
  const { cast, counted, onScreen, isCountedWhole, hasReceipts, hasMarks, hasReceiptsOfRounds } = sums
  const values = {
    cast: number(cast),
    counted: number(counted),
    onScreen: number(onScreen),
    receipts: number(district.receipts),
    marks: number(district.marks),
  }
  const line = (key: string, is: boolean | null, right: string, wrong: string): Line[] =>
    is === null ? [] : [{ key, verdict: verdictOf(is), words: t(is ? right : wrong, values) }]
  return [
    ...line('sums', isCountedWhole, 'sums.equal', 'sums.different'),
    ...line('receipts', hasReceipts, 'sums.receipts', 'sums.receiptsDiffer'),
    ...line('marks', hasMarks, 'sums.marks', 'sums.marksDiffer'),
    ...line('rounds', hasReceiptsOfRounds, 'sums.rounds', 'sums.roundsDiffer'),
  ]
}

function linesOf(check: DistrictCheck, district: DistrictResult, t: Translate, language: Language): Line[] {
  const { reason, isPublishedFile, isFrozenSetup } = check
  const sums = sumLines(check, district, t, language)
  if (reason !== null) return [{ key: 'reason', verdict: 'not-here', words: t(`reason.${reason}`) }, ...sums]
  const frozen = isFrozenSetup === null ? 'notHere' : isFrozenSetup ? 'equal' : 'different'
  return [
    countLine(check, t, language),
    { key: 'file', verdict: verdictOf(isPublishedFile), words: t(isPublishedFile ? 'file.equal' : 'file.different') },
    { key: 'frozen', verdict: verdictOf(isFrozenSetup), words: t(`frozen.${frozen}`) },
    ...sums,
  ]
}

/** What the recount of one district found. */
export function DistrictLines({ check, district }: { check: DistrictCheck; district: DistrictResult }) {
  const { t } = useTranslation('check')
  const language = useLanguage()
  const titleOf = (id: string) => district.projects.find(({ projectId }) => projectId === id)?.title ?? id
  return (
    <ul className="bm-recount-lines">
      {linesOf(check, district, t, language).map(({ key, verdict, words }) => (
        <li key={key}>
          <CheckSign verdict={verdict} />
          {words}
        </li>
      ))}
      {check.differences.map(({ projectId, published, counted }) => (
        <li key={projectId}>
          <CheckSign verdict="different" />
          {t('count.difference', {
            title: titleOf(projectId),
            published: formatAmount(published, language),
            counted: formatAmount(counted, language),
          })}
        </li>
      ))}
    </ul>
  )
}
