import type { ReactNode } from 'react'

export interface Fact {
  term: string
  value: ReactNode
}

/** Terms and values, one beside the other. */
export function Facts({ items }: { items: Fact[] }) {
  return (
    <dl className="bm-facts">
      {items.map(({ term, value }) => (
        <FactLine key={term} term={term} value={value} />
      ))}
    </dl>
  )
}

function FactLine({ term, value }: Fact) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  )
}
