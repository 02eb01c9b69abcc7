import { sha256Hex } from './sha256.ts'
import { compareCodePoints } from './ties.ts'

/** A project's place in the lot, with the hash that gave it. */
export interface LotPlace {
  readonly projectId: string
  /** 64 hexadecimal digits; the smallest goes first. */
  readonly hash: string
}

/**
 * Draws the order of all projects from a public seed, for example the numbers of a named lottery on a named date.
 *
 * Hashed are the UTF-8 bytes of the project's id, one line feed (0x0A), and the UTF-8 bytes of the seed, nothing else.
 * Anybody can do the same: `printf '%s\n%s' "$id" "$seed" | sha256sum`, then sort by the hash.
 * @source FIPS 180-4
 */
export function drawLot(projectIds: readonly string[], seed: string): LotPlace[] {
  return projectIds
    .map((projectId) => ({ projectId, hash: sha256Hex(`${projectId}\n${seed}`) }))
    .sort((a, b) => compareCodePoints(a.hash, b.hash) || compareCodePoints(a.projectId, b.projectId))
}
