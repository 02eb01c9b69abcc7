import type { Database } from '../platform/db/connect.ts'
import {
  type Election,
  type ElectionDistrict,
  type ElectionLog,
  type ElectionState,
  electionProblem,
  type FrozenSetup,
} from './contract.ts'
import { type ElectionRow, lockElection, selectElection, selectLastEntry, selectLog } from './queries.ts'
import { brokenAt } from './rules/logChain.ts'

/** A vote that is frozen or further, as the other rooms of it need it. */
export interface FrozenElection {
  roundYear: number
  state: ElectionState
  setup: FrozenSetup
  setupSha256: string
}

// Frozen text never changes under its hash, so it is read into objects once.
const setups = new Map<string, FrozenSetup>()
const SETUPS_KEPT = 20

function setupOf(row: ElectionRow): FrozenSetup | null {
  if (row.frozenSetup === null || row.setupSha256 === null) return null
  const known = setups.get(row.setupSha256)
  if (known) return known
  const setup = JSON.parse(row.frozenSetup) as FrozenSetup
  if (setups.size >= SETUPS_KEPT) setups.clear()
  setups.set(row.setupSha256, setup)
  return setup
}

/** The vote of a round once it is frozen. @errors Problem `no-election` while there is none or it is a draft */
export async function readFrozenElection(db: Database, year: number): Promise<FrozenElection> {
  const row = await selectElection(db, year)
  const setup = row === undefined ? null : setupOf(row)
  if (row === undefined || setup === null || row.setupSha256 === null) throw electionProblem('no-election')
  return { roundYear: row.roundYear, state: row.state, setup, setupSha256: row.setupSha256 }
}

/**
 * How far a vote is, which nobody changes until the transaction ends. Asked before anything of it is locked, as closing does, so
 * that nobody waits in a circle. @errors Problem `no-election`
 */
export async function lockElectionState(trx: Database, year: number): Promise<ElectionState> {
  const row = (await lockElection(trx, year)) ? await selectElection(trx, year) : undefined
  if (row === undefined) throw electionProblem('no-election')
  return row.state
}

/** A frozen set-up this process has read before, by its hash; null when it has not. */
export function knownSetup(setupSha256: string): FrozenSetup | null {
  return setups.get(setupSha256) ?? null
}

/** A district of a frozen vote. @errors Problem `no-election` when it has no part in it */
export function districtOf({ setup }: Pick<FrozenElection, 'setup'>, districtId: string): ElectionDistrict {
  const district = setup.districts.find((one) => one.districtId === districtId)
  if (district === undefined) throw electionProblem('no-election')
  return district
}

/** A vote as everybody may see it. @errors Problem `no-election` */
export async function readElection(db: Database, year: number): Promise<Election> {
  const row = await selectElection(db, year)
  if (row === undefined) throw electionProblem('no-election')
  const setup = setupOf(row)
  const logHead = setup === null ? null : ((await selectLastEntry(db, year)) ?? null)
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return {
    roundYear: row.roundYear,
    state: row.state,
    opensAt: iso(row.opensAt),
    closesAt: iso(row.closesAt),
    setup,
    setupSha256: row.setupSha256,
    logHead,
    publishedAt: iso(row.publishedAt),
    stoppedAt: iso(row.stoppedAt),
    stopReason: row.stopReason,
    isDemo: row.isDemo,
  }
}

/** The frozen set-up as the text that was hashed. @errors Problem `no-election` */
export async function readSetupText(db: Database, year: number): Promise<string> {
  const text = (await selectElection(db, year))?.frozenSetup ?? null
  if (text === null) throw electionProblem('no-election')
  return text
}

/** What was done to a vote, once it is published or stopped. @errors Problem `no-election`, `not-published` */
export async function readPublicLog(db: Database, year: number): Promise<ElectionLog> {
  const row = await selectElection(db, year)
  if (row === undefined) throw electionProblem('no-election')
  if (row.state !== 'published' && row.state !== 'stopped') throw electionProblem('not-published')
  const items = await selectLog(db, year)
  return { roundYear: year, brokenAt: brokenAt(items), items }
}
