import { type FormEvent, useId, useState } from 'react'
import { RESULT_LIMITS } from '../../../server/allocation/limits.ts'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { addDecision, type RoundResult } from '../result.api.ts'

const BODIES = ['Kommunalbestyrelsen', 'Økonomiudvalget', 'Teknik- og Miljøudvalget'] as const
const EMPTY = { body: '', decidedOn: '', summary: '', documentUrl: '', districtId: '', correctsId: '' }
type Draft = typeof EMPTY

/** Records a decision, or corrects one by a new record that names it. */
export function DecisionForm({ result }: { result: RoundResult }) {
  const { t } = useTranslation('decisions')
  const { csrfToken } = useSession()
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  async function send(event: FormEvent) {
    event.preventDefault()
    setIsSending(true)
    setError(null)
    try {
      const { documentUrl, districtId, correctsId, ...words } = draft
      await addDecision(
        result.roundYear,
        { ...words, documentUrl: documentUrl || null, districtId: districtId || null, correctsId: correctsId || null },
        csrfToken,
      )
      announce(t('form.done'))
      setDraft(EMPTY)
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <section className="bm-section" aria-labelledby="new-decision">
      <h2 id="new-decision">{t('form.title')}</h2>
      <form className="bm-decision-form" onSubmit={(event) => void send(event)}>
        <DecisionFields draft={draft} change={change} result={result} />
        {error ? <ErrorState error={error} /> : null}
        <div className="bm-detail-actions">
          <Button type="submit" look="main" disabled={isSending}>
            {t(draft.correctsId ? 'form.correct' : 'form.add')}
          </Button>
        </div>
      </form>
    </section>
  )
}

function DecisionFields({ draft, change, result }: { draft: Draft; change: (part: Partial<Draft>) => void; result: RoundResult }) {
  const { t } = useTranslation('decisions')
  const id = useId()
  const correctable = result.decisions.filter(({ correctedById }) => correctedById === null)
  return (
    <>
      <div className="bm-field">
        <label htmlFor={`${id}-body`}>{t('form.body')}</label>
        <input
          id={`${id}-body`}
          className="bm-input"
          list={`${id}-bodies`}
          required
          minLength={2}
          maxLength={RESULT_LIMITS.body}
          value={draft.body}
          onChange={(event) => change({ body: event.target.value })}
        />
        <datalist id={`${id}-bodies`}>
          {BODIES.map((body) => (
            <option key={body} value={body} />
          ))}
        </datalist>
      </div>
      <div className="bm-field">
        <label htmlFor={`${id}-date`}>{t('form.date')}</label>
        <input
          id={`${id}-date`}
          type="date"
          className="bm-input"
          required
          value={draft.decidedOn}
          onChange={(event) => change({ decidedOn: event.target.value })}
        />
      </div>
      <div className="bm-field">
        <label htmlFor={`${id}-district`}>{t('form.district')}</label>
        <select
          id={`${id}-district`}
          className="bm-select"
          value={draft.districtId}
          onChange={(event) => change({ districtId: event.target.value })}
        >
          <option value="">{t('form.allDistricts')}</option>
          {result.districts.flatMap(({ districtId, name }) =>
            districtId === null
              ? []
              : [
                  <option key={districtId} value={districtId}>
                    {name}
                  </option>,
                ],
          )}
        </select>
      </div>
      <div className="bm-field">
        <label htmlFor={`${id}-summary`}>{t('form.summary')}</label>
        <textarea
          id={`${id}-summary`}
          className="bm-input"
          rows={4}
          required
          minLength={10}
          maxLength={RESULT_LIMITS.summary}
          value={draft.summary}
          onChange={(event) => change({ summary: event.target.value })}
        />
      </div>
      <div className="bm-field">
        <label htmlFor={`${id}-link`}>{t('form.link')}</label>
        <input
          id={`${id}-link`}
          type="url"
          pattern="https://.+"
          className="bm-input"
          placeholder="https://"
          maxLength={RESULT_LIMITS.url}
          value={draft.documentUrl}
          onChange={(event) => change({ documentUrl: event.target.value })}
        />
      </div>
      {correctable.length > 0 ? (
        <div className="bm-field">
          <label htmlFor={`${id}-corrects`}>{t('form.corrects')}</label>
          <select
            id={`${id}-corrects`}
            className="bm-select"
            value={draft.correctsId}
            onChange={(event) => change({ correctsId: event.target.value })}
          >
            <option value="">{t('form.correctsNone')}</option>
            {correctable.map(({ decisionRecordId, body, decidedOn }) => (
              <option key={decisionRecordId} value={decisionRecordId}>
                {body}, {decidedOn}
              </option>
            ))}
          </select>
        </div>
      ) : null}
    </>
  )
}
