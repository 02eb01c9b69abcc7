import { expect, test } from 'vitest'
import { frameOf, freeMiddleOffset, generousFrame, isSameCamera, roundCamera, shiftCamera } from './camera.ts'

const ballerup = { lng: 12.3583, lat: 55.7299, zoom: 13 }

test('shifting there and back is standing still', () => {
  const back = shiftCamera(shiftCamera(ballerup, [216, -140]), [-216, 140])
  expect(isSameCamera(back, ballerup)).toBe(true)
})

test('to the right is east, down is south', () => {
  const { lng, lat } = shiftCamera(ballerup, [100, 100])
  expect(lng).toBeGreaterThan(ballerup.lng)
  expect(lat).toBeLessThan(ballerup.lat)
})

test('a world of pixels is a world of degrees', () => {
  expect(shiftCamera({ lng: 0, lat: 0, zoom: 0 }, [256, 0])).toEqual({ lng: 180, lat: 0, zoom: 0 })
})

test('the free middle lies away from the panel', () => {
  expect(freeMiddleOffset({ top: 76, right: 0, bottom: 0, left: 432 })).toEqual([216, 38])
})

test('cameras are the same to the metre', () => {
  expect(isSameCamera({ lng: 12.3583001, lat: 55.7299, zoom: 13.001 }, ballerup)).toBe(true)
  expect(isSameCamera({ lng: 12.3584, lat: 55.7299, zoom: 13 }, ballerup)).toBe(false)
  expect(isSameCamera(null, ballerup)).toBe(false)
  expect(roundCamera({ lng: 12.358312345, lat: 55.729912345, zoom: 13.12345 })).toEqual({ lng: 12.35831, lat: 55.72991, zoom: 13.12 })
})

test('frames hold their points and leave room around', () => {
  const frame = frameOf([
    [12.3, 55.7],
    [12.4, 55.75],
    [12.35, 55.69],
  ])
  expect(frame).toEqual([12.3, 55.69, 12.4, 55.75])
  expect(frameOf([])).toBeNull()
  const [west, south, east, north] = generousFrame([12.3, 55.69, 12.4, 55.75])
  expect(west < 12.3 && south < 55.69 && east > 12.4 && north > 55.75).toBe(true)
})
