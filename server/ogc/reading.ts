import type { Database } from '../platform/db/connect.ts'
import type { PublishedCollection } from './catalogue.ts'
import type { DescribedCollection, ItemFilter, PublishedRow, RowQuestion, TableRow } from './publishedTypes.ts'
import { describeView, selectRows, selectTableRows, selectVersions } from './queries.ts'
import type { Position } from './rules.ts'

// The door for rooms that give away whole collections: row by row from the same views, never all at once.

const BATCH = 500

/** A collection with its columns and their meaning. */
export async function describeCollection(db: Database, collection: PublishedCollection): Promise<DescribedCollection> {
  return { collection, view: await describeView(db, collection.view) }
}

/** A text that changes whenever something in these collections does. */
export async function readVersion(db: Database, collections: readonly PublishedCollection[]): Promise<string> {
  const versions = await selectVersions(db)
  return collections.map(({ versionName }) => versions.get(versionName) ?? '').join('/')
}

async function* inBatches<Row extends PublishedRow>(select: (position: Position, limit: number) => Promise<Row[]>): AsyncGenerator<Row[]> {
  let position: Position = null
  for (;;) {
    const rows: Row[] = await select(position, BATCH)
    if (rows.length > 0) yield rows
    if (rows.length < BATCH) return
    position = { after: (rows.at(-1) as Row)._id }
  }
}

/** All rows of a collection that match, in batches by their names. */
export function readBatches(
  db: Database,
  { collection, view }: DescribedCollection,
  filter: ItemFilter,
  crs: RowQuestion['crs'],
): AsyncGenerator<PublishedRow[]> {
  return inBatches((position, limit) => selectRows(db, collection, { columns: view.columns, filter, position, limit, crs }))
}

/** The same for tables: with the place as text. @crs EPSG:4326 */
export function readTableBatches(db: Database, { collection, view }: DescribedCollection, filter: ItemFilter): AsyncGenerator<TableRow[]> {
  return inBatches((position, limit) => selectTableRows(db, collection, { columns: view.columns, filter, position, limit }))
}
