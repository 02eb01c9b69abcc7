import type { Assessment, AssessmentDraft, DraftAnswer, Estimate } from '../../server/assessments/contract.ts'

/** What a person writes in an assessment; the versions it was made from travel beside it. */
export type Draft = Omit<AssessmentDraft, 'version' | 'ideaVersion'>

const bareAnswer = ({ questionId, answer, note, publicText, authorMayCorrect, isPrefilled }: DraftAnswer): DraftAnswer => ({
  questionId,
  answer,
  note,
  publicText,
  authorMayCorrect,
  isPrefilled,
})

/** The part of an assessment that can be written. */
export function draftOf(assessment: Assessment): Draft {
  const { answers, estimate, outcome, publicReason, correctionDays } = assessment
  return { answers: answers.map(bareAnswer), estimate, outcome, publicReason, correctionDays }
}

/** Changes one answer; a person has looked at it now. */
export function withAnswer(draft: Draft, questionId: string, change: Partial<DraftAnswer>): Draft {
  return {
    ...draft,
    answers: draft.answers.map((answer) => (answer.questionId === questionId ? { ...answer, isPrefilled: false, ...change } : answer)),
  }
}

const textOrNull = (text: string | null) => text?.trim() || null

/** As it is sent: texts of blanks are none, a line without a name or a reason too short is not yet said. */
export function sendable(draft: Draft, reasonMin: number): Draft {
  const reason = textOrNull(draft.publicReason)
  return {
    ...draft,
    answers: draft.answers.map((answer) => ({ ...answer, note: textOrNull(answer.note), publicText: textOrNull(answer.publicText) })),
    estimate: {
      ...draft.estimate,
      lines: draft.estimate.lines.filter(({ label }) => label.trim() !== ''),
      coFunding: draft.estimate.coFunding.filter(({ source }) => source.trim() !== ''),
    },
    publicReason: reason !== null && reason.length < reasonMin ? null : reason,
  }
}

/** How many questions a person, or the check alone, has answered. */
export function countAnswered(answers: readonly DraftAnswer[]): { answered: number; looked: number; total: number } {
  return {
    answered: answers.filter(({ answer }) => answer !== 'needs-answer').length,
    looked: answers.filter(({ isPrefilled }) => !isPrefilled).length,
    total: answers.length,
  }
}

/** What differs between two drafts, in the order it stands on the page. */
export type Difference =
  | { field: 'answer'; questionId: string; yours: DraftAnswer; current: DraftAnswer }
  | { field: 'outcome' | 'publicReason' | 'correctionDays' }
  | { field: 'estimate'; yours: Estimate; current: Estimate }

export function differencesOf(yours: Draft, current: Draft): Difference[] {
  const theirs = new Map(current.answers.map((answer) => [answer.questionId, answer]))
  const answers = yours.answers.flatMap((answer): Difference[] => {
    const other = theirs.get(answer.questionId)
    const isSame = !other || sameText({ ...answer, isPrefilled: other.isPrefilled }, other)
    return isSame ? [] : [{ field: 'answer', questionId: answer.questionId, yours: answer, current: other }]
  })
  const plain = (['outcome', 'publicReason', 'correctionDays'] as const).filter((field) => !sameText(yours[field], current[field]))
  const estimate: Difference[] = sameText(yours.estimate, current.estimate)
    ? []
    : [{ field: 'estimate', yours: yours.estimate, current: current.estimate }]
  return [...answers, ...estimate, ...plain.map((field): Difference => ({ field }))]
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
