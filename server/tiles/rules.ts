import { DENMARK_BOUNDS } from '../kernel/crs.ts'
import { TILE_BUFFER, TILE_EXTENT } from './contract.ts'

/** Circumference of the earth at the equator in Web Mercator: the width of tile 0/0/0. @unit metres @crs EPSG:3857 */
export const WORLD_WIDTH = 2 * Math.PI * 6_378_137

/** Below this zoom an idea is drawn as its pin, and pins that fall into one cell of the tile's grid become one. */
export const EVERY_IDEA_FROM_ZOOM = 12
/** Side of that cell: 32 of 4096 units are four pixels of a tile drawn 512 pixels wide. @unit tile units */
export const THINNING_CELL = 32

/** Below this zoom areas of constraint layers smaller than a speck are left out. */
export const SPECKS_UNTIL_ZOOM = 13
/** Longest side of a speck: two pixels of a tile drawn 512 pixels wide. @unit tile units */
export const SPECK_UNITS = 16

export interface TileAddress {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** How a tile lies in Web Mercator, and which part of it can hold anything. @crs EPSG:3857 */
export interface TileFrame {
  /** x of the left edge. @unit metres */
  readonly west: number
  /** y of the upper edge. @unit metres */
  readonly north: number
  /** Tile units per metre. */
  readonly scale: number
  /** The tile with its buffer, cut to Denmark: minX, minY, maxX, maxY. @unit metres */
  readonly search: readonly [number, number, number, number]
}

/** Whether a tile of that number exists at that zoom. */
export function isInsideZoom({ z, x, y }: TileAddress): boolean {
  const side = 2 ** z
  return x >= 0 && y >= 0 && x < side && y < side
}

function mercatorX(longitude: number): number {
  return (longitude / 360) * WORLD_WIDTH
}

function mercatorY(latitude: number): number {
  return Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * (WORLD_WIDTH / (2 * Math.PI))
}

const denmark = {
  west: mercatorX(DENMARK_BOUNDS.west),
  east: mercatorX(DENMARK_BOUNDS.east),
  south: mercatorY(DENMARK_BOUNDS.south),
  north: mercatorY(DENMARK_BOUNDS.north),
}

/**
 * The frame of a tile; `null` when it cannot hold anything, because everything stored lies in Denmark.
 * The cut also keeps the box inside what UTM zone 32 can express.
 */
export function frameOf({ z, x, y }: TileAddress): TileFrame | null {
  const width = WORLD_WIDTH / 2 ** z
  const west = -WORLD_WIDTH / 2 + x * width
  const north = WORLD_WIDTH / 2 - y * width
  const buffer = (width * TILE_BUFFER) / TILE_EXTENT
  const minX = Math.max(west - buffer, denmark.west)
  const minY = Math.max(north - width - buffer, denmark.south)
  const maxX = Math.min(west + width + buffer, denmark.east)
  const maxY = Math.min(north + buffer, denmark.north)
  if (minX >= maxX || minY >= maxY) return null
  return { west, north, scale: TILE_EXTENT / width, search: [minX, minY, maxX, maxY] }
}
