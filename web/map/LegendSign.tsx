import type { ReactNode } from 'react'
import type { LegendEntry } from './mapLayer.ts'
import { DISTRICT_COLOURS, SURFACE } from './palette.ts'

const { maaloev, skovlunde } = DISTRICT_COLOURS
const blue = DISTRICT_COLOURS['ballerup-nord']
const violet = DISTRICT_COLOURS['ballerup-syd']

/** The sign of a legend line, drawn with the map's own colours. */
export function LegendSign({ sign }: { sign: LegendEntry['sign'] }) {
  return (
    <svg width={32} height={28} viewBox="0 0 32 28" aria-hidden="true" focusable="false">
      {shapes[sign]}
    </svg>
  )
}

const shapes: Record<LegendEntry['sign'], ReactNode> = {
  idea: <circle cx={16} cy={14} r={10} fill={maaloev.base} stroke={SURFACE.paper} strokeWidth={2.5} />,
  project: <path d="M16 3 27 14 16 25 5 14Z" fill={violet.base} stroke={SURFACE.paper} strokeWidth={2.5} strokeLinejoin="round" />,
  installation: <rect x={6} y={4} width={20} height={20} rx={5} fill={skovlunde.tint} stroke={skovlunde.base} strokeWidth={1.8} />,
  cluster: (
    <g fill="none" strokeWidth={4}>
      <circle cx={16} cy={14} r={9} stroke={blue.base} fill={SURFACE.paper} />
      <path d="M16 5a9 9 0 0 1 0 18" stroke={skovlunde.base} />
    </g>
  ),
  shape: <path d="M5 20 12 7l9 3 6 10Z" fill={maaloev.tint} stroke={maaloev.base} strokeWidth={2.4} strokeLinejoin="round" />,
  district: <path d="M3 20c6-12 18-2 26-14" fill="none" stroke={violet.base} strokeWidth={3} strokeLinecap="round" />,
  won: <circle cx={16} cy={14} r={11} fill={maaloev.base} fillOpacity={0.45} stroke={maaloev.base} strokeWidth={2} />,
  lost: <circle cx={16} cy={14} r={11} fill="none" stroke={maaloev.base} strokeWidth={1.5} strokeOpacity={0.6} />,
  rail: (
    <g fill="none">
      <path d="M1 14h30" stroke={SURFACE.rail} strokeWidth={4} />
      <path d="M1 14h30" stroke={SURFACE.railGap} strokeWidth={2} strokeDasharray="5 5" />
      <circle cx={16} cy={14} r={5} fill={SURFACE.paper} stroke={SURFACE.station} strokeWidth={2.4} />
    </g>
  ),
  road: (
    <g fill="none" strokeLinecap="round">
      <path d="M4 14h24" stroke={SURFACE.roadCasing} strokeWidth={8} />
      <path d="M4 14h24" stroke={SURFACE.road} strokeWidth={6} />
    </g>
  ),
}
