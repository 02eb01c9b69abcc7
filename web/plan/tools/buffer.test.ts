import { describe, expect, it } from 'vitest'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { ringAreaM2 } from '../../ideas/new/measure.ts'
import { fromUtm32 } from '../../ideas/new/utm32.ts'
import { bufferOf, distanceToGeometryM } from './buffer.ts'

const at = (east: number, north: number): Position => fromUtm32([710_000 + east, 6_180_000 + north])
const point: PlaceGeometry = { type: 'Point', coordinates: at(0, 0) }
const line: PlaceGeometry = { type: 'LineString', coordinates: [at(0, 0), at(100, 0)] }
const longLine: PlaceGeometry = { type: 'LineString', coordinates: [at(0, 0), at(3000, 0), at(3000, 2000)] }
const square: PlaceGeometry = { type: 'Polygon', coordinates: [[at(0, 0), at(40, 0), at(40, 40), at(0, 40), at(0, 0)]] }
const corner: PlaceGeometry = { type: 'LineString', coordinates: [at(0, 0), at(60, 0), at(60, 60)] }

describe('everything within a distance', () => {
  it.each([
    ['a point', point, 25, Math.PI * 25 ** 2],
    ['a line', line, 10, 100 * 20 + Math.PI * 10 ** 2],
    ['an area', square, 10, 40 * 40 + 4 * 40 * 10 + Math.PI * 10 ** 2],
    ['a long line', longLine, 25, 5000 * 50 + Math.PI * 625 + (Math.PI * 625) / 4 - 625],
    ['a far reach', point, 300, Math.PI * 300 ** 2],
    // Two arms of 60, two half circles at the ends, a quarter circle outside the bend, a square counted twice inside it.
    ['a corner', corner, 10, 2 * 60 * 20 + Math.PI * 10 ** 2 + (Math.PI * 10 ** 2) / 4 - 10 * 10],
  ] as const)('of %s has the area geometry says', (_name, geometry, distanceM, areaM2) => {
    const [ring = []] = bufferOf(geometry, distanceM).coordinates
    expect(Math.abs(ringAreaM2(ring) / areaM2 - 1)).toBeLessThan(0.002)
    expect(ring.length).toBeLessThan(250)
    expect(ring[0]).toEqual(ring.at(-1))
  })

  it.each([
    ['point', point],
    ['line', line],
    ['area', square],
    ['corner', corner],
  ] as const)('every vertex round a %s lies at the distance', (_name, geometry) => {
    const [ring = []] = bufferOf(geometry, 25).coordinates
    for (const place of ring) expect(Math.abs(distanceToGeometryM(place, geometry) - 25)).toBeLessThan(0.05)
  })
})

it('inside an area the distance is nothing', () => {
  expect(distanceToGeometryM(at(20, 20), square)).toBe(0)
  expect(distanceToGeometryM(at(50, 20), square)).toBeCloseTo(10, 6)
})
