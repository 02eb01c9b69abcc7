import type { ReactNode } from 'react'

/** Nothing to show, said kindly, with a way on. */
export function EmptyState({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="bm-state">
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  )
}
