import type { Phase } from '../kernel/phases.ts'
import type { Role } from '../kernel/roles.ts'
import type { Answer, AssessmentState, Decision, DraftAnswer, Occasion, Outcome } from './contract.ts'
import { APPEAL_DAYS, CORRECTION_DAYS } from './limits.ts'

/** Assessing belongs to the phase of processing; early work during involvement, and appeals until the vote, are work too. */
export function mayAssessIn(phase: Phase | null): boolean {
  return phase === 'involvement' || phase === 'processing' || phase === 'decision'
}

export const STAFF_ACTIONS = ['save', 'submit', 'approve', 'return', 'reopen'] as const
export type StaffAction = (typeof STAFF_ACTIONS)[number]

/** What decides who may do what with an idea's newest assessment. */
export interface Standing {
  phase: Phase | null
  ideaStatus: string
  authorId: string | null
  /** Null: nobody has begun. */
  state: AssessmentState | null
  occasion: Occasion
  /** Everybody who wrote on it. */
  writerIds: readonly string[]
  /** Who answered for the idea's earlier decisions. */
  earlierAssessorIds: readonly string[]
}

export type Refusal =
  | 'not-allowed'
  | 'assessment-phase-closed'
  | 'idea-not-open'
  | 'own-idea'
  | 'assessment-not-open'
  | 'same-assessor'
  | 'needs-second-person'

const STATES: Record<StaffAction, readonly (AssessmentState | null)[]> = {
  save: [null, 'draft'],
  submit: ['draft'],
  approve: ['submitted'],
  return: ['submitted'],
  reopen: ['decided'],
}

/** Planners assess; planners and organisers approve, return and reopen; an admin may all of it. */
function mayByRole(action: StaffAction, role: Role): boolean {
  const isWriting = action === 'save' || action === 'submit'
  return role === 'admin' || role === 'planner' || (role === 'organiser' && !isWriting)
}

/**
 * Why a person may not do this now; null when they may.
 * @source Forvaltningsloven § 3: nobody decides in a matter of their own
 */
export function refusalOf(action: StaffAction, person: { personId: string; role: Role }, standing: Standing): Refusal | null {
  if (!mayByRole(action, person.role)) return 'not-allowed'
  if (!mayAssessIn(standing.phase)) return 'assessment-phase-closed'
  if (standing.ideaStatus !== 'submitted') return 'idea-not-open'
  if (standing.authorId === person.personId) return 'own-idea'
  if (!STATES[action].includes(standing.state)) return 'assessment-not-open'
  if (action === 'return' || action === 'reopen') return null
  if (standing.occasion === 'appeal' && standing.earlierAssessorIds.includes(person.personId)) return 'same-assessor'
  return action === 'approve' && standing.writerIds.includes(person.personId) ? 'needs-second-person' : null
}

const OPEN: Record<Outcome, readonly Answer[]> = {
  feasible: ['no', 'needs-answer'],
  'feasible-on-conditions': ['needs-answer'],
  'not-feasible': [],
  'needs-information': [],
}

/** Questions that stand against an outcome: nothing is feasible while one is unanswered, or without conditions while one says no. */
export function questionsAgainst(outcome: Outcome, answers: readonly Pick<DraftAnswer, 'questionId' | 'answer'>[]): string[] {
  return answers.filter(({ answer }) => OPEN[outcome].includes(answer)).map(({ questionId }) => questionId)
}

type SubmissionFault =
  | { ok: true; outcome: Outcome }
  | { ok: false; reason: 'outcome-missing' | 'reason-missing' }
  | { ok: false; reason: 'answers-open'; questionIds: string[] }

/** Whether a draft says all it must say. */
export function checkSubmission(draft: {
  outcome: Outcome | null
  publicReason: string | null
  answers: readonly Pick<DraftAnswer, 'questionId' | 'answer'>[]
}): SubmissionFault {
  const { outcome, publicReason, answers } = draft
  if (outcome === null) return { ok: false, reason: 'outcome-missing' }
  if (outcome !== 'feasible' && publicReason === null) return { ok: false, reason: 'reason-missing' }
  const questionIds = questionsAgainst(outcome, answers)
  return questionIds.length > 0 ? { ok: false, reason: 'answers-open', questionIds } : { ok: true, outcome }
}

/** Questions the author may put right: those that went wrong and that the assessor left to them. */
export function correctableQuestions(answers: readonly Pick<DraftAnswer, 'questionId' | 'answer' | 'authorMayCorrect'>[]): string[] {
  return answers
    .filter(({ answer, authorMayCorrect }) => authorMayCorrect && (answer === 'no' || answer === 'needs-answer'))
    .map(({ questionId }) => questionId)
}

/** The date some days after another, both `YYYY-MM-DD`. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Until when the author may correct and appeal, counted from the day of the decision; that last day counts in full. */
export function windowsOf(
  decision: { outcome: Outcome; correctionDays: number | null; correctable: readonly string[] },
  today: string,
): Pick<Decision, 'correctUntil' | 'appealUntil'> {
  const { outcome, correctionDays, correctable } = decision
  const asked = outcome === 'needs-information' ? (correctionDays ?? CORRECTION_DAYS) : correctionDays
  const hasWindow = outcome === 'needs-information' || (outcome !== 'feasible' && correctable.length > 0)
  return {
    correctUntil: hasWindow && asked !== null ? daysAfter(today, asked) : null,
    appealUntil: outcome === 'feasible' ? null : daysAfter(today, APPEAL_DAYS),
  }
}

/** What decides what an author may do. */
export interface AuthorStanding {
  phase: Phase | null
  ideaStatus: string
  today: string
  /** The latest decision; null: none yet. */
  decision: Pick<Decision, 'correctUntil' | 'appealUntil'> | null
  /** An assessment that is not decided. */
  open: { occasion: Occasion; state: AssessmentState } | null
  hasAppealed: boolean
}

type AuthorRefusal = 'assessment-phase-closed' | 'idea-not-open' | 'correction-closed' | 'appeal-closed' | 'already-appealed'

function notNow({ phase, ideaStatus }: AuthorStanding): AuthorRefusal | null {
  if (!mayAssessIn(phase)) return 'assessment-phase-closed'
  return ideaStatus === 'submitted' ? null : 'idea-not-open'
}

/** Why an author may not correct now; null when they may: within the window, also again until somebody has submitted the new assessment. */
export function correctionRefusal(standing: AuthorStanding): AuthorRefusal | null {
  const { decision, open, today } = standing
  const isWaiting = open === null || (open.occasion === 'correction' && open.state === 'draft')
  const isOpen = isWaiting && decision?.correctUntil != null && today <= decision.correctUntil
  return notNow(standing) ?? (isOpen ? null : 'correction-closed')
}

/** Why an author may not appeal now; null when they may: once, in time, and not while the municipality looks again anyway. */
export function appealRefusal(standing: AuthorStanding): AuthorRefusal | null {
  const { decision, open, today, hasAppealed } = standing
  if (hasAppealed) return 'already-appealed'
  const isOpen = open === null && decision?.appealUntil != null && today <= decision.appealUntil
  return notNow(standing) ?? (isOpen ? null : 'appeal-closed')
}

/** How an appeal ended: upheld when the other assessor came to the same outcome. */
export function appealResult(appealed: Outcome | null, answer: { state: AssessmentState; outcome: Outcome | null } | undefined) {
  if (answer?.state !== 'decided') return 'pending' as const
  return answer.outcome === appealed ? ('upheld' as const) : ('changed' as const)
}
