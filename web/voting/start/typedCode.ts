import { CODE_ALPHABET, CODE_DRAWN, formatCode, normaliseCode } from '../../../server/voting/rules/codes.ts'

export const CODE_LENGTH = CODE_DRAWN + 1

/** What can be said of a code while it is typed, before any server is asked. */
export type TypedCode =
  | { state: 'empty' }
  | { state: 'letter'; letter: string }
  | { state: 'short'; missing: number }
  | { state: 'long' }
  | { state: 'wrong' }
  | { state: 'right'; code: string }

const SEPARATORS = /[\s\p{Pd}._]/gu
// Read as 5 and 2.
const TAKEN_TOO = 'SZ'

export function readTypedCode(typed: string): TypedCode {
  const symbols = [...typed.toUpperCase().replaceAll(SEPARATORS, '')]
  const stray = symbols.find((symbol) => !CODE_ALPHABET.includes(symbol) && !TAKEN_TOO.includes(symbol))
  if (stray !== undefined) return { state: 'letter', letter: stray }
  if (symbols.length === 0) return { state: 'empty' }
  if (symbols.length < CODE_LENGTH) return { state: 'short', missing: CODE_LENGTH - symbols.length }
  if (symbols.length > CODE_LENGTH) return { state: 'long' }
  const code = normaliseCode(typed)
  return code === null ? { state: 'wrong' } : { state: 'right', code }
}

/** What is typed, in the groups it is printed in. */
export function inGroups(typed: string): string {
  return formatCode(typed.toUpperCase().replaceAll(SEPARATORS, ''))
}
