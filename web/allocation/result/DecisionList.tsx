import { formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { RoundResult } from '../result.api.ts'
import { promisedDistricts } from './formalDecision.ts'

/** What political bodies decided; a corrected record stays, struck through, beside the one that corrects it. */
export function DecisionList({
  result: { decisions, districts, source },
}: {
  result: Pick<RoundResult, 'decisions' | 'districts' | 'source'>
}) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const nameOf = (id: string | null) => districts.find(({ districtId }) => districtId === id)?.name ?? null
  const promised = source === 'count' ? promisedDistricts({ decisions, districts }) : []
  if (decisions.length === 0) return promised.length > 0 ? <p className="bm-fine">{t('decision.none')}</p> : null
  const list = new Intl.ListFormat(language === 'da' ? 'da-DK' : 'en-GB', { type: 'conjunction' })
  return (
    <section className="bm-section" aria-labelledby="decisions">
      <h2 id="decisions">{t('decision.title')}</h2>
      {promised.length > 0 ? (
        <p className="bm-fine">{t('decision.noneFor', { districts: list.format(promised.map(({ name }) => name ?? '')) })}</p>
      ) : null}
      <ul className="bm-decisions">
        {decisions.map(({ decisionRecordId, body, decidedOn, summary, documentUrl, districtId, correctsId, correctedById }) => (
          <li key={decisionRecordId} data-corrected={correctedById !== null}>
            <p>
              <strong lang="da">{body}</strong>, <time dateTime={decidedOn}>{formatDate(decidedOn, language)}</time>
              {districtId ? ` · ${nameOf(districtId) ?? ''}` : ''}
            </p>
            <p lang="da" className="bm-text">
              {correctedById ? <s>{summary}</s> : summary}
            </p>
            {correctedById ? <p className="bm-fine">{t('decision.corrected')}</p> : null}
            {correctsId ? <p className="bm-fine">{t('decision.corrects')}</p> : null}
            {documentUrl ? (
              <a href={documentUrl} rel="noopener noreferrer">
                {t('decision.document')}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
