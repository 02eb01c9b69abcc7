/** A thing as the wire names it, taken apart. */
export interface ThingRef {
  kind: 'idea' | 'project' | 'installation'
  /** Number of an idea as text, or the slug. */
  id: string
}

const RANK = { idea: 1, project: 2, installation: 3 } as const

/** Takes `project:2026-baenke` apart; the contract has seen that it is one. */
export function readRef(ref: string): ThingRef {
  const colon = ref.indexOf(':')
  return { kind: ref.slice(0, colon) as ThingRef['kind'], id: ref.slice(colon + 1) }
}

/** Kind and number in one text, as the database makes it: sorted by its bytes it gives every pair one order. */
export function keyOf({ kind, id }: ThingRef): string {
  return `${RANK[kind]}:${kind === 'idea' ? id.padStart(10, '0') : id}`
}

/** The two in the order pairs are written in; null when they are the same thing, or two finished ones. */
export function orderPair(a: ThingRef, b: ThingRef): { first: ThingRef; second: ThingRef } | null {
  const [keyA, keyB] = [keyOf(a), keyOf(b)]
  if (keyA === keyB || (a.kind === 'installation' && b.kind === 'installation')) return null
  return keyA < keyB ? { first: a, second: b } : { first: b, second: a }
}
