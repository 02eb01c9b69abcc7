/** Breaks a long row of signs into groups that an eye can follow. */
export function groupsOf(text: string, size: number): string[] {
  return text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
}
