import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeCard } from './cardPlacement.ts'

const free = { left: 440, top: 80, right: 1420, bottom: 880 }
const card = { width: 280, height: 130 }

test.each([
  ['above when there is room', { x: 900, y: 500 }, { left: 760, top: 340 }],
  ['below near the upper edge', { x: 900, y: 120 }, { left: 760, top: 150 }],
  ['pushed in at the right edge', { x: 1410, y: 500 }, { left: 1140, top: 340 }],
])('%s', (_name, pin, spot) => {
  expect(placeCard(pin, card, free, 30)).toEqual(spot)
})

test('beside when neither above nor below fits', () => {
  expect(placeCard({ x: 60, y: 100 }, card, { left: 0, top: 40, right: 390, bottom: 200 }, 30)).toEqual({ left: 90, top: 40 })
})

test('away when the pin is', () => {
  expect(placeCard({ x: 100, y: 500 }, card, free, 30)).toBeNull()
})

test('never covers the pin', () => {
  const spots = fc.record({ x: fc.integer({ min: 440, max: 1420 }), y: fc.integer({ min: 80, max: 880 }) })
  fc.assert(
    fc.property(spots, fc.integer({ min: 60, max: 300 }), fc.integer({ min: 40, max: 700 }), (pin, width, height) => {
      const spot = placeCard(pin, { width, height }, free, 30)
      if (spot === null) return false
      const isOverX = pin.x > spot.left - 30 && pin.x < spot.left + width + 30
      const isOverY = pin.y > spot.top - 30 && pin.y < spot.top + height + 30
      return !(isOverX && isOverY)
    }),
  )
})
