import { join } from 'node:path'
import { z } from 'zod'
import { hasDistrictVersion, importDistricts } from '../../server/districts/import.ts'
import { readParts } from '../../server/districts/importPlan.ts'
import { districtIdSchema } from '../../server/kernel/ids.ts'
import { dateSchema } from '../../server/kernel/time.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { loadOnce } from '../../server/platform/db/dataset.ts'
import { readVectorFile } from '../../server/platform/vectorFile/readVectorFile.ts'
import { readDataFile, type Say } from '../dataFile.ts'

const FILE = join(import.meta.dirname, 'districts.geojson')

const districtsFileSchema = z.object({
  metadata: z.object({ attribution: z.string(), derived: z.boolean(), source: z.string(), validFrom: dateSchema }),
  features: z
    .array(
      z.object({ properties: z.object({ districtId: districtIdSchema, name: z.string(), labelPoint: z.tuple([z.number(), z.number()]) }) }),
    )
    .min(1),
})

/** Loads the outlines that come with the program, unless there are any: a municipality's own are never replaced. */
export async function loadDistricts(db: Database, say: Say): Promise<void> {
  if (await hasDistrictVersion(db)) return
  const { name, text, content } = readDataFile(FILE, districtsFileSchema)
  const { features } = await readVectorFile(FILE)
  const reading = readParts(features, null)
  if (!reading.ok) throw new Error(reading.failures.join(' '))
  const { metadata } = content
  const outcome = await loadOnce(db, { datasetId: 'districts', source: name, content: [text], revision: 1 }, async (trx) => {
    const { areas } = await importDistricts(trx, {
      validFrom: metadata.validFrom,
      source: metadata.source,
      attribution: metadata.attribution,
      isOfficial: !metadata.derived,
      parts: reading.parts,
      names: reading.names,
      labelPoints: new Map(content.features.map(({ properties }) => [properties.districtId, properties.labelPoint])),
    })
    return areas.length
  })
  if (outcome.loaded) say(`Districts: ${outcome.rowCount} outlines loaded (${metadata.derived ? 'derived, not official' : 'official'}).`)
}
