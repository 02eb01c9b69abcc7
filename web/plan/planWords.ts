import type { Answer, Department, EstimateLine, Occasion, Outcome, Payer } from '../../server/assessments/contract.ts'
import type { ConflictState } from '../../server/conflicts/contract.ts'
import type { WorkStatus } from '../../server/worklist/contract.ts'

// The server's closed lists in the order the page shows them. Their contracts bring zod along, which must never reach the
// page; each record here is only complete, and only compiles, when it names exactly the server's words.
function inOrder<Word extends string>(words: Record<Word, true>): readonly Word[] {
  return Object.keys(words) as Word[]
}

export const WORK_STATUSES = inOrder<WorkStatus>({ 'not-started': true, draft: true, submitted: true, decided: true })
export const DEPARTMENTS = inOrder<Department>({ 'roads-and-parks': true, nature: true, building: true, property: true, finance: true })
export const OUTCOMES = inOrder<Outcome>({
  feasible: true,
  'feasible-on-conditions': true,
  'not-feasible': true,
  'needs-information': true,
})
export const OCCASIONS = inOrder<Occasion>({ first: true, correction: true, appeal: true, review: true })
export const ANSWERS = inOrder<Answer>({ yes: true, no: true, 'not-relevant': true, 'needs-answer': true })
export const PAYERS = inOrder<Payer>({ round: true, municipality: true, others: true })
export const UNITS = inOrder<EstimateLine['unit']>({ piece: true, m: true, m2: true })
export const CONFLICT_STATES = inOrder<ConflictState>({ open: true, confirmed: true, cleared: true })
