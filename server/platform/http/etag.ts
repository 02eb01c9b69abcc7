/** A strong entity tag; each content coding of the same thing has its own (RFC 9110, 8.8.3). */
export function entityTag(hash: string, coding?: 'gz' | 'br'): string {
  return coding === undefined ? `"${hash}"` : `"${hash}-${coding}"`
}

/** Whether `If-None-Match` names this hash, in whatever coding it was sent. */
export function isKnown(ifNoneMatch: string | undefined, hash: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some(
    (tag) =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/^"|(-gz|-br)?"$/g, '') === hash,
  )
}

/** Whether the client takes a content coding: named, or covered by `*`, and not with quality 0. */
export function accepts(acceptEncoding: string | undefined, coding: 'gzip' | 'br'): boolean {
  if (acceptEncoding === undefined) return false
  const offers = acceptEncoding.split(',').map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q\s*=\s*/),
  )
  const offer = offers.find(([name]) => name === coding) ?? offers.find(([name]) => name === '*')
  return offer !== undefined && Number(offer[1] ?? 1) > 0
}
