import { createHash } from 'node:crypto'
import { type DemoLayer, importDemoLayers } from '../../../server/constraints/importDemo.ts'
import { StartError } from '../../../server/platform/config.ts'
import type { Database } from '../../../server/platform/db/connect.ts'
import { drawDemoLayers } from './drawLayers.ts'

/** What the dataset record says of itself, in both languages. */
export const DEMO_SOURCE = 'Eksempeldata, ikke rigtige / example data, not real'
const RENEWED_AFTER_DAYS = 14

/**
 * Loads the invented constraint layers, or renews them when they grow old. Real data stays. Only beside the demo round in
 * the embedded database: nobody may take an invented rule for a real one. Returns how many features were loaded.
 * @errors StartError when the database is not the embedded one
 */
export async function loadDemoConstraints(trx: Database, isEmbedded: boolean, now: Date): Promise<number> {
  if (!isEmbedded) throw new StartError('Example layers are only loaded into the embedded database. Unset DEMO, or unset DATABASE_URL.')
  const layers = [...drawDemoLayers()].map(([layerId, features]): DemoLayer => {
    const checksum = createHash('sha256').update(JSON.stringify(features)).digest('hex')
    return { layerId, source: DEMO_SOURCE, checksum, features }
  })
  return importDemoLayers(trx, layers, now, new Date(now.getTime() - RENEWED_AFTER_DAYS * 86_400_000))
}
