import { expect, it } from 'vitest'
import { codeOf, formatCode } from '../../../server/voting/rules/codes.ts'
import { inGroups, readTypedCode } from './typedCode.ts'

const code = codeOf([0, 5, 11, 28, 3, 7, 19, 22, 1, 14, 9])

it.each([
  ['', { state: 'empty' }],
  ['k7', { state: 'short', missing: 10 }],
  ['K7O', { state: 'letter', letter: 'O' }],
  [formatCode(code), { state: 'right', code }],
  [` ${code.toLowerCase()} `, { state: 'right', code }],
  [`${code}2`, { state: 'long' }],
  [`${code.slice(1, 2)}${code.slice(0, 1)}${code.slice(2)}`, { state: 'wrong' }],
])('%s', (typed, read) => {
  expect(readTypedCode(typed)).toEqual(read)
})

it('writes what is typed in groups', () => {
  expect(inGroups('k7q2a')).toBe('K7Q2-A')
  expect(inGroups('K7Q2-')).toBe('K7Q2')
})
