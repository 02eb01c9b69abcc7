import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { Workspace } from '../../server/assessments/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { questionsQuery } from './assessments.api.ts'
import { Checklist } from './checklist/Checklist.tsx'
import { DraftConflict } from './DraftConflict.tsx'
import { countAnswered } from './draft.ts'
import { EconomyPart } from './economy/EconomyPart.tsx'
import { NotesPart } from './NotesPart.tsx'
import { OutcomePart } from './OutcomePart.tsx'
import { PlacePart } from './PlacePart.tsx'
import { SaveBar } from './SaveBar.tsx'
import { useDraftSaver } from './useDraftSaver.ts'

const PARTS = ['place', 'checklist', 'economy', 'outcome', 'notes'] as const
type Part = (typeof PARTS)[number]

/** The parts of an assessment as tabs, over one draft that saves itself. */
export function AssessmentBody({ idea, workspace }: { idea: Idea; workspace: Workspace }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const [part, setPart] = useState<Part>('checklist')
  const questions = useQuery(questionsQuery)
  const { saver, state } = useDraftSaver(workspace)
  const id = useId()
  if (questions.error) return <ErrorState error={questions.error} onRetry={() => questions.refetch()} />
  if (!questions.data) return <Skeleton height={240} />
  const { looked, total } = countAnswered(state.draft.answers)
  const counts: Partial<Record<Part, string>> = {
    checklist: ` ${looked}/${total}`,
    notes: workspace.notes.length > 0 ? ` ${workspace.notes.length}` : '',
  }
  const shared = { workspace, questions: questions.data.items, draft: state.draft, onChange: saver.change, isOpen: workspace.may.save }
  return (
    <>
      {state.conflict ? (
        <DraftConflict yours={state.draft} current={state.conflict.current} questions={questions.data.items} onResolve={saver.resolve} />
      ) : null}
      <Tabs id={id} part={part} onPart={setPart} words={(one) => `${t(`part.${one}`)}${counts[one] ?? ''}`} />
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${part}`} className="bm-assessment-part">
        {part === 'place' ? <PlacePart idea={idea} /> : null}
        {part === 'checklist' ? <Checklist {...shared} /> : null}
        {part === 'economy' ? <EconomyPart {...shared} /> : null}
        {part === 'outcome' ? <OutcomePart {...shared} saver={saver} phase={state.phase} onPart={() => setPart('checklist')} /> : null}
        {part === 'notes' ? <NotesPart workspace={workspace} /> : null}
      </div>
      {workspace.may.save ? <SaveBar state={state} onRetry={() => void saver.flush()} /> : null}
    </>
  )
}

interface TabsProps {
  id: string
  part: Part
  onPart: (part: Part) => void
  words: (part: Part) => string
}

function Tabs({ id, part, onPart, words }: TabsProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const list = useRef<HTMLDivElement>(null)
  function press(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = PARTS[(PARTS.indexOf(part) + step + PARTS.length) % PARTS.length] as Part
    onPart(next)
    list.current?.querySelector<HTMLElement>(`[data-part=${next}]`)?.focus()
    event.preventDefault()
  }
  return (
    <div className="bm-tabs" role="tablist" aria-label={t('part.label')} ref={list} onKeyDown={press}>
      {PARTS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`${id}-${one}`}
          data-part={one}
          aria-selected={part === one}
          aria-controls={`${id}-panel`}
          tabIndex={part === one ? 0 : -1}
          onClick={() => onPart(one)}
        >
          {words(one)}
        </button>
      ))}
    </div>
  )
}
