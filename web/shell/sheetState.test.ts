import { describe, expect, it } from 'vitest'
import { flickedSheetHeight, nearestSheetHeight, sheetPixels, stepSheet } from './sheetState.ts'

const WINDOW = 844

describe('the bottom sheet', () => {
  it('has three growing heights that leave the search box free', () => {
    const [low, half, full] = (['low', 'half', 'full'] as const).map((height) => sheetPixels(height, WINDOW))
    expect([low, half, full]).toEqual([148, 430, 778])
  })

  it.each([
    [100, 'low'],
    [300, 'half'],
    [650, 'full'],
  ])('settles %i pixels as %s', (pixels, height) => {
    expect(nearestSheetHeight(pixels, WINDOW)).toBe(height)
  })

  it.each([
    [200, 1, 'half'],
    [440, 1, 'full'],
    [800, 1, 'full'],
    [700, -1, 'half'],
    [400, -1, 'low'],
    [100, -1, 'low'],
  ] as const)('flicked at %i pixels towards %i becomes %s', (pixels, direction, height) => {
    expect(flickedSheetHeight(pixels, WINDOW, direction)).toBe(height)
  })

  it('steps and stops at both ends', () => {
    expect([stepSheet('low', -1), stepSheet('low', 1), stepSheet('full', 1)]).toEqual(['low', 'half', 'full'])
  })
})
