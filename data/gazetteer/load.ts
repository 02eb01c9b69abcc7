import { join } from 'node:path'
import { z } from 'zod'
import { districtIdSchema, slugSchema } from '../../server/kernel/ids.ts'
import { replacePlaces } from '../../server/places/import.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { loadOnce } from '../../server/platform/db/dataset.ts'
import { readDataFile, type Say } from '../dataFile.ts'

const placesFileSchema = z.object({
  places: z.array(
    z.strictObject({
      id: slugSchema,
      name: z.string().min(1).max(100),
      kind: z.string().min(1).max(40),
      lon: z.number().min(-180).max(180),
      lat: z.number().min(-90).max(90),
      districtId: districtIdSchema.nullable(),
      accuracy: z.enum(['good', 'approximate']),
    }),
  ),
})

/** Loads the gazetteer for place search without network. */
export async function loadGazetteer(db: Database, say: Say): Promise<void> {
  const { name, text, content } = readDataFile(join(import.meta.dirname, 'places.json'), placesFileSchema)
  const outcome = await loadOnce(db, { datasetId: 'gazetteer', source: name, content: [text], revision: 1 }, async (trx) => {
    await replacePlaces(trx, content.places)
    return content.places.length
  })
  if (outcome.loaded) say(`Gazetteer: ${outcome.rowCount} places loaded.`)
}
