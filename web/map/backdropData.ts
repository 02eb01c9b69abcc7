import type { FeatureCollection } from 'geojson'
import neighbours from '../../data/backdrop/neighbours.geojson?raw'
import rail from '../../data/backdrop/rail.geojson?raw'
import roads from '../../data/backdrop/roads.geojson?raw'
import gazetteer from '../../data/gazetteer/places.json'
import { frameOf } from './camera.ts'
import type { MapFrame } from './mapContract.ts'

type Place = { id: string; name: string; kind: string; lon: number; lat: number }

/** The smaller, the earlier a name comes in while zooming. */
const rankOfKind: Record<string, number> = {
  station: 0,
  'town hall': 0,
  centre: 1,
  culture: 1,
  square: 1,
  park: 2,
  nature: 2,
  school: 2,
  sport: 2,
  campus: 2,
}

function placeCollection(places: readonly Place[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: places.map(({ name, kind, lon, lat }) => ({
      type: 'Feature',
      properties: { name, kind, rank: rankOfKind[kind] ?? 3 },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  }
}

const read = (text: string) => JSON.parse(text) as FeatureCollection

/** What the own backdrop draws besides the districts. @crs EPSG:4326 */
export const backdropData = {
  rail: read(rail),
  roads: read(roads),
  neighbours: read(neighbours),
  places: placeCollection(gazetteer.places as Place[]),
}

/** The frame of the stations and places: where the map looks when no district has come. */
export function backdropFrame(): MapFrame {
  const points = backdropData.places.features.flatMap(({ geometry }) => (geometry.type === 'Point' ? [geometry.coordinates] : []))
  return frameOf(points) ?? [8, 54.5, 15.2, 57.8]
}
