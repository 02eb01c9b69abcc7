import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'

export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="bm-notice">
      <TriangleAlert aria-hidden="true" />
      <div>{children}</div>
    </div>
  )
}
