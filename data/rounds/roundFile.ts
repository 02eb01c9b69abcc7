import { z } from 'zod'
import { districtIdSchema, slugSchema } from '../../server/kernel/ids.ts'
import { amountDkkSchema } from '../../server/kernel/money.ts'
import { phaseSchema } from '../../server/kernel/phases.ts'
import { dateSchema } from '../../server/kernel/time.ts'
import { recordedProjectSchema } from '../../server/projects/contract.ts'
import { roundRecordSchema, roundRulesSchema } from '../../server/rounds/contract.ts'

const projectEntrySchema = z
  .strictObject({
    ...recordedProjectSchema.omit({ projectId: true, roundYear: true, continuesProjectId: true }).shape,
    id: slugSchema,
    title: z.string().min(1),
    description: z.string().min(1),
    continues: slugSchema.nullable(),
  })
  .refine(({ geometry, positionAccuracy }) => (geometry === null) === (positionAccuracy === null), {
    message: 'a position needs positionAccuracy, and no position none',
  })

/** A real round in `data/rounds/<year>.json`. Unknown is null; nothing is filled in. */
export const roundFileSchema = z.strictObject({
  year: z.int().min(2000).max(2100),
  title: z.string().nullable().default(null),
  theme: z.string().min(1),
  isDemo: z.literal(false),
  totalDkk: amountDkkSchema.min(1),
  description: z.string().nullable(),
  rules: roundRulesSchema,
  populations: z.array(z.strictObject({ districtId: districtIdSchema, population: z.int().min(0), derived: z.boolean() })).nullable(),
  sharesDkk: z.record(districtIdSchema, amountDkkSchema).nullable(),
  phases: z.array(z.strictObject({ phase: phaseSchema, startsOn: dateSchema, endsOn: dateSchema })),
  ...roundRecordSchema.shape,
  projects: z.array(projectEntrySchema),
})
export type RoundFile = z.infer<typeof roundFileSchema>
