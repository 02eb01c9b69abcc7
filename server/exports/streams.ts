import { readBatches, readTableBatches } from '../ogc/reading.ts'
import type { Database } from '../platform/db/connect.ts'
import type { RoundParts } from './contents.ts'
import { COLLECTION_COLUMN, csvLine, unionColumns } from './rules.ts'

const NAMES = ['ideas', 'projects'] as const

/** A round's ideas and projects as one GeoJSON, piece by piece. @source RFC 7946 @crs EPSG:4326 */
export async function* geoJsonOf(db: Database, year: number, parts: RoundParts): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","name":"borgermillionen-${year}","features":[`
  let separator = '\n'
  for (const name of NAMES) {
    const { described, filter } = parts[name]
    for await (const rows of readBatches(db, described, filter, 'CRS84')) {
      let text = ''
      for (const { _id, _geometry, ...properties } of rows) {
        const feature = { type: 'Feature', id: `${name}-${_id}`, properties: { collection: name, ...properties }, geometry: _geometry }
        text += separator + JSON.stringify(feature)
        separator = ',\n'
      }
      yield text
    }
  }
  yield '\n]}\n'
}

// Without it a spreadsheet reads æ, ø and å as two signs each.
const BYTE_ORDER_MARK = '\ufeff'

/** The same as CSV: every column of both, the place as well-known text and as longitude and latitude of its pin. @source RFC 4180 */
export async function* csvOf(db: Database, parts: RoundParts): AsyncGenerator<string> {
  const columns = unionColumns([[COLLECTION_COLUMN], ...NAMES.map((name) => parts[name].described.view.columns)])
  yield BYTE_ORDER_MARK + csvLine([...columns.map(({ name }) => name), 'wkt', 'lon', 'lat'])
  for (const name of NAMES) {
    const { described, filter } = parts[name]
    for await (const rows of readTableBatches(db, described, filter)) {
      const lines = rows.map((row) => {
        const values = { ...row, collection: name } as Record<string, unknown>
        return csvLine([...columns.map((column) => values[column.name]), row.wkt, row.pin?.[0], row.pin?.[1]])
      })
      yield lines.join('')
    }
  }
}
