import { join } from 'node:path'
import { z } from 'zod'
import { installationSchema } from '../../server/installations/contract.ts'
import { replaceInstallations, selectMisplacedInstallations } from '../../server/installations/import.ts'
import { slugSchema } from '../../server/kernel/ids.ts'
import { StartError } from '../../server/platform/config.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { loadOnce } from '../../server/platform/db/dataset.ts'
import { readDataFile, type Say } from '../dataFile.ts'
import { readRoundFiles } from '../rounds/load.ts'

const installationsFileSchema = z.object({
  installations: z.array(
    z.strictObject({
      ...installationSchema.omit({ installationId: true, districtName: true, openedYear: true, awardedDkk: true, projects: true }).shape,
      id: slugSchema,
      title: z.string().min(1),
      description: z.string().min(1),
      projectIds: z.array(slugSchema),
    }),
  ),
})

/** Loads the finished installations. They name projects, so they are loaded again when a round changes. */
export async function loadInstallations(db: Database, say: Say): Promise<void> {
  const { name, text, content } = readDataFile(join(import.meta.dirname, 'installations.json'), installationsFileSchema)
  const rounds = readRoundFiles()
  const known = new Set(rounds.flatMap((round) => round.content.projects.map(({ id }) => id)))
  for (const { id, projectIds } of content.installations) {
    const unknown = projectIds.find((projectId) => !known.has(projectId))
    if (unknown) throw new StartError(`The installation ${id} in data/installations names the project ${unknown}, which no round has.`)
  }
  const texts = [text, ...rounds.map((round) => round.text)]
  const outcome = await loadOnce(db, { datasetId: 'installations', source: name, content: texts, revision: 1 }, async (trx) => {
    await replaceInstallations(
      trx,
      content.installations.map(({ id, ...rest }) => ({ ...rest, installationId: id })),
    )
    return content.installations.length
  })
  if (!outcome.loaded) return
  say(`Installations: ${outcome.rowCount} loaded.`)
  for (const { installationId, districtId } of await selectMisplacedInstallations(db)) {
    say(`Installations: ${installationId} stands outside ${districtId}, where it is said to be.`)
  }
}
