import { join } from 'node:path'
import { z } from 'zod'
import type { Database } from '../../server/platform/db/connect.ts'
import { loadOnce } from '../../server/platform/db/dataset.ts'
import { elementPriceSchema } from '../../server/prices/contract.ts'
import { replacePrices } from '../../server/prices/import.ts'
import { readDataFile, type Say } from '../dataFile.ts'

const priceFileSchema = z.strictObject({
  priceLevelYear: z.int().min(2000).max(2100),
  isExample: z.boolean(),
  elements: z.array(elementPriceSchema.omit({ priceLevelYear: true, isExample: true }).strict()).min(1),
})

/** Loads the price catalogue. Estimates made before keep the prices they copied. */
export async function loadPrices(db: Database, say: Say): Promise<void> {
  const { name, text, content } = readDataFile(join(import.meta.dirname, 'catalogue.json'), priceFileSchema)
  const { elements, ...common } = content
  const outcome = await loadOnce(db, { datasetId: 'prices', source: name, content: [text], revision: 1 }, async (trx) => {
    await replacePrices(
      trx,
      elements.map((element) => ({ ...element, ...common })),
    )
    return elements.length
  })
  if (outcome.loaded) say(`Prices: ${outcome.rowCount} elements loaded${content.isExample ? ' (examples, to be replaced)' : ''}.`)
}
