import { join } from 'node:path'
import { catalogueFileSchema } from '../../server/constraints/catalogueFile.ts'
import { upsertCatalogue } from '../../server/constraints/import.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { loadOnce } from '../../server/platform/db/dataset.ts'
import { readDataFile, type Say } from '../dataFile.ts'

/** Loads the catalogue of constraint layers. Severities and sentences that a planner has changed since stay as they are. */
export async function loadCatalogue(db: Database, say: Say): Promise<void> {
  const { name, text, content } = readDataFile(join(import.meta.dirname, 'catalogue.json'), catalogueFileSchema)
  const outcome = await loadOnce(db, { datasetId: 'constraint-catalogue', source: name, content: [text], revision: 1 }, async (trx) => {
    await upsertCatalogue(trx, content.layers)
    return content.layers.length
  })
  if (outcome.loaded) say(`Constraint layers: a catalogue of ${outcome.rowCount} loaded.`)
}
