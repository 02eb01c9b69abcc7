import { describe, expect, it } from 'vitest'
import { cameraText, parseCamera, readSharedSearch } from './searchParams.ts'

describe('readSharedSearch', () => {
  it('keeps what is well formed', () => {
    const search = { district: 'maaloev', category: 'play', q: 'gynge', frame: 1, at: '55.73_12.36_12.5' }
    expect(readSharedSearch(search)).toEqual(search)
  })

  it('leaves out what is not', () => {
    const search = { district: 'Måløv!', category: 'parking', q: '  ', frame: 'yes', at: '91_12_3', other: 1 }
    expect(readSharedSearch(search)).toEqual({})
  })

  it('reads a search for digits as words', () => {
    expect(readSharedSearch({ q: 2018 })).toEqual({ q: '2018' })
  })
})

describe('parseCamera', () => {
  it.each(['', 'a_b_c', '55.7_12.3', '55.7_12.3_40', '95_12_10', '55.7_12.3_10_2', 'Infinity_1_1', '55.7__10'])('refuses %j', (text) => {
    expect(parseCamera(text)).toBeNull()
  })

  it('reads back what cameraText wrote', () => {
    const camera = { lng: 12.36042, lat: 55.73251, zoom: 12.4 }
    expect(parseCamera(cameraText(camera))).toEqual(camera)
  })
})
