import type { Severity, Verdict } from '../../../server/kernel/severity.ts'
import { lightOf, lightOfSeverity } from '../../feasibility/answer.ts'
import { VerdictSign } from '../../feasibility/VerdictSign.tsx'

interface PlanSignProps {
  /** Of a place, or of one rule. */
  verdict: Verdict | Severity
  /** Something was not checked: nothing found is then no green light. */
  partial?: boolean
  size?: number
}

/** The citizen's sign, small enough for a line of text. */
export function PlanSign({ verdict, partial = false, size = 19 }: PlanSignProps) {
  const light = typeof verdict === 'number' ? lightOfSeverity(verdict) : lightOf({ verdict, partial })
  return (
    <span className="bm-plan-sign" data-bm-verdict={light}>
      <VerdictSign light={light} size={size} />
    </span>
  )
}
