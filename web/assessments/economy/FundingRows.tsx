import Trash2 from 'lucide-react/icons/trash-2'
import type { CoFunding } from '../../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from './NumberField.tsx'

const LARGEST_DKK = 1_000_000_000

interface FundingRowsProps {
  funding: readonly CoFunding[]
  isOpen: boolean
  onChange: (funding: CoFunding[]) => void
}

/** Money from others: foundations, clubs. Only what is promised in writing counts at once. */
export function FundingRows({ funding, isOpen, onChange }: FundingRowsProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const set = (index: number, change: Partial<CoFunding>) =>
    onChange(funding.map((row, at) => (at === index ? { ...row, ...change } : row)))
  return (
    <section aria-labelledby="co-funding">
      <h2 id="co-funding">{t('economy.coFunding')}</h2>
      <ol className="bm-lines">
        {funding.map((row, index) => (
          <li key={`funding-${index.toString()}`} className="bm-line">
            <fieldset disabled={!isOpen}>
              <legend className="bm-hidden">{row.source || t('economy.funder')}</legend>
              <div className="bm-line-head">
                <label className="bm-line-label">
                  <span className="bm-hidden">{t('economy.funder')}</span>
                  <input
                    className="bm-input"
                    type="text"
                    maxLength={ASSESSMENT_LIMITS.label}
                    placeholder={t('economy.funder')}
                    value={row.source}
                    onChange={(event) => set(index, { source: event.target.value })}
                  />
                </label>
                {isOpen ? (
                  <button
                    type="button"
                    className="bm-line-remove"
                    aria-label={t('economy.remove', { name: row.source || t('economy.funder') })}
                    onClick={() => onChange(funding.filter((_, at) => at !== index))}
                  >
                    <Trash2 size={18} aria-hidden="true" />
                  </button>
                ) : null}
              </div>
              <div className="bm-line-numbers">
                <NumberField
                  label={t('economy.amount')}
                  value={row.amountDkk}
                  max={LARGEST_DKK}
                  isOpen={isOpen}
                  onChange={(amountDkk) => set(index, { amountDkk })}
                />
                <label className="bm-check">
                  <input
                    type="checkbox"
                    checked={row.isConfirmed}
                    onChange={(event) => set(index, { isConfirmed: event.target.checked })}
                  />
                  {t('economy.confirmed')}
                </label>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      {isOpen && funding.length < ASSESSMENT_LIMITS.coFunding ? (
        <Button
          look="plain"
          className="bm-small-button"
          onClick={() => onChange([...funding, { source: '', amountDkk: 0, isConfirmed: false }])}
        >
          {t('economy.addFunding')}
        </Button>
      ) : null}
    </section>
  )
}
