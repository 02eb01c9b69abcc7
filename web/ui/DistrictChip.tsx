import type { ReactNode } from 'react'
import { districtKey } from './districtKey.ts'

/** The district's colour and name; `children` follow the name on the same line. */
export function DistrictChip({ districtId, name, children }: { districtId: string | null; name: string; children?: ReactNode }) {
  return (
    <span className="bm-district-chip" data-bm-district={districtKey(districtId)}>
      <span className="bm-dot" aria-hidden="true" />
      <span>
        {name}
        {children}
      </span>
    </span>
  )
}
