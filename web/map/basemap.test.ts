import { expect, test } from 'vitest'
import { withAbsoluteAddresses } from './basemap.ts'

test('addresses are read from the place of the style', () => {
  const style = withAbsoluteAddresses(
    {
      version: 8,
      glyphs: '../fonts/{fontstack}/{range}.pbf',
      sprite: 'sprite',
      sources: {
        streets: { type: 'vector', tiles: ['/tiles/{z}/{x}/{y}.pbf', 'https://other.example/{z}/{x}/{y}.pbf'] },
        hills: { type: 'raster', url: 'hills.json' },
      },
      layers: [],
    },
    new URL('https://maps.example/styles/pale/style.json'),
  )
  expect(style.glyphs).toBe('https://maps.example/styles/fonts/{fontstack}/{range}.pbf')
  expect(style.sprite).toBe('https://maps.example/styles/pale/sprite')
  expect(style.sources.streets).toMatchObject({
    tiles: ['https://maps.example/tiles/{z}/{x}/{y}.pbf', 'https://other.example/{z}/{x}/{y}.pbf'],
  })
  expect(style.sources.hills).toMatchObject({ url: 'https://maps.example/styles/pale/hills.json' })
})

test('each of several sprites keeps its name', () => {
  const sprite = [
    { id: 'default', url: 'signs/pale' },
    { id: 'roads', url: 'https://other.example/roads' },
  ]
  const style = withAbsoluteAddresses({ version: 8, sprite, sources: {}, layers: [] }, new URL('https://maps.example/pale/style.json'))
  expect(style.sprite).toEqual([
    { id: 'default', url: 'https://maps.example/pale/signs/pale' },
    { id: 'roads', url: 'https://other.example/roads' },
  ])
})
