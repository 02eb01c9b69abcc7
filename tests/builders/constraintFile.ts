import { writeFileSync } from 'node:fs'

export interface MadeFeature {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: unknown
}

/** A square with its south-west corner `east` and `north` metres from a place in Ballerup. @crs EPSG:25832 */
export function madeSquare(index: number, east: number, north: number, sideM = 20): MadeFeature {
  const [x, y] = [708_000 + east, 6_181_000 + north]
  const ring = [
    [x, y],
    [x + sideM, y],
    [x + sideM, y + sideM],
    [x, y + sideM],
    [x, y],
  ]
  return {
    type: 'Feature',
    properties: {
      objekt_id: `o${index}`,
      navn: `Mose nr. ${index}`,
      art: index % 2 === 0 ? 'Privat' : 'Kommune',
      dato: '2026-03-01T08:00:00',
    },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }
}

/** So many squares beside each other. */
export function madeSquares(count: number): MadeFeature[] {
  return Array.from({ length: count }, (_, index) => madeSquare(index, (index % 60) * 30, Math.floor(index / 60) * 30))
}

/** Writes features as GeoJSON that names its coordinate system. */
export function writeFeatures(file: string, features: readonly MadeFeature[], crs = 'urn:ogc:def:crs:EPSG::25832'): string {
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: crs } }, features }))
  return file
}
