import type { RasterSourceSpecification, StyleSpecification, VectorSourceSpecification } from 'maplibre-gl'
import type { Header } from 'pmtiles'
import type { MapFrame } from './mapContract.ts'
import { SURFACE } from './palette.ts'
import { STREET_SOURCE, streetLayers } from './streetLayers.ts'

/** Numbers of the tile types. @source PMTiles version 3, section 3.1 */
const TILE_TYPE = { mvt: 1, png: 2, jpeg: 3, webp: 4, avif: 5, mlt: 6 } as const
const VECTOR_TYPES: readonly number[] = [TILE_TYPE.mvt, TILE_TYPE.mlt]
const PICTURE_TYPES: readonly number[] = [TILE_TYPE.png, TILE_TYPE.jpeg, TILE_TYPE.webp, TILE_TYPE.avif]

export type ArchiveMetadata = { attribution?: unknown; vector_layers?: unknown } | null

/** What the head of a PMTiles file says, and the template of its tiles. */
export type Archive = {
  tiles: string
  header: Pick<Header, 'tileType' | 'minZoom' | 'maxZoom' | 'minLon' | 'minLat' | 'maxLon' | 'maxLat'>
  metadata: ArchiveMetadata
}

/**
 * The style of a PMTiles file: pictures made paler, or the Protomaps layers in our colours. It asks for no glyphs and no sprite.
 * @errors Error when the file lies elsewhere than `home`, or its tiles are of a kind or schema that cannot be drawn
 */
export function archiveStyle({ tiles, header, metadata }: Archive, home: MapFrame): StyleSpecification {
  const bounds: MapFrame = [header.minLon, header.minLat, header.maxLon, header.maxLat]
  if (!touches(bounds, home)) throw new Error('the PMTiles file shows another part of the world')
  const attribution = typeof metadata?.attribution === 'string' ? { attribution: metadata.attribution } : {}
  const common = { tiles: [tiles], minzoom: header.minZoom, maxzoom: header.maxZoom, bounds, ...attribution }
  if (PICTURE_TYPES.includes(header.tileType)) return pictureStyle({ type: 'raster', tileSize: 256, ...common })
  if (!VECTOR_TYPES.includes(header.tileType)) throw new Error(`tiles of type ${header.tileType} cannot be drawn`)
  if (!hasStreets(metadata)) throw new Error('the PMTiles file does not hold the layers of the Protomaps schema')
  const encoding = header.tileType === TILE_TYPE.mlt ? 'mlt' : 'mvt'
  const source: VectorSourceSpecification = { type: 'vector', encoding, ...common }
  return { version: 8, sources: { [STREET_SOURCE]: source }, layers: streetLayers() }
}

function touches(one: MapFrame, other: MapFrame): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1]
}

function hasStreets(metadata: ArchiveMetadata): boolean {
  const layers: unknown[] = Array.isArray(metadata?.vector_layers) ? metadata.vector_layers : []
  const ids = layers.map((layer) => (layer as { id?: unknown } | null)?.id)
  return ids.includes('roads') || ids.includes('earth')
}

/** Somebody else's picture is loud: paper shines through, so that pins stay the loudest. */
function pictureStyle(source: RasterSourceSpecification): StyleSpecification {
  return {
    version: 8,
    sources: { [STREET_SOURCE]: source },
    layers: [
      { id: 'street-land', type: 'background', paint: { 'background-color': SURFACE.land } },
      {
        id: 'street-picture',
        type: 'raster',
        source: STREET_SOURCE,
        paint: { 'raster-opacity': 0.8, 'raster-saturation': -0.35, 'raster-contrast': -0.1 },
      },
    ],
  }
}
