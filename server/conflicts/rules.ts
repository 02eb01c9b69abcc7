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

/** Where a pair stands in the list: what the list is ordered by. @unit square metres, metres */
export interface PairPosition {
  overlapM2: number | null
  distanceM: number
  firstKey: string
  secondKey: string
}

const KEY = /^[123]:[a-z0-9]+(-[a-z0-9]+)*$/
const isMeasure = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isKey = (value: unknown): value is string => typeof value === 'string' && value.length <= 100 && KEY.test(value)

/** Opaque text for the last pair seen. */
export function encodePosition({ overlapM2, distanceM, firstKey, secondKey }: PairPosition): string {
  return btoa(JSON.stringify([overlapM2, distanceM, firstKey, secondKey]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Reads a position; null when it was not made by `encodePosition`. */
export function decodePosition(text: string): PairPosition | null {
  try {
    const parts: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
    if (!Array.isArray(parts) || parts.length !== 4) return null
    const [overlapM2, distanceM, firstKey, secondKey] = parts as unknown[]
    if (overlapM2 !== null && !isMeasure(overlapM2)) return null
    return isMeasure(distanceM) && isKey(firstKey) && isKey(secondKey) ? { overlapM2, distanceM, firstKey, secondKey } : null
  } catch {
    return null
  }
}

/** The two in the order pairs are written in; null when they are the same thing, or two finished ones. */
export function orderPair(a: ThingRef, b: ThingRef): { first: ThingRef; second: ThingRef } | null {
  const [keyA, keyB] = [keyOf(a), keyOf(b)]
  if (keyA === keyB || (a.kind === 'installation' && b.kind === 'installation')) return null
  return keyA < keyB ? { first: a, second: b } : { first: b, second: a }
}
