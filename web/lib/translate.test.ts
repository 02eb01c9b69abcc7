import { describe, expect, it } from 'vitest'
import { fillText, findPluralText, findText } from './translate.ts'

const texts = { list: { count_one: '{{count}} idé', count_other: '{{count}} idéer', title: 'Idéer' } }

describe('findText', () => {
  it.each([
    ['list.title', 'Idéer'],
    ['list', null],
    ['list.title.more', null],
    ['nothing', null],
  ])('%s', (key, text) => {
    expect(findText(texts, key)).toBe(text)
  })
})

it('chooses by number and falls back to the plain key', () => {
  expect(findPluralText(texts, 'list.count', 1, 'da')).toBe('{{count}} idé')
  expect(findPluralText(texts, 'list.count', 0, 'da')).toBe('{{count}} idéer')
  expect(findPluralText(texts, 'list.title', 2, 'en')).toBe('Idéer')
})

it('writes counts as the language does, years as they are, and leaves what is unknown', () => {
  expect(fillText('{{count}} i {{year}}, {{who}}', { count: 3000, year: 2018 }, 'da')).toBe('3.000 i 2018, {{who}}')
  expect(fillText('{{count}}', { count: 3000 }, 'en')).toBe('3,000')
})
