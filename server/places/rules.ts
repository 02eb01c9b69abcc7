/**
 * A name as it is compared: lower case, without accents and signs, æ/ae, ø/oe and å/aa as one letter.
 * "Maaloev St.", "Malov st" and "MÅLØV ST" become "malov st". The same steps stand as SQL in `queries.ts`.
 */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('æ', 'a')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('ae', 'a')
    .replaceAll('oe', 'o')
    .replaceAll('aa', 'a')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Whether the words look like an address with a house number, so that the address service comes first. */
export function hasHouseNumber(words: string): boolean {
  return /\p{L}{2,}.*\s\d{1,3}\s?[a-zæøå]?(\s|,|$)/iu.test(words.trim())
}

/** One list of two: nothing twice, the address service first when a house number was asked for. */
export function mergePlaces<Found extends { name: string }>(
  words: string,
  gazetteer: readonly Found[],
  addresses: readonly Found[],
  limit: number,
): Found[] {
  const ordered = hasHouseNumber(words) ? [...addresses, ...gazetteer] : [...gazetteer, ...addresses]
  const seen = new Set<string>()
  const merged = ordered.filter(({ name }) => {
    const folded = foldName(name)
    if (seen.has(folded)) return false
    seen.add(folded)
    return true
  })
  return merged.slice(0, limit)
}
