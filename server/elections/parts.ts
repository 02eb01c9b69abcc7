import type { Database } from '../platform/db/connect.ts'

/** What the other rooms of a vote do when a step is confirmed, inside its transaction: all of it or nothing. */
export interface StepRuns {
  close(trx: Database, year: number, at: Date): Promise<void>
  count(trx: Database, year: number, at: Date): Promise<void>
  publish(trx: Database, year: number, at: Date): Promise<void>
}

/** What the set-up of a vote asks of the other rooms of it; the application puts it together. */
export interface VoteParts {
  runs: StepRuns
  /** How many auditors have handed in a key. */
  readAuditorCount(db: Database, year: number): Promise<number>
  /** People on each district's roll; a district without one is not in it. */
  readRollSizes(db: Database, year: number): Promise<ReadonlyMap<string, number>>
  /** Takes back every sheet of codes of a vote that becomes a draft again, inside its transaction; answers how many. */
  cancelCodes(trx: Database, year: number, by: { actorName: string; at: Date }): Promise<number>
  /** Papers and rounds of meetings that are not done, which closing and counting wait for. */
  openMeetingWork(db: Database, year: number): Promise<{ districtId: string; kind: string }[]>
}
