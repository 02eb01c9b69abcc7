import { z } from 'zod'
import { layerIdSchema } from '../constraints/contract.ts'
import { relationSchema } from '../feasibility/contract.ts'
import { severitySchema } from '../kernel/severity.ts'
import type { KeptCheck } from './rules/prefill.ts'
import type { CheckCopy } from './writeQueries.ts'

/** The facts of a stored check that an assessment lives by; whatever else it holds is left there. */
const storedCheckSchema = z.object({
  findings: z.array(z.object({ layerId: layerIdSchema, severity: severitySchema, relation: relationSchema, distanceM: z.number() })),
  duties: z.array(z.object({ layerId: layerIdSchema, severity: severitySchema })).default([]),
  notChecked: z.array(layerIdSchema),
  datasets: z.array(z.object({ layerId: layerIdSchema })).optional(),
})

interface CheckRecord {
  checkedAt: Date
  catalogueVersion: number
  result: unknown
  /** The layers a map shows today. */
  mappedLayers: readonly string[] | null
}

/** The copy an assessment takes of a check. A record that cannot be read is no check: everything then needs an answer. */
export function copyCheck(record: CheckRecord | undefined): CheckCopy | null {
  if (record === undefined) return null
  const stored = storedCheckSchema.safeParse(record.result)
  if (!stored.success) return null
  const { findings, duties, notChecked, datasets } = stored.data
  const known = datasets && new Set(datasets.map(({ layerId }) => layerId))
  const checkedLayers = (record.mappedLayers ?? []).filter((layerId) => known === undefined || known.has(layerId))
  const { checkedAt, catalogueVersion } = record
  return { checkResult: { findings, duties, notChecked, checkedLayers }, checkedAt, catalogueVersion }
}

/** The copy as an assessment keeps it. */
export function keptCheckOf(checkResult: unknown): KeptCheck | null {
  return checkResult === null ? null : (checkResult as KeptCheck)
}
