import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Workspace } from '../../server/assessments/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tabs } from '../ui/Tabs.tsx'
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
      <Tabs
        label={t('part.label')}
        parts={PARTS}
        part={part}
        onPart={setPart}
        words={(one) => `${t(`part.${one}`)}${counts[one] ?? ''}`}
        className="bm-assessment-part"
      >
        {part === 'place' ? <PlacePart idea={idea} /> : null}
        {part === 'checklist' ? <Checklist {...shared} /> : null}
        {part === 'economy' ? <EconomyPart {...shared} /> : null}
        {part === 'outcome' ? <OutcomePart {...shared} saver={saver} phase={state.phase} onPart={() => setPart('checklist')} /> : null}
        {part === 'notes' ? <NotesPart workspace={workspace} /> : null}
      </Tabs>
      {workspace.may.save ? <SaveBar state={state} onRetry={() => void saver.flush()} /> : null}
    </>
  )
}
