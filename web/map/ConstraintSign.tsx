import type { Severity } from '../../server/kernel/severity.ts'
import { SEVERITY_COLOURS } from './palette.ts'

/** Dashes of the outline in the sign; the same language as on the map: dotted ask, dashed permit, drawn through no. */
const SIGN_DASHES: Record<Severity, string | undefined> = { 0: '0.1 5', 1: '0.1 4', 2: '6 3.5', 3: undefined }

/** How a constraint layer of that severity looks on the map. */
export function ConstraintSign({ severity }: { severity: Severity }) {
  const { base, tint } = SEVERITY_COLOURS[severity]
  return (
    <svg className="bm-rule-sign" width={28} height={20} viewBox="0 0 28 20" aria-hidden="true" focusable="false">
      <rect
        x={2}
        y={2}
        width={24}
        height={16}
        rx={4}
        fill={tint}
        stroke={base}
        strokeWidth={2.4}
        strokeLinecap="round"
        strokeDasharray={SIGN_DASHES[severity]}
      />
    </svg>
  )
}
