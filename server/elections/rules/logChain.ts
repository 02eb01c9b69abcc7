import { sha256Hex } from '../../allocation/rules/sha256.ts'
import type { LogEntry } from '../contract.ts'
import { type Canonical, canonicalJson } from './canonicalJson.ts'

/** What the first entry names as the one before it. */
export const FIRST_HASH = '0'.repeat(64)

/** The hash of an entry: SHA-256 of the canonical JSON of everything in it but the hash itself. */
export function hashOfEntry({ entryNumber, action, actorName, detail, at, previousHash }: Omit<LogEntry, 'entryHash'>): string {
  return sha256Hex(canonicalJson({ entryNumber, action, actorName, detail: detail as Canonical, at, previousHash }))
}

/** The number of the first entry that does not follow from those before it; null when the whole log holds. */
export function brokenAt(entries: readonly LogEntry[]): number | null {
  let previous = FIRST_HASH
  for (const [index, entry] of entries.entries()) {
    const follows = entry.entryNumber === index + 1 && entry.previousHash === previous && hashOfEntry(entry) === entry.entryHash
    if (!follows) return entry.entryNumber
    previous = entry.entryHash
  }
  return null
}
