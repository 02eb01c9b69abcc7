import { expect, test } from 'vitest'
import { refusalOf } from './choosePictures.ts'

const MEGABYTE = 1024 * 1024

test.each([
  ['a.jpg', 'image/jpeg', MEGABYTE, 0, null],
  ['a.JPEG', '', MEGABYTE, 5, null],
  ['a.heic', '', MEGABYTE, 0, null],
  ['a', 'image/webp', 12 * MEGABYTE, 0, null],
  ['a.png', 'image/png', 12 * MEGABYTE + 1, 0, 'too-large'],
  ['a.png', 'image/png', 0, 0, 'format'],
  ['a.gif', 'image/gif', MEGABYTE, 0, 'format'],
  ['a.pdf', 'application/pdf', MEGABYTE, 0, 'format'],
  ['a.jpg', 'image/jpeg', MEGABYTE, 6, 'too-many'],
])('%s %s of %i bytes beside %i others: %j', (name, type, size, already, reason) => {
  expect(refusalOf({ name, type, size }, already)).toBe(reason)
})
