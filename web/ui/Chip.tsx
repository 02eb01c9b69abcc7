import type { ReactNode } from 'react'

/** A choice that is on or off. */
export function Chip({ isOn, onToggle, children }: { isOn: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <button type="button" className="bm-chip" aria-pressed={isOn} onClick={onToggle}>
      {children}
    </button>
  )
}
