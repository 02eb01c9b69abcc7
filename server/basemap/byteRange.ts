/** What part of a file was asked for: everything, one run of bytes (both ends included), or one that does not exist. */
export type ByteRange = { kind: 'whole' } | { kind: 'part'; first: number; last: number } | { kind: 'unsatisfiable' }

/**
 * Reads a `Range` header for a file of `size` bytes. Several ranges and what cannot be read mean the whole file.
 * @source RFC 9110, section 14
 */
export function readByteRange(header: string | undefined, size: number): ByteRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return { kind: 'whole' }
  const [, from = '', to = ''] = match
  if (from === '') {
    const count = Math.min(Number(to), size)
    return count === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', first: size - count, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return { kind: 'whole' }
  return first >= size ? { kind: 'unsatisfiable' } : { kind: 'part', first, last }
}
