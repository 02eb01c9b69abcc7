import { describe, expect, it } from 'vitest'
import { isStorageKey } from './storage.ts'

describe('isStorageKey', () => {
  it.each(['incoming/0b6c', 'pictures/0b6c/320.avif', 'a', 'A-b_c.d/e'])('takes %j', (key) => {
    expect(isStorageKey(key)).toBe(true)
  })

  it.each(['', '/etc/passwd', '..', '../a', 'a/../b', 'a//b', 'a/', './a', 'a/.hidden', 'a\\b', 'a\0b', 'a b', 'ø', 'x'.repeat(400)])(
    'refuses %j',
    (key) => {
      expect(isStorageKey(key)).toBe(false)
    },
  )
})
