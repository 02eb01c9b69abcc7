import { describe, expect, test } from 'vitest'
import { type Archive, archiveStyle } from './archiveStyle.ts'
import type { MapFrame } from './mapContract.ts'

const home: MapFrame = [12.2, 55.7, 12.5, 55.8]
const header = { tileType: 1, minZoom: 0, maxZoom: 15, minLon: 12, minLat: 55, maxLon: 13, maxLat: 56 }
const vectors: Archive = {
  tiles: 'pmtiles://http://x/{z}/{x}/{y}',
  header,
  metadata: { attribution: '© Kort', vector_layers: [{ id: 'roads' }] },
}

describe('the style of a PMTiles file', () => {
  const style = archiveStyle(vectors, home)

  test('of vectors holds the Protomaps layers, in our colours', () => {
    expect(style.sources['street-map']).toEqual({
      type: 'vector',
      encoding: 'mvt',
      tiles: [vectors.tiles],
      minzoom: 0,
      maxzoom: 15,
      bounds: [12, 55, 13, 56],
      attribution: '© Kort',
    })
    expect(style.layers.find((layer) => layer.id === 'street-earth')).toMatchObject({ paint: { 'fill-color': '#f6f4ee' } })
    expect(style.layers.filter((layer) => layer.type === 'line').length).toBeGreaterThan(20)
  })

  test('of vectors needs neither glyphs nor a sprite, and names places in Danish', () => {
    const text = JSON.stringify(style)
    expect(text).not.toMatch(/Noto|icon-image|name:en/)
    expect(style).not.toHaveProperty('glyphs')
    expect(style).not.toHaveProperty('sprite')
    const names = style.layers.filter((layer) => layer.type === 'symbol')
    expect(names.map((layer) => layer.id)).toContain('street-roads_labels_minor')
    for (const { id, layout } of names) {
      expect(layout?.['text-font']).toContain('IBM Plex Sans')
      const field = id === 'street-address_label' ? ['get', 'addr_housenumber'] : ['coalesce', ['get', 'name:da'], ['get', 'name']]
      expect(layout?.['text-field']).toEqual(field)
    }
  })

  test.each([2, 3, 4, 5])('of pictures (type %i) is one pale layer on our land', (tileType) => {
    const { sources, layers } = archiveStyle({ ...vectors, header: { ...header, tileType }, metadata: null }, home)
    expect(sources['street-map']).toMatchObject({ type: 'raster', tileSize: 256 })
    expect(sources['street-map']).not.toHaveProperty('attribution')
    expect(layers.map((layer) => layer.type)).toEqual(['background', 'raster'])
  })

  test('of MapLibre tiles says so', () => {
    const { sources } = archiveStyle({ ...vectors, header: { ...header, tileType: 6 } }, home)
    expect(sources['street-map']).toMatchObject({ encoding: 'mlt' })
  })

  test.each<[string, Archive, RegExp]>([
    ['elsewhere', { ...vectors, header: { ...header, minLon: 13, maxLon: 14 } }, /another part/],
    ['of unknown tiles', { ...vectors, header: { ...header, tileType: 0 } }, /type 0/],
    ['of another schema', { ...vectors, metadata: { vector_layers: [{ id: 'transportation' }] } }, /Protomaps schema/],
    ['without a list of layers', { ...vectors, metadata: null }, /Protomaps schema/],
  ])('is refused for a file %s', (_what, archive, sentence) => {
    expect(() => archiveStyle(archive, home)).toThrow(sentence)
  })
})
