import type { CountAnswer, WorkProgress } from '../../../web/allocation/countOrder.ts'

/** A count beside the page, with what was seen meanwhile. */
export interface CountTimed {
  readonly answer: CountAnswer
  /** From the order to the answer, the worker's start included. */
  readonly seconds: number
  readonly progress: readonly WorkProgress[]
  /** How often the page itself came to its turn meanwhile, at intervals of 10 ms. */
  readonly turns: number
}
