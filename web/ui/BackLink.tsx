import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { BackSign } from './signs.tsx'

/** The way up from a page. */
export function BackLink({ to, params, children }: Pick<LinkProps, 'to' | 'params'> & { children: ReactNode }) {
  return (
    <Link to={to} params={params} className="bm-back">
      <BackSign />
      {children}
    </Link>
  )
}
