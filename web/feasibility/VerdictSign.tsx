import type { ReactNode } from 'react'
import type { Light } from './answer.ts'

/** The light's sign. Each says the same by its shape as by its colour: disc, open ring, speech, triangle, octagon. */
export function VerdictSign({ light, size = 36 }: { light: Light; size?: number }) {
  return (
    <svg className="bm-verdict-sign" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true" focusable="false">
      {shapes[light]}
    </svg>
  )
}

const stroke = { fill: 'none', strokeWidth: 3, strokeLinecap: 'round', strokeLinejoin: 'round' } as const

const shapes: Record<Light, ReactNode> = {
  clear: (
    <>
      <circle className="bm-verdict-body" cx={18} cy={18} r={16} />
      <path className="bm-verdict-mark" {...stroke} d="m11 18.5 5 5 9.5-10.5" />
    </>
  ),
  unsure: (
    <>
      <circle className="bm-verdict-ring" cx={18} cy={18} r={14.5} fill="none" strokeWidth={3} strokeDasharray="5.2 4" />
      <path className="bm-verdict-line" {...stroke} d="M11.5 18h13" />
    </>
  ),
  ask: (
    <>
      <path className="bm-verdict-body" d="M8 4h20a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H18l-7 7v-7H8a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5Z" />
      <path className="bm-verdict-mark" {...stroke} d="M14.5 11.5c.6-2 5.8-2.6 6.3.7.3 2.3-2.8 2.8-2.8 5M18 21.3v.1" />
    </>
  ),
  permit: (
    <>
      <path
        className="bm-verdict-body"
        d="M18 2.5c1.2 0 2.2.6 2.8 1.6l13 22.6c1.2 2.2-.3 4.8-2.8 4.8H5c-2.5 0-4-2.6-2.8-4.8l13-22.6c.6-1 1.6-1.6 2.8-1.6Z"
      />
      <path className="bm-verdict-mark" {...stroke} d="M18 12v8.5M18 26v.1" />
    </>
  ),
  stop: (
    <>
      <path className="bm-verdict-body" d="M11.5 2.5h13l9 9v13l-9 9h-13l-9-9v-13Z" />
      <path className="bm-verdict-mark" {...stroke} d="M11 18h14" />
    </>
  ),
}
