import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { CoFunding, Estimate, EstimateLine } from '../../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import { totalsOf } from '../../../server/assessments/rules/estimate.ts'
import type { ElementPrice } from '../../../server/prices/contract.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { pricesQuery } from '../assessments.api.ts'
import type { PartProps } from '../checklist/Checklist.tsx'
import { FundingRows } from './FundingRows.tsx'
import { LineCard } from './LineCard.tsx'
import { NumberField } from './NumberField.tsx'
import { TotalsView } from './TotalsView.tsx'

/** What it costs to build and to keep: lines from the price catalogue, contingency, who pays, live sums against the share. */
export function EconomyPart({ workspace, draft, onChange, isOpen }: PartProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { estimate } = draft
  const set = (change: Partial<Estimate>) => onChange((before) => ({ ...before, estimate: { ...before.estimate, ...change } }))
  const setLine = (index: number, change: Partial<EstimateLine>) =>
    onChange((before) => ({
      ...before,
      estimate: { ...before.estimate, lines: before.estimate.lines.map((line, at) => (at === index ? { ...line, ...change } : line)) },
    }))
  const isFull = estimate.lines.length >= ASSESSMENT_LIMITS.lines
  return (
    <div className="bm-economy">
      <section aria-labelledby="estimate-lines">
        <h2 id="estimate-lines">{t('economy.lines')}</h2>
        {estimate.lines.length === 0 ? <p className="bm-fine">{t('economy.noLines')}</p> : null}
        <ol className="bm-lines">
          {estimate.lines.map((line, index) => (
            <LineCard
              // Lines have no names of their own: their place in the list is what they are.
              key={`line-${index.toString()}`}
              line={line}
              number={index + 1}
              isOpen={isOpen}
              onChange={(change) => setLine(index, change)}
              onRemove={() => set({ lines: estimate.lines.filter((_, at) => at !== index) })}
            />
          ))}
        </ol>
        {isOpen && !isFull ? <AddLine onAdd={(line) => set({ lines: [...estimate.lines, line] })} /> : null}
      </section>
      <FundingRows funding={estimate.coFunding} isOpen={isOpen} onChange={(coFunding: CoFunding[]) => set({ coFunding })} />
      <section className="bm-economy-frame" aria-label={t('economy.frame')}>
        <NumberField
          label={t('economy.contingency')}
          value={estimate.contingencyPercent}
          max={ASSESSMENT_LIMITS.contingencyPercent}
          isOpen={isOpen}
          onChange={(contingencyPercent) => set({ contingencyPercent })}
        />
        <NumberField
          label={t('economy.years')}
          value={estimate.runningYears}
          min={1}
          max={ASSESSMENT_LIMITS.runningYears}
          isOpen={isOpen}
          onChange={(runningYears) => set({ runningYears })}
        />
      </section>
      <TotalsView totals={totalsOf(estimate)} estimate={estimate} shareDkk={workspace.shareDkk} districtId={workspace.districtId} />
    </div>
  )
}

const OWN_LINE: EstimateLine = {
  elementId: null,
  label: '',
  unit: 'piece',
  quantity: 1,
  unitPriceDkk: 0,
  runningCostDkkPerYear: 0,
  lifeYears: null,
  paidBy: 'round',
  keptBy: 'municipality',
}

function lineOf({ elementId, name, unit, priceDkk, runningCostDkkPerYear, lifeYears }: ElementPrice): EstimateLine {
  return { ...OWN_LINE, elementId, label: name.da, unit, unitPriceDkk: priceDkk, runningCostDkkPerYear, lifeYears }
}

function AddLine({ onAdd }: { onAdd: (line: EstimateLine) => void }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const id = useId()
  const [chosen, setChosen] = useState('')
  const { data } = useQuery(pricesQuery)
  const prices = data?.items ?? []
  const element = prices.find(({ elementId }) => elementId === chosen)
  const years = [...new Set(prices.map(({ priceLevelYear }) => priceLevelYear))].join(', ')
  return (
    <div className="bm-add-line">
      <label htmlFor={id}>{t('economy.element')}</label>
      <div className="bm-input-with-button">
        <select id={id} className="bm-select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t('economy.chooseElement')}</option>
          {prices.map(({ elementId, name, priceDkk, unit }) => (
            <option key={elementId} value={elementId}>
              {name[language]} – {formatAmount(priceDkk, language)} / {t(`unit.${unit}`)}
            </option>
          ))}
        </select>
        <Button disabled={!element} onClick={() => element && onAdd(lineOf(element))}>
          {t('economy.add')}
        </Button>
      </div>
      {prices.some(({ isExample }) => isExample) ? <p className="bm-fine">{t('economy.examples', { years })}</p> : null}
      <Button look="plain" className="bm-small-button" onClick={() => onAdd(OWN_LINE)}>
        {t('economy.addOwn')}
      </Button>
    </div>
  )
}
