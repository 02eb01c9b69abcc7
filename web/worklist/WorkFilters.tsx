import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { CATEGORIES } from '../../server/kernel/categories.ts'
import { VERDICTS } from '../../server/kernel/severity.ts'
import type { WorkCounts } from '../../server/worklist/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { DEPARTMENTS, OCCASIONS, OUTCOMES, WORK_STATUSES } from '../plan/planWords.ts'
import { sharesQuery, useCurrentRound } from '../rounds/rounds.api.ts'
import { Chip } from '../ui/Chip.tsx'
import { useChangeWorkFilters, useWorkFilters } from './useWorkFilters.ts'
import { staffQuery } from './worklist.api.ts'

const NAMESPACES = ['worklist', 'plan', 'mapTools', 'shell']

/** Behind the fold until one of them is set. */
const FOLDED = ['category', 'status', 'verdict', 'department', 'outcome', 'occasion', 'deadline'] as const

/** The filters of list and pins. What is asked for every day are chips, the rest selects. */
export function WorkFilters({ counts }: { counts: WorkCounts | null }) {
  const { t } = useTranslation(NAMESPACES)
  const filters = useWorkFilters()
  const change = useChangeWorkFilters()
  const { assignee, deadline, unseen, status } = filters
  const submitted = counts?.byStatus.find((line) => line.status === 'submitted')?.count ?? 0
  return (
    <section className="bm-work-filters" aria-label={t('filter.title')}>
      <div className="bm-chip-wrap">
        <Chip isOn={assignee === 'me'} onToggle={() => change({ assignee: assignee === 'me' ? undefined : 'me' })}>
          {t('filter.mine')}
        </Chip>
        <Chip isOn={deadline === 'overdue'} onToggle={() => change({ deadline: deadline === 'overdue' ? undefined : 'overdue' })}>
          {t('filter.overdue')}
        </Chip>
        <Chip isOn={unseen === 1} onToggle={() => change({ unseen: unseen ? undefined : 1 })}>
          {t('filter.unseen')}
        </Chip>
        <Chip isOn={status === 'submitted'} onToggle={() => change({ status: status === 'submitted' ? undefined : 'submitted' })}>
          {t('filter.toApprove', { count: submitted })}
        </Chip>
      </div>
      <div className="bm-work-selects">
        <DistrictSelect />
        <PersonSelect />
        <WordField />
      </div>
      <details open={FOLDED.some((name) => filters[name] !== undefined)}>
        <summary>{t('filter.more')}</summary>
        <div className="bm-work-selects">
          <FilterSelect name="category" options={CATEGORIES} prefix="category" />
          <FilterSelect name="status" options={WORK_STATUSES} prefix="status" />
          <FilterSelect name="verdict" options={[...VERDICTS, 'not-checked']} prefix="verdict" />
          <FilterSelect name="department" options={[...DEPARTMENTS, 'none']} prefix="department" />
          <FilterSelect name="outcome" options={OUTCOMES} prefix="outcome" />
          <FilterSelect name="occasion" options={OCCASIONS} prefix="occasion" />
          <FilterSelect name="deadline" options={['overdue', 'week']} prefix="filter.deadlines" />
        </div>
      </details>
    </section>
  )
}

type SelectName = 'category' | 'status' | 'verdict' | 'department' | 'outcome' | 'occasion' | 'deadline'

export function FilterSelect({ name, options, prefix }: { name: SelectName; options: readonly string[]; prefix: string }) {
  const { t } = useTranslation(NAMESPACES)
  return (
    <SelectField name={name} label={t(`filter.${name}`)} options={options.map((value) => ({ value, words: t(`${prefix}.${value}`) }))} />
  )
}

interface SelectFieldProps {
  name: SelectName | 'district' | 'assignee'
  label: string
  options: { value: string; words: string }[]
}

function SelectField({ name, label, options }: SelectFieldProps) {
  const { t } = useTranslation(NAMESPACES)
  const filters = useWorkFilters()
  const change = useChangeWorkFilters()
  return (
    <label className="bm-tool-field">
      <span>{label}</span>
      <select className="bm-select" value={filters[name] ?? ''} onChange={(event) => change({ [name]: event.target.value || undefined })}>
        <option value="">{t('filter.all')}</option>
        {options.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

export function DistrictSelect() {
  const { t } = useTranslation(NAMESPACES)
  const round = useCurrentRound()
  const { data } = useQuery(sharesQuery(round?.year ?? null))
  const options = (data?.items ?? []).map(({ districtId, name }) => ({ value: districtId, words: name }))
  return <SelectField name="district" label={t('filter.district')} options={options} />
}

function PersonSelect() {
  const { t } = useTranslation(NAMESPACES)
  const { data } = useQuery(staffQuery)
  const people = (data?.items ?? []).map(({ personId, displayName }) => ({ value: personId, words: displayName }))
  const options = [{ value: 'me', words: t('filter.me') }, { value: 'nobody', words: t('filter.nobody') }, ...people]
  return <SelectField name="assignee" label={t('filter.assignee')} options={options} />
}

const TYPING_PAUSE_MS = 300

export function WordField() {
  const { t } = useTranslation(NAMESPACES)
  const { q } = useWorkFilters()
  const change = useChangeWorkFilters()
  const [text, setText] = useState(q ?? '')
  useEffect(() => {
    const words = text.trim() || undefined
    if (words === q) return
    const timer = setTimeout(() => change({ q: words }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, q, change])
  return (
    <label className="bm-tool-field">
      <span>{t('filter.words')}</span>
      <input className="bm-input" type="search" maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
    </label>
  )
}
