import { useState } from 'react'
import type { Draft } from './draft.ts'
import type { Step } from './stepNumber.ts'
import { type FieldIssue, issuesOf } from './steps.ts'
import type { PlaceAnswer } from './usePlaceAnswer.ts'

/** What the server refused stays said until the person changes that field. */
interface Refused {
  issue: FieldIssue
  written: string
}

function writtenIn(draft: Draft, field: string): string {
  return JSON.stringify(field.startsWith('altText-') ? draft.pictures : draft[field as keyof Draft])
}

function allIssues(draft: Draft, step: Step, answer: PlaceAnswer | null): FieldIssue[] {
  const issues = issuesOf(draft, step)
  const isOutside = draft.geometry !== null && answer?.preview.inside === false
  if (!isOutside || (step !== 1 && step !== 4) || issues.some(({ field }) => field === 'geometry')) return issues
  const { nearestDistrictName: district, distanceM } = answer.preview as Extract<PlaceAnswer['preview'], { inside: false }>
  return [{ field: 'geometry', step: 1, text: 'outside', values: { district, distanceM } }, ...issues]
}

/** What is to be put right in the step that is open. Nothing is said before the person has asked to go on. */
export function useIssues(draft: Draft, step: Step, answer: PlaceAnswer | null) {
  const [asked, setAsked] = useState<ReadonlySet<Step>>(new Set())
  const [refused, setRefused] = useState<Refused[]>([])
  const [attempt, setAttempt] = useState(0)
  const standing = refused.filter(({ issue, written }) => writtenIn(draft, issue.field) === written).map(({ issue }) => issue)
  const found = asked.has(step) || asked.has(4) ? allIssues(draft, step, answer) : []
  const fromServer = standing.filter((issue) => (step === 4 || issue.step === step) && !found.some(({ field }) => field === issue.field))
  const issues = [...found, ...fromServer]

  return {
    issues,
    attempt,
    issueFor: (field: string) => issues.find((issue) => issue.field === field),
    /** True when the step may be left; otherwise its issues are shown from now on. */
    check: (): boolean => {
      setAsked(new Set([...asked, step]))
      const isFine = allIssues(draft, step, answer).length === 0
      if (!isFine) setAttempt(attempt + 1)
      return isFine
    },
    refuse: (list: FieldIssue[]) => setRefused(list.map((issue) => ({ issue, written: writtenIn(draft, issue.field) }))),
    forget: () => {
      setAsked(new Set())
      setRefused([])
    },
  }
}
