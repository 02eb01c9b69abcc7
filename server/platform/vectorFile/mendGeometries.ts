import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STORAGE_SRID } from '../../kernel/crs.ts'
import { streamVectorFiles } from './readVectorFile.ts'
import type { VectorFeature } from './vectorFileTypes.ts'

type Geometry = VectorFeature['geometry']

/**
 * Makes geometries valid that are not: rings that cross themselves become several areas. Done in GDAL's thread and not
 * in the database, because a badly tangled outline takes minutes, and there everybody would wait for it.
 * Returns them in their order; `null` where nothing is left.
 * @crs EPSG:25832
 * @errors VectorFileError when it takes too long
 */
export async function mendGeometries(geometries: readonly Geometry[], timeoutMs: number): Promise<Geometry[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bm-mend-'))
  try {
    const file = join(folder, 'invalid.geojson')
    const features = geometries.map((geometry, index) => ({ type: 'Feature', properties: { index }, geometry }))
    const crs = { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${STORAGE_SRID}` } }
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', crs, features }))
    const mended: Geometry[] = geometries.map(() => null)
    await streamVectorFiles([file], { mendInvalid: true, timeoutMs }, async (stream) => {
      for await (const { properties, geometry } of stream.features) mended[Number(properties.index)] = geometry
    })
    return mended
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
