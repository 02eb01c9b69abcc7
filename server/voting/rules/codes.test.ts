import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODE_ALPHABET, CODE_DRAWN, codeOf, formatCode, normaliseCode } from './codes.ts'

const drawn = fc.array(fc.nat(CODE_ALPHABET.length - 1), { minLength: CODE_DRAWN, maxLength: CODE_DRAWN })
const replaced = (code: string, at: number, symbol: string) => code.slice(0, at) + symbol + code.slice(at + 1)

describe('a code', () => {
  it('has an alphabet of a prime number of symbols nobody mistakes for one another', () => {
    expect(new Set(CODE_ALPHABET).size).toBe(29)
    for (const symbol of '01OILSZ') expect(CODE_ALPHABET).not.toContain(symbol)
  })

  it('is printed in groups and read back however it is typed', () => {
    fc.assert(
      fc.property(drawn, (numbers) => {
        const code = codeOf(numbers)
        expect(formatCode(code)).toMatch(/^\w{4}-\w{4}-\w{4}$/)
        for (const typed of [
          code,
          formatCode(code),
          ` ${formatCode(code).toLowerCase()} `,
          code.split('').join(' '),
          formatCode(code).replaceAll('-', '–'),
        ])
          expect(normaliseCode(typed)).toBe(code)
        expect(normaliseCode(code.replaceAll('5', 'S').replaceAll('2', 'z'))).toBe(code)
      }),
    )
  })

  it('finds every wrong symbol and every two that changed places', () => {
    fc.assert(
      fc.property(drawn, fc.nat(CODE_DRAWN), fc.nat(CODE_DRAWN), fc.nat(CODE_ALPHABET.length - 1), (numbers, at, other, value) => {
        const code = codeOf(numbers)
        const wrong = replaced(code, at, CODE_ALPHABET[value] as string)
        if (wrong !== code) expect(normaliseCode(wrong)).toBeNull()
        const swapped = replaced(replaced(code, at, code[other] as string), other, code[at] as string)
        if (swapped !== code) expect(normaliseCode(swapped)).toBeNull()
      }),
    )
  })

  it.each(['', 'K7Q2', 'a'.repeat(40), '0000-0000-0000', 'ÆØÅÆ-ØÅÆØ-ÅÆØÅ', '2222-2222-2223'])('"%s" is none', (typed) => {
    expect(normaliseCode(typed)).toBeNull()
  })

  it('is made of exactly so many numbers', () => {
    expect(() => codeOf([1, 2])).toThrow(RangeError)
    expect(() => codeOf(Array(CODE_DRAWN).fill(29))).toThrow(RangeError)
  })
})
