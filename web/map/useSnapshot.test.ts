import { expect, it } from 'vitest'
import { niceLengthM } from './useSnapshot.ts'

it.each([
  [130, 100],
  [99, 50],
  [49, 20],
  [7, 5],
  [1900, 1000],
  [5000, 5000],
])('a bar of at most %i m is %i m long', (atMostM, lengthM) => {
  expect(niceLengthM(atMostM)).toBe(lengthM)
})
