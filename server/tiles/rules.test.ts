import { describe, expect, it } from 'vitest'
import { ByteCache } from './byteCache.ts'
import { TILE_BUFFER } from './contract.ts'
import { frameOf, isInsideZoom, THINNING_CELL, WORLD_WIDTH } from './rules.ts'

describe('frameOf', () => {
  it('puts the only tile of zoom 0 over the world and searches Denmark', () => {
    const frame = frameOf({ z: 0, x: 0, y: 0 })
    expect(frame).toMatchObject({ west: -WORLD_WIDTH / 2, north: WORLD_WIDTH / 2 })
    expect(frame?.search.map((metres) => Math.round(metres / 1000))).toEqual([835, 7246, 1737, 7967])
  })

  it('searches the tile with its buffer at Ballerup', () => {
    const frame = frameOf({ z: 14, x: 8754, y: 5122 })
    const width = WORLD_WIDTH / 2 ** 14
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = frame?.search ?? []
    expect(maxX - minX).toBeCloseTo(width * (1 + (2 * TILE_BUFFER) / 4096))
    expect(maxY - minY).toBeCloseTo(maxX - minX)
    expect((frame?.west ?? 0) - minX).toBeCloseTo((width * TILE_BUFFER) / 4096)
  })

  it.each([
    { z: 3, x: 0, y: 0 },
    { z: 14, x: 0, y: 5122 },
    { z: 22, x: 0, y: 0 },
  ])('knows that nothing lies in $z/$x/$y', (address) => {
    expect(frameOf(address)).toBeNull()
  })

  it('has a buffer of whole cells, so that neighbouring tiles thin alike', () => {
    expect(TILE_BUFFER % THINNING_CELL).toBe(0)
  })
})

it.each([
  [{ z: 0, x: 0, y: 0 }, true],
  [{ z: 0, x: 1, y: 0 }, false],
  [{ z: 2, x: 3, y: 4 }, false],
  [{ z: 22, x: 4_194_303, y: 4_194_303 }, true],
])('isInsideZoom(%o) is %s', (address, expected) => {
  expect(isInsideZoom(address)).toBe(expected)
})

describe('ByteCache', () => {
  it('drops what was not used for longest when it is full', () => {
    const cache = new ByteCache<{ byteCount: number }>(100)
    cache.set('a', { byteCount: 40 })
    cache.set('b', { byteCount: 40 })
    cache.get('a')
    cache.set('c', { byteCount: 40 })
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((value) => value !== undefined)).toEqual([true, false, true])
    expect(cache.byteCount).toBe(80)
  })

  it('counts a replaced entry once and refuses what is larger than itself', () => {
    const cache = new ByteCache<{ byteCount: number }>(100)
    cache.set('a', { byteCount: 40 })
    cache.set('a', { byteCount: 30 })
    cache.set('b', { byteCount: 101 })
    expect(cache.byteCount).toBe(30)
    expect(cache.get('b')).toBeUndefined()
  })
})
