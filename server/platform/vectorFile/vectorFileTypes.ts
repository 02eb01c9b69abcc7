import type { VectorFileReason } from './vectorFileError.ts'

export interface VectorFeature {
  type: 'Feature'
  properties: Record<string, unknown>
  /** GeoJSON in shape, but in storage coordinates. @unit metres @crs EPSG:25832 */
  geometry: { type: string; coordinates: unknown } | null
}

export interface VectorFile {
  layer: string
  /** GDAL's short name of the format. */
  format: string
  /** The coordinate system the file names, with its authority's code where it has one. */
  sourceCrs: string
  features: VectorFeature[]
}

/** What the reading thread is told, and what it answers. */
export interface WorkerTask {
  file: string
  shownName: string
  outputFolder: string
  layer: string | null
  encoding: string | null
  where: string | null
}
export type WorkerAnswer = { ok: true; result: VectorFile } | { ok: false; reason: VectorFileReason; message: string }
