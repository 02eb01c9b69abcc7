import { sql } from 'kysely'
import { replaceLayerData } from '../../server/constraints/import.ts'
import type { Database } from '../../server/platform/db/connect.ts'

export interface BuiltFeature {
  /** WKT in storage coordinates (EPSG:25832). */
  wkt: string
  sourceId?: string
  label?: string
  applies?: boolean
}

interface LayerOptions {
  loadedAt?: Date
  datasetDate?: string | null
  /** Invented data, as in the demo. */
  isDemo?: boolean
}

/** Gives a layer of the catalogue these features as its data, replacing what it had; answers the dataset's number. */
export async function buildConstraint(
  db: Database,
  layerId: string,
  features: readonly BuiltFeature[],
  { loadedAt = new Date('2026-05-01T02:00:00Z'), datasetDate = '2026-04-30', isDemo = false }: LayerOptions = {},
): Promise<number> {
  const wkts = JSON.stringify(features.map(({ wkt }) => wkt))
  const { rows } = await sql<{ geometry: unknown }>`
    select ST_AsGeoJSON(ST_GeomFromText(wkt, 25832), 15)::json as geometry
    from json_array_elements_text(${wkts}::json) with ordinality as given (wkt, position) order by position`.execute(db)
  const dataset = {
    layerId,
    source: 'made for a test',
    sourceKind: isDemo ? ('demo' as const) : ('file' as const),
    datasetDate,
    loadedAt,
    checksum: 'test',
    report: {},
  }
  const layerFeatures = features.map(({ sourceId = null, label = null, applies = true }, index) => ({
    sourceId,
    label,
    applies,
    properties: {},
    geometry: rows[index]?.geometry,
  }))
  return db.transaction().execute((trx) => replaceLayerData(trx, dataset, layerFeatures))
}

/** Says that the last load of a layer failed; data it had before stays. */
export async function failConstraint(db: Database, layerId: string): Promise<void> {
  await db
    .updateTable('constraint_layer')
    .set({ failure_kind: 'service-away', failure_detail: 'made for a test', attempted_at: new Date('2026-05-02T02:00:00Z') })
    .where('layer_id', '=', layerId)
    .execute()
}
