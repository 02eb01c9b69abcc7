import Trash2 from 'lucide-react/icons/trash-2'
import type { EstimateLine } from '../../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import { lineDkk } from '../../../server/assessments/rules/estimate.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { PAYERS, UNITS } from '../../plan/planWords.ts'
import { NumberField } from './NumberField.tsx'

interface LineCardProps {
  line: EstimateLine
  number: number
  isOpen: boolean
  onChange: (change: Partial<EstimateLine>) => void
  onRemove: () => void
}

/** One line of the estimate: what, how much of it, what one costs, what it costs to keep, who pays and who keeps it. */
export function LineCard({ line, number, isOpen, onChange, onRemove }: LineCardProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const name = line.label || t('economy.lineNumber', { number })
  return (
    <li className="bm-line">
      <fieldset disabled={!isOpen}>
        <legend className="bm-hidden">{name}</legend>
        <div className="bm-line-head">
          <label className="bm-line-label">
            <span className="bm-hidden">{t('economy.label')}</span>
            <input
              className="bm-input"
              type="text"
              maxLength={ASSESSMENT_LIMITS.label}
              placeholder={t('economy.label')}
              value={line.label}
              onChange={(event) => onChange({ label: event.target.value })}
            />
          </label>
          <strong>{formatAmount(lineDkk(line), language)}</strong>
          {isOpen ? (
            <button type="button" className="bm-line-remove" aria-label={t('economy.remove', { name })} onClick={onRemove}>
              <Trash2 size={18} aria-hidden="true" />
            </button>
          ) : null}
        </div>
        <div className="bm-line-numbers">
          <NumberField
            label={t('economy.quantity')}
            value={line.quantity}
            max={ASSESSMENT_LIMITS.quantity}
            digits={2}
            isOpen={isOpen}
            onChange={(quantity) => onChange({ quantity })}
          />
          <label className="bm-number-field">
            <span>{t('economy.unit')}</span>
            <select
              className="bm-select"
              value={line.unit}
              disabled={line.elementId !== null}
              onChange={(event) => onChange({ unit: event.target.value as EstimateLine['unit'] })}
            >
              {UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {t(`unit.${unit}`)}
                </option>
              ))}
            </select>
          </label>
          <NumberField
            label={t('economy.unitPrice')}
            value={line.unitPriceDkk}
            max={ASSESSMENT_LIMITS.unitPriceDkk}
            isOpen={isOpen}
            onChange={(unitPriceDkk) => onChange({ unitPriceDkk })}
          />
          <NumberField
            label={t('economy.running')}
            value={line.runningCostDkkPerYear}
            max={ASSESSMENT_LIMITS.unitPriceDkk}
            isOpen={isOpen}
            onChange={(runningCostDkkPerYear) => onChange({ runningCostDkkPerYear })}
          />
          <NumberField
            label={t('economy.life')}
            value={line.lifeYears ?? 0}
            max={ASSESSMENT_LIMITS.lifeYears}
            isOpen={isOpen}
            onChange={(years) => onChange({ lifeYears: years === 0 ? null : years })}
          />
          <label className="bm-number-field">
            <span>{t('economy.paidBy')}</span>
            <select
              className="bm-select"
              value={line.paidBy}
              onChange={(event) => onChange({ paidBy: event.target.value as EstimateLine['paidBy'] })}
            >
              {PAYERS.map((payer) => (
                <option key={payer} value={payer}>
                  {t(`payer.${payer}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="bm-number-field">
            <span>{t('economy.keptBy')}</span>
            <select
              className="bm-select"
              value={line.keptBy}
              onChange={(event) => onChange({ keptBy: event.target.value as EstimateLine['keptBy'] })}
            >
              <option value="municipality">{t('economy.municipality')}</option>
              <option value="others">{t('payer.others')}</option>
            </select>
          </label>
        </div>
      </fieldset>
    </li>
  )
}
