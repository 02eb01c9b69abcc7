import { describe, expect, test } from 'vitest'
import { readCoordinates } from './coordinates.ts'
import { fromUtm32, toUtm32 } from './utm32.ts'

const town = [12.3583, 55.7299]

describe('coordinates people type', () => {
  test.each([
    ['55.7299, 12.3583'],
    ['55,7299, 12,3583'],
    ['55,7299 12,3583'],
    ['55.7299 12.3583'],
    ['55.7299,12.3583'],
    ['55,7299,12,3583'],
    ['55,7299; 12,3583'],
    ['55,7299;12,3583'],
    ['  55.7299° , 12.3583°  '],
    ['55.7299 / 12.3583'],
    ['lat 55.7299 lon 12.3583'],
    ['lat: 55.7299, lng: 12.3583'],
    ['55.7299N 12.3583E'],
    ['55,7299° N 12,3583° Ø'],
    ['bredde 55,7299 længde 12,3583'],
  ])('%s is latitude and longitude', (text) => {
    expect(readCoordinates(text)).toEqual({ ok: true, position: town, system: 'degrees', swapped: false })
  })

  test.each([['12.3583, 55.7299'], ['12,3583 55,7299']])('%s stands the other way round and says so', (text) => {
    expect(readCoordinates(text)).toEqual({ ok: true, position: town, system: 'degrees', swapped: true })
  })

  test.each([
    ['710864.08, 6181128.13', false],
    ['710864 6181128', false],
    ['E 710864,1 N 6181128,1', false],
    ['EPSG:25832 710864 6181128', false],
    ['6181128 710864', true],
  ])('%s is zone 32', (text, swapped) => {
    const reading = readCoordinates(text)
    expect(reading).toMatchObject({ ok: true, system: 'utm32', swapped })
    if (reading.ok) {
      expect(reading.position[0]).toBeCloseTo(12.3583, 5)
      expect(reading.position[1]).toBeCloseTo(55.7299, 5)
    }
  })

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['Måløv Station', 'not-two-numbers'],
    ['55.7299', 'not-two-numbers'],
    ['55.7299 12.3583 4', 'not-two-numbers'],
    ['55..7 12.3', 'not-two-numbers'],
    ['48.8566, 2.3522', 'outside-denmark'],
    ['-55.7299, 12.3583', 'outside-denmark'],
    ['0 0', 'outside-denmark'],
  ])('%j is refused as %s', (text, reason) => {
    expect(readCoordinates(text)).toEqual({ ok: false, reason })
  })
})

describe('zone 32', () => {
  // Figures of PostGIS: ST_Transform(ST_SetSRID(ST_MakePoint(lng, lat), 4326), 25832).
  test.each([
    [9, 55.7299, 500000, 6176018.852205],
    [12.3583, 55.7299, 710864.075119, 6181128.129887],
    [8.1, 57.2, 445621.459708, 6340008.352324],
    [15.1, 55.1, 888982.341115, 6122928.563989],
  ])('%d %d is what PostGIS says, there and back', (lng, lat, eastingM, northingM) => {
    const [east, north] = toUtm32([lng, lat])
    expect(east).toBeCloseTo(eastingM, 3)
    expect(north).toBeCloseTo(northingM, 3)
    const [backLng, backLat] = fromUtm32([eastingM, northingM])
    expect(backLng).toBeCloseTo(lng, 9)
    expect(backLat).toBeCloseTo(lat, 9)
  })
})
