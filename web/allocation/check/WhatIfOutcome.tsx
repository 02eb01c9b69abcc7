import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Notice } from '../../ui/Notice.tsx'
import type { CountAnswer } from '../countOrder.ts'
import { ReasonList, TieNotes } from '../result/CountSteps.tsx'
import { WhatIfStage } from './WhatIfStage.tsx'

/** What a chosen rule gives, under a sign that it is not the result; or why a file is refused. */
export function WhatIfOutcome({ answer, title }: { answer: CountAnswer; title: string }) {
  const { t } = useTranslation('check')
  const language = useLanguage()
  if (!answer.ok) {
    const { kind, line, ...details } = answer.fault
    return (
      <Notice>
        <p>
          <strong>{t('fault.title', { name: title })}</strong>
        </p>
        <p>
          {t(`fault.${kind}`, details as Record<string, string | number>)} {line === null ? '' : t('fault.line', { line })}
        </p>
      </Notice>
    )
  }
  const { count, file } = answer
  const titles = new Map(file?.titles)
  const titleOf = (id: string) => titles.get(id) ?? id
  const warnings = file?.warnings ?? []
  return (
    <div className="bm-what-if-outcome">
      <p className="bm-notice-plain">
        <strong>{t('whatIf.notResult')}</strong> {title}, {t(`ruleName.${count.rule}`)}
      </p>
      <p aria-live="polite">{t('whatIf.funded', { count: count.selected.length, total: formatAmount(count.totalCost, language) })}</p>
      <ol className="bm-tally-winners" aria-label={t('whatIf.fundedList')}>
        {count.awards
          .toSorted((a, b) => b.amount - a.amount)
          .map(({ projectId, amount }) => (
            <li key={projectId}>
              <span lang="da">{titleOf(projectId)}</span>
              <strong>{formatAmount(amount, language)}</strong>
            </li>
          ))}
      </ol>
      {warnings.length > 0 ? <p className="bm-fine">{t('whatIf.warnings', { count: warnings.length })}</p> : null}
      {count.transcript ? (
        <details className="bm-tally-steps">
          <summary>{t('whatIf.steps')}</summary>
          {count.transcript.stages.map((stage, index) => (
            <WhatIfStage key={`${stage.kind}${String(index)}`} stage={stage} rule={count.rule} titleOf={titleOf} isFirst={index === 0} />
          ))}
          <ReasonList outcomes={count.transcript.projects} titleOf={titleOf} />
          <TieNotes ties={count.tiesMet} titleOf={titleOf} />
        </details>
      ) : null}
    </div>
  )
}
