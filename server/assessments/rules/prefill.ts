import type { Severity } from '../../kernel/severity.ts'
import type { Answer, Assessment, DraftAnswer, Question } from '../contract.ts'

type Basis = Assessment['answers'][number]['basis']

/** What an assessment keeps of a check of the place: facts only. */
export interface KeptCheck {
  findings: Basis['findings']
  /** Rules that follow the kind of installation; no map shows them. */
  duties: { layerId: string; severity: Severity }[]
  notChecked: string[]
  /** Mapped layers the check knew. What is neither here nor a duty was not checked. */
  checkedLayers: string[]
}

/** What a check says about a question's layers. A layer nothing is known of was not checked. */
export function basisOf({ layerIds }: Pick<Question, 'layerIds'>, check: KeptCheck | null): Basis {
  if (check === null) return { findings: [], notChecked: [...layerIds] }
  // Member by member: what comes from the database has its members in another order, and bases are compared as text.
  const findings = check.findings
    .filter(({ layerId }) => layerIds.includes(layerId))
    .map(({ layerId, severity, relation, distanceM }) => ({ layerId, severity, relation, distanceM }))
  const duties = check.duties
    .filter(({ layerId }) => layerIds.includes(layerId))
    .map(({ layerId, severity }) => ({ layerId, severity, relation: null, distanceM: null }))
  const isDuty = (layerId: string) => duties.some((duty) => duty.layerId === layerId)
  const isChecked = (layerId: string) => check.checkedLayers.includes(layerId) && !check.notChecked.includes(layerId)
  return {
    findings: [...findings, ...duties].sort(
      (a, b) => b.severity - a.severity || Number(a.layerId > b.layerId) - Number(a.layerId < b.layerId),
    ),
    notChecked: layerIds.filter((layerId) => !isDuty(layerId) && !isChecked(layerId)),
  }
}

/**
 * The answer a check of the place gives by itself. `yes` only when every layer of the question was checked and none asks
 * for anything; a rule no map shows is never `yes`, because somebody has to look.
 */
export function prefilledAnswer(question: Pick<Question, 'layerIds'>, check: KeptCheck | null): Answer {
  const { findings, notChecked } = basisOf(question, check)
  const mapped = findings.filter(({ relation }) => relation !== null)
  if (mapped.some(({ severity }) => severity === 3)) return 'no'
  if (question.layerIds.length === 0 || notChecked.length > 0 || findings.some(({ severity }) => severity > 0)) return 'needs-answer'
  return mapped.length === findings.length ? 'yes' : 'not-relevant'
}

/** A question as nobody has answered it yet. */
export function prefill(question: Question, check: KeptCheck | null): DraftAnswer {
  return {
    questionId: question.questionId,
    answer: prefilledAnswer(question, check),
    note: null,
    publicText: null,
    authorMayCorrect: question.authorMayCorrect,
    isPrefilled: true,
  }
}

/** The whole checklist: what was answered, and the rest prefilled. A mark of prefilling stays only where the answer is the check's. */
export function fillIn(questions: readonly Question[], answers: readonly DraftAnswer[], check: KeptCheck | null): DraftAnswer[] {
  const given = new Map(answers.map((answer) => [answer.questionId, answer]))
  return questions.map((question) => {
    const answer = given.get(question.questionId)
    if (answer === undefined) return prefill(question, check)
    return { ...answer, isPrefilled: answer.isPrefilled && answer.answer === prefilledAnswer(question, check) }
  })
}

/** Whether two checks say the same of a question's layers. */
function saysTheSame(question: Pick<Question, 'layerIds'>, one: KeptCheck | null, other: KeptCheck | null): boolean {
  return JSON.stringify(basisOf(question, one)) === JSON.stringify(basisOf(question, other))
}

/** Whether a newer check says something else of any question than the one an assessment keeps. */
export function isOutdated(questions: readonly Question[], kept: KeptCheck | null, newer: KeptCheck): boolean {
  return questions.some((question) => !saysTheSame(question, kept, newer))
}

/**
 * Answers taken over to a newer check: where it says something else of the question's layers than the old one did, the
 * question is open to a person again, with the note kept. Everything else stays as it was answered.
 */
export function carryOver(
  questions: readonly Question[],
  answers: readonly DraftAnswer[],
  checks: { before: KeptCheck | null; after: KeptCheck | null },
): DraftAnswer[] {
  const given = new Map(answers.map((answer) => [answer.questionId, answer]))
  return questions.map((question) => {
    const answer = given.get(question.questionId)
    if (answer === undefined) return prefill(question, checks.after)
    if (saysTheSame(question, checks.before, checks.after)) return answer
    return { ...answer, answer: prefilledAnswer(question, checks.after), isPrefilled: true }
  })
}
