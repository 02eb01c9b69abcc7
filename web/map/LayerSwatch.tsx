import type { ConstraintPaint } from './mapContract.ts'

const DASHES = { solid: undefined, dashed: '4 2.5', dotted: '1.5 2.5' } as const

/** A layer's own colour and line as the planner's map paints it. */
export function LayerSwatch({ colour, line }: ConstraintPaint) {
  return (
    <svg className="bm-layer-swatch" width={22} height={16} viewBox="0 0 22 16" aria-hidden="true" focusable="false">
      <rect x={1.5} y={1.5} width={19} height={13} rx={3} fill={colour} fillOpacity={0.3} />
      <rect x={1.5} y={1.5} width={19} height={13} rx={3} fill="none" stroke={colour} strokeWidth={2} strokeDasharray={DASHES[line]} />
    </svg>
  )
}
