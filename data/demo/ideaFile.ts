import { join } from 'node:path'
import { z } from 'zod'
import { ideaStatusSchema, newIdeaSchema } from '../../server/ideas/contract.ts'
import { districtIdSchema } from '../../server/kernel/ids.ts'
import { amountDkkSchema } from '../../server/kernel/money.ts'
import { StartError } from '../../server/platform/config.ts'
import { readDataFile } from '../dataFile.ts'

const demoFileSchema = z.object({
  round: z.strictObject({ theme: z.string(), title: z.string(), description: z.string(), totalDkk: amountDkkSchema }),
  people: z.array(z.string().min(1).max(100)).min(1),
  ideas: z.array(
    newIdeaSchema.omit({ pictureIds: true }).extend({
      key: z.string(),
      districtId: districtIdSchema,
      spansDistricts: z.array(districtIdSchema),
      author: z.int().min(0),
      daysAgo: z.int().min(0).max(27),
      status: ideaStatusSchema,
    }),
  ),
})
export type DemoFile = z.infer<typeof demoFileSchema>

/** The demo's ideas with where they are expected to lie. */
export function readDemoFile(): DemoFile {
  const { content } = readDataFile(join(import.meta.dirname, 'ideas.json'), demoFileSchema)
  const nobody = content.ideas.find(({ author }) => author >= content.people.length)
  if (nobody) throw new StartError(`The demo idea ${nobody.key} has the author ${nobody.author}, whom data/demo/ideas.json does not name.`)
  return content
}
