import type { Database } from '../platform/db/connect.ts'
import type { FrozenAuditor } from './contract.ts'

/** What the other rooms of a vote do when a step is confirmed, inside its transaction: all of it or nothing. */
export interface StepRuns {
  close(trx: Database, year: number, at: Date): Promise<void>
  count(trx: Database, year: number, at: Date): Promise<void>
  publish(trx: Database, year: number, at: Date): Promise<void>
}

/** What the set-up of a vote asks of the other rooms of it; the application puts it together. */
export interface VoteParts {
  runs: StepRuns
  /** The auditors who have handed in a key. */
  readAuditors(db: Database, year: number): Promise<FrozenAuditor[]>
  /** Whether the sign-in tells the number by which the door of a meeting knows the same person. */
  tellsNumber: boolean
  /** People on each district's roll; a district without one is not in it. */
  readRollSizes(db: Database, year: number): Promise<ReadonlyMap<string, number>>
  /** Papers and rounds of meetings that are not done, which closing and counting wait for. */
  openMeetingWork(db: Database, year: number): Promise<{ districtId: string; kind: string }[]>
}
