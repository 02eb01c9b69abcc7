import type { InvalidReason, Tally } from '../../../server/meetings/contract.ts'
import { INVALID_REASONS } from '../../../server/meetings/limits.ts'

/** What one line of typing means: papers that are valid and alike, or papers that do not count for one reason. */
export type Entry = { kind: 'ballot'; tally: Tally } | { kind: 'invalid'; reason: InvalidReason; ballots: number }

interface EntryBallot {
  /** What stands on the ballot; numbers may have a gap where a project left the shortlist. */
  lines: readonly { lineNumber: number; projectId: string }[]
  takesPoints: boolean
}

const LINE = /^(?<what>[^*]*?)(?:\*(?<times>\d{1,4}))?$/

function readInvalid(what: string, ballots: number): Entry | null {
  const number = Number(/^u(\d{1,2})$/.exec(what)?.[1])
  const reason = INVALID_REASONS[number - 1]
  return reason === undefined ? null : { kind: 'invalid', reason, ballots }
}

/** `1 3`, `1,3` or, as long as no number on the ballot has two digits, `13`. */
function numbersIn(what: string, lines: EntryBallot['lines']): string[] {
  const words = what.split(/[\s,;.+]+/).filter(Boolean)
  return lines.every(({ lineNumber }) => lineNumber <= 9) ? words.flatMap((word) => (/^\d+$/.test(word) ? [...word] : [word])) : words
}

function readPoints(words: readonly string[]): [number, number][] | null {
  const pairs = words.map((word) => /^(\d{1,2}):(\d{1,3})$/.exec(word)).filter((match) => match !== null)
  return pairs.length === words.length ? pairs.map(([, number, points]) => [Number(number), Number(points)]) : null
}

/**
 * Reads what a clerk typed: the numbers marked on a paper (`1 3`), `0` for a blank one, `u4` for the fourth reason why it does not
 * count, `1:6 2:4` with points; `*12` at the end for twelve alike. Null when it says nothing of the kind.
 */
export function readEntry(text: string, { lines, takesPoints }: EntryBallot): Entry | null {
  const { what = '', times } = LINE.exec(text.trim().toLowerCase())?.groups ?? {}
  const ballots = times === undefined ? 1 : Number(times)
  const said = what.trim()
  if (said === '' || ballots < 1 || ballots > 5000) return null
  if (said.startsWith('u')) return readInvalid(said, ballots)
  if (said === '0') return { kind: 'ballot', tally: { projectIds: [], ballots } }
  const pairs = takesPoints ? readPoints(said.split(/[\s,;]+/).filter(Boolean)) : null
  if (takesPoints && pairs === null) return null
  const numbers = pairs ? pairs.map(([number]) => number) : numbersIn(said, lines).map(Number)
  const ids = numbers.map((number) => lines.find(({ lineNumber }) => lineNumber === number)?.projectId)
  if (ids.length === 0 || ids.some((id) => id === undefined) || new Set(ids).size !== ids.length) return null
  const points = pairs ? { points: pairs.map(([, one]) => one) } : {}
  return { kind: 'ballot', tally: { projectIds: ids as string[], ...points, ballots } }
}

/** How many papers have been entered. */
export function papersOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + (entry.kind === 'ballot' ? entry.tally.ballots : entry.ballots), 0)
}

/** Entries as a batch holds them: every way of filling in once, every reason once. */
export function gatherEntries(entries: readonly Entry[]): { tallies: Tally[]; invalid: { reason: InvalidReason; ballots: number }[] } {
  const tallies = new Map<string, Tally>()
  const invalid = new Map<InvalidReason, number>()
  for (const entry of entries) {
    if (entry.kind === 'invalid') {
      invalid.set(entry.reason, (invalid.get(entry.reason) ?? 0) + entry.ballots)
      continue
    }
    const { projectIds, points, ballots } = entry.tally
    const key = projectIds
      .map((id, index) => `${id}:${points?.[index] ?? ''}`)
      .sort()
      .join()
    const known = tallies.get(key)
    tallies.set(key, known ? { ...known, ballots: known.ballots + ballots } : entry.tally)
  }
  return { tallies: [...tallies.values()], invalid: [...invalid].map(([reason, ballots]) => ({ reason, ballots })) }
}
