import type { VectorFileReason } from './vectorFileError.ts'

export interface VectorFeature {
  type: 'Feature'
  properties: Record<string, unknown>
  /** GeoJSON in shape, but in storage coordinates. @unit metres @crs EPSG:25832 */
  geometry: { type: string; coordinates?: unknown; geometries?: unknown } | null
}

export interface VectorFileHead {
  layer: string
  /** GDAL's short name of the format. */
  format: string
  /** The coordinate system the file names, with its authority's code where it has one. */
  sourceCrs: string
}

export interface VectorFile extends VectorFileHead {
  features: VectorFeature[]
}

/** What the reading thread is told, and what it answers. */
export interface WorkerTask {
  /** Files of one layer, read one after the other. */
  files: readonly string[]
  shownName: string
  outputFolder: string
  layer: string | null
  encoding: string | null
  where: string | null
  /** Coordinate system of files that cannot name one, for example `EPSG:25832`. */
  assumedCrs: string | null
  mendInvalid: boolean
}
/** `outputs` are the files the features were written to, one feature per line. */
export type WorkerAnswer =
  | { ok: true; result: VectorFileHead & { outputs: string[] } }
  | { ok: false; reason: VectorFileReason; message: string }
