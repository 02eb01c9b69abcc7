import type { Feature } from 'geojson'
import { expect, test } from 'vitest'
import { CATEGORIES } from '../../server/kernel/categories.ts'
import { CATEGORY_ICONS } from './categoryIcons.ts'
import { LAYER_ORDER } from './layerOrder.ts'
import danish from './map.da.json'
import english from './map.en.json'
import { SOURCE_IDS } from './mapLayer.ts'
import { composeStyle, isDrawn, layerId, sourceId } from './mapStyle.ts'
import { type SourceData, startData } from './sources.ts'

const view = { base: 'own' as const, isDrawing: false, visibleKinds: ['idea' as const], showsResult: false }

/** Every text with its path, for example `draw.line.done`. */
function keysOf(texts: object, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => (typeof value === 'object' ? keysOf(value, `${path}${key}.`) : [`${path}${key}`]))
}

test('every layer stands once in the order', () => {
  const ids = LAYER_ORDER.map((layer) => layer.id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('pins stand above labels, labels above the ground', () => {
  const at = (id: string) => LAYER_ORDER.findIndex((layer) => layer.id === id)
  expect(at('pin')).toBeGreaterThan(at('district-name'))
  expect(at('cluster')).toBeGreaterThan(at('station-name'))
  expect(at('district-name')).toBeGreaterThan(at('district-outline'))
})

test('both languages say the same things, the legend among them', () => {
  expect(keysOf(danish)).toEqual(keysOf(english))
  const legend = LAYER_ORDER.flatMap((layer) => layer.legend.map((entry) => entry.textKey))
  for (const key of legend) expect(keysOf(danish)).toContain(key)
})

test('every category has its sign and its word', () => {
  for (const category of CATEGORIES) {
    expect(CATEGORY_ICONS[category].length).toBeGreaterThan(0)
    expect(danish.category[category]).toBeTruthy()
  }
})

test('a street map lies below everything of ours and loses nothing of its own', () => {
  const base = {
    version: 8 as const,
    sources: { streets: { type: 'vector' as const, url: 'x' } },
    layers: [{ id: 'water', type: 'background' as const }],
  }
  const style = composeStyle(base, startData(), { ...view, base: 'other' })
  expect(style.layers[0]?.id).toBe('water')
  expect(style.layers).toHaveLength(LAYER_ORDER.length + 1)
  expect(Object.keys(style.sources)).toEqual(['streets', ...Object.keys(startData()).map(sourceId)])
  expect(Object.keys(startData()).toSorted()).toEqual([...SOURCE_IDS].toSorted())
  expect(style.layers.find((layer) => layer.id === layerId('road'))?.layout?.visibility).toBe('none')
})

test('lines and areas without features are not drawn, and drawn once they have some', () => {
  const visibility = (data: SourceData) =>
    composeStyle(null, data, view).layers.find((layer) => layer.id === layerId('highlight-area'))?.layout?.visibility
  const area: Feature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [] } }
  expect(visibility(startData())).toBe('none')
  expect(visibility({ ...startData(), highlight: { type: 'FeatureCollection', features: [area] } })).toBe('visible')
})

test('what lies on the ground is masked once: all its lines and areas stand together in one source', () => {
  const masked = LAYER_ORDER.filter((layer) => layer.style.type === 'fill' || layer.style.type === 'line').filter(
    (layer) => layer.listPage === null || layer.source === 'ground',
  )
  const always = new Set(masked.filter((layer) => isDrawn(layer, view, startData())).map((layer) => layer.source))
  expect([...always]).toEqual(['ground'])
  for (const feature of startData().ground.features) expect(['road', 'rail']).toContain(feature.properties?.part)
})

test('pins give way to the pencil', () => {
  const style = composeStyle(null, startData(), { ...view, isDrawing: true })
  expect(style.layers.find((layer) => layer.id === layerId('pin'))?.layout?.visibility).toBe('none')
})

test('a street map is taken in flat: the library is built without globe, terrain and sky', () => {
  const base = {
    version: 8 as const,
    sources: {},
    layers: [],
    sky: {},
    projection: { type: 'globe' as const },
    terrain: { source: 'heights' },
  }
  const style = composeStyle({ ...base, glyphs: 'https://example.org/{fontstack}/{range}.pbf' }, startData(), view)
  expect(style).toMatchObject({ version: 8, glyphs: 'https://example.org/{fontstack}/{range}.pbf' })
  for (const name of ['sky', 'projection', 'terrain']) expect(style).not.toHaveProperty(name)
})
