import { z } from 'zod'
import { writtenNumber } from './writtenNumber.ts'

/** Keyset position in a list ordered by (createdAt, id) descending: the last row already seen. */
export interface Cursor {
  createdAt: string
  id: number
}

export const limitSchema = writtenNumber(z.int().min(1).max(200)).default(50)

/** Opaque text for a cursor: base64url of `createdAt,id`. */
export function encodeCursor(cursor: Cursor): string {
  return btoa(`${cursor.createdAt},${cursor.id}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads a cursor; `null` when it was not made by `encodeCursor`. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const [createdAt, id, ...rest] = atob(text.replaceAll('-', '+').replaceAll('_', '/')).split(',')
    // As it was written: `Date` also takes 30 February, and the database no year 0.
    if (rest.length > 0 || !createdAt || new Date(createdAt).toISOString() !== createdAt || !/^[1-9]\d{3}-/.test(createdAt)) return null
    if (!id || !/^[1-9]\d{0,9}$/.test(id) || Number(id) > 2_147_483_647) return null
    return { createdAt, id: Number(id) }
  } catch {
    return null
  }
}
