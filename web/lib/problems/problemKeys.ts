import type { accountProblem } from '../../../server/accounts/contract.ts'
import type { districtProblem } from '../../../server/districts/contract.ts'
import type { pictureProblem } from '../../../server/files/contract.ts'
import type { ideaProblem } from '../../../server/ideas/contract.ts'
import type { GeometryReason } from '../../../server/kernel/geometry.ts'
import type { commonProblem } from '../../../server/kernel/problem.ts'

/** Every kind of problem a person can meet; `offline` is the browser's own. */
export type ProblemKind =
  | 'offline'
  | keyof typeof commonProblem.kinds
  | keyof typeof accountProblem.kinds
  | keyof typeof districtProblem.kinds
  | keyof typeof pictureProblem.kinds
  | keyof typeof ideaProblem.kinds

export type { GeometryReason }
