// Digits and letters that nobody mistakes for one another: no 0 and O, no 1, I and L, S reads as 5 and Z as 2.
// 29 of them, a prime, so that one check symbol finds every wrong symbol and every two that changed places.
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRTUVWXY'
const BASE = CODE_ALPHABET.length

/** How many symbols of a code are drawn at random; one more checks them. 29 to the 11th is some 10 to the 16th. */
export const CODE_DRAWN = 11
const CODE_LENGTH = CODE_DRAWN + 1
const GROUP = 4

const LOOK_ALIKE: Readonly<Record<string, string>> = { S: '5', Z: '2' }

/** Each place counts with its own weight; a right code's weighted sum is divisible by 29. */
function weightedSum(values: readonly number[]): number {
  return values.reduce((sum, value, index) => (sum + (index + 1) * value) % BASE, 0)
}

/** The code of numbers drawn below 29, its check symbol at the end. @errors RangeError when they are not 11 such numbers */
export function codeOf(drawn: readonly number[]): string {
  if (drawn.length !== CODE_DRAWN || !drawn.every((value) => Number.isInteger(value) && value >= 0 && value < BASE))
    throw new RangeError('a code is made of 11 numbers below 29')
  const sum = weightedSum(drawn)
  const check = [...CODE_ALPHABET].findIndex((_, value) => (sum + CODE_LENGTH * value) % BASE === 0)
  return [...drawn, check].map((value) => CODE_ALPHABET[value]).join('')
}

/** A code in groups of four, as it is printed. */
export function formatCode(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? ''
}

/** A code as somebody typed it, without blanks, dashes and lower case; null when it is none, a slip of the finger included. */
export function normaliseCode(typed: string): string | null {
  const symbols = [...typed.toUpperCase().replaceAll(/[\s\p{Pd}._]/gu, '')].map((symbol) => LOOK_ALIKE[symbol] ?? symbol)
  const values = symbols.map((symbol) => CODE_ALPHABET.indexOf(symbol))
  if (values.length !== CODE_LENGTH || values.includes(-1) || weightedSum(values) !== 0) return null
  return symbols.join('')
}
