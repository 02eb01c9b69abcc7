import { districtKey } from './districtKey.ts'

/** A bar that fills. The numbers stand in text beside it, so the bar itself is silent to screen readers. */
export function BudgetBar({ districtId, part, whole }: { districtId: string | null; part: number | null; whole: number | null }) {
  const share = part === null || !whole ? 0 : Math.min(1, Math.max(0, part / whole))
  return (
    <span className="bm-bar" data-bm-district={districtKey(districtId)} aria-hidden="true">
      <span className="bm-bar-fill" style={{ width: `${share * 100}%` }} />
    </span>
  )
}
