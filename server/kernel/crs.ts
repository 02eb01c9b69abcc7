/** Storage, wire and tile reference systems. Distances and areas are always taken in `STORAGE_SRID` (metres). */
export const STORAGE_SRID = 25832
export const WIRE_SRID = 4326
export const TILE_SRID = 3857

/** Seven decimals of a degree are about one centimetre here: enough to redraw, not enough to pretend. */
export const WIRE_DECIMALS = 7

/** Everything a person may send lies in this box (EPSG:4326, lon/lat): Denmark with its waters. */
export const DENMARK_BOUNDS = { west: 7.5, south: 54.4, east: 15.6, north: 58.0 } as const

/** Longitudes the storage system can express at every latitude: 60° to both sides of its meridian. @unit degrees */
export const STORAGE_REACH = { west: -51, east: 69 } as const

/** Rounds a wire coordinate to `WIRE_DECIMALS`. @unit degrees @crs EPSG:4326 */
export function roundDegrees(value: number): number {
  return Math.round(value * 1e7) / 1e7
}

/**
 * Grid on which areas and lines are cut and joined. On a grid GEOS needs no second attempt with other arithmetic, which
 * it begins by an exception that the embedded PostGIS does not survive; a tenth of a millimetre is far below what
 * seven decimals of a degree say.
 * @unit metres
 */
export const OVERLAY_GRID_M = 0.0001
