import type { Department, Occasion, Outcome } from '../../server/assessments/contract.ts'
import { VERDICTS, type Verdict } from '../../server/kernel/severity.ts'
import type { WorkStatus } from '../../server/worklist/contract.ts'
import type { SharedSearch } from '../lib/searchParams.ts'
import { DEPARTMENTS, OCCASIONS, OUTCOMES, WORK_STATUSES } from './planWords.ts'

/** What the work list is filtered by besides district, category and words. All of it stands in the address. */
export interface PlanSearch {
  status?: WorkStatus
  occasion?: Occasion
  outcome?: Outcome
  verdict?: Verdict | 'not-checked'
  /** Somebody's id, `me` or `nobody`. */
  assignee?: string
  department?: Department | 'none'
  deadline?: 'overdue' | 'week'
  /** `1`: only what I have not written on. */
  unseen?: 1
  /** `1`: the pool of ideas shows those that are settled too. */
  settled?: 1
}

const ASSIGNEE = /^(me|nobody|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value)
}

/** Reads the filters of the work list; what is malformed is left out, never an error. */
export function readPlanSearch(search: Record<string, unknown>): PlanSearch {
  const found: PlanSearch = {
    status: oneOf(search.status, WORK_STATUSES),
    occasion: oneOf(search.occasion, OCCASIONS),
    outcome: oneOf(search.outcome, OUTCOMES),
    verdict: oneOf(search.verdict, [...VERDICTS, 'not-checked'] as const),
    assignee: typeof search.assignee === 'string' && ASSIGNEE.test(search.assignee) ? search.assignee : undefined,
    department: oneOf(search.department, [...DEPARTMENTS, 'none'] as const),
    deadline: oneOf(search.deadline, ['overdue', 'week'] as const),
    unseen: Number(search.unseen) === 1 ? 1 : undefined,
    settled: Number(search.settled) === 1 ? 1 : undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** Links inside the workspace keep its filters, so that next and previous and the way back know them. */
export function keepSearch(before: SharedSearch & PlanSearch): SharedSearch & PlanSearch {
  return before
}
