import type { Database } from '../platform/db/connect.ts'
import { updateClosedDistricts } from './closingQueries.ts'

/**
 * Closes the boxes of a vote's districts: waits for every ballot on its way into one and lets no one after it. Answers the
 * districts that were open until now.
 */
export function closeDistricts(trx: Database, year: number): Promise<string[]> {
  return updateClosedDistricts(trx, year)
}
