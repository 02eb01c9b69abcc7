import type { Database } from '../platform/db/connect.ts'
import type { ElectionSettings, ElectionState, FrozenSetup, PreparationChange, Step } from './contract.ts'

/** Begins a vote's draft; false when the round has one. */
export async function insertElection(trx: Database, year: number, settings: ElectionSettings, at: Date): Promise<boolean> {
  const inserted = await trx
    .insertInto('election')
    .values({ round_year: year, settings: JSON.stringify(settings), created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}

export interface DraftChange {
  settings?: ElectionSettings
  lot?: { seed: string; source: string }
}

/** Changes a draft and gives it its next version. */
export async function updateDraft(trx: Database, year: number, { settings, lot }: DraftChange, at: Date): Promise<void> {
  await trx
    .updateTable('election')
    .set((eb) => ({
      version: eb('version', '+', 1),
      updated_at: at,
      ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
      ...(lot === undefined ? {} : { lot_seed: lot.seed, lot_source: lot.source }),
    }))
    .where('round_year', '=', year)
    .execute()
}

/** Writes down what a project costs on its ballot. */
export async function upsertPreparation(
  trx: Database,
  projectId: string,
  { costDkk, runningCostDkkPerYear, smallestUsefulDkk }: Omit<PreparationChange, 'version'>,
  at: Date,
): Promise<void> {
  const columns = {
    cost_dkk: costDkk,
    running_cost_dkk_per_year: runningCostDkkPerYear,
    smallest_useful_dkk: smallestUsefulDkk,
    updated_at: at,
  }
  await trx
    .insertInto('ballot_preparation')
    .values({ project_id: projectId, ...columns })
    .onConflict((conflict) => conflict.column('project_id').doUpdateSet(columns))
    .execute()
}

/** Takes the frozen lines of a draft away; what its districts were is written over when it is frozen anew. */
export async function deleteLines(trx: Database, year: number): Promise<void> {
  await trx.deleteFrom('ballot_line').where('round_year', '=', year).execute()
}

/** Writes the districts of a draft with their lines, and takes away those that have no part in it any more. */
export async function replaceDistricts(trx: Database, { roundYear: year, districts }: FrozenSetup): Promise<void> {
  await deleteLines(trx, year)
  const kept = districts.map(({ districtId }) => districtId)
  await trx.deleteFrom('election_district').where('round_year', '=', year).where('district_id', 'not in', kept).execute()
  for (const district of districts) await insertDistrict(trx, year, district)
}

async function insertDistrict(trx: Database, year: number, district: FrozenSetup['districts'][number]): Promise<void> {
  const { districtId, shareDkk, rollSize, settings, lines, exclusivePairs } = district
  const key = { round_year: year, district_id: districtId }
  const columns = {
    decided_by: settings.decidedBy,
    ballot_kind: settings.ballotKind,
    channels: settings.channels,
    share_dkk: shareDkk,
    roll_size: rollSize,
    opens_at: settings.opensAt,
    closes_at: settings.closesAt,
  }
  await trx
    .insertInto('election_district')
    .values({ ...key, ...columns })
    .onConflict((conflict) => conflict.columns(['round_year', 'district_id']).doUpdateSet(columns))
    .execute()
  const rows = lines.map((line) => ({
    ...key,
    line_number: line.lineNumber,
    project_id: line.projectId,
    title: line.title,
    description: line.description,
    cost_dkk: line.costDkk,
    running_cost_dkk_per_year: line.runningCostDkkPerYear,
    smallest_useful_dkk: line.smallestUsefulDkk,
    lot_place: line.lotPlace,
  }))
  await trx.insertInto('ballot_line').values(rows).execute()
  const pairs = exclusivePairs.map(({ projectIds: [first_project_id, second_project_id], reason }) => ({
    ...key,
    first_project_id,
    second_project_id,
    reason,
  }))
  if (pairs.length > 0) await trx.insertInto('ballot_exclusion').values(pairs).execute()
}

export interface Freezing {
  text: string
  sha256: string
  opensAt: Date
  closesAt: Date
  at: Date
}

/** From draft to frozen, with the text that was hashed. */
export async function freezeElection(trx: Database, year: number, { text, sha256, opensAt, closesAt, at }: Freezing): Promise<void> {
  await trx
    .updateTable('election')
    .set({
      state: 'frozen',
      frozen_setup: text,
      frozen_sha256: sha256,
      frozen_at: at,
      opens_at: opensAt,
      closes_at: closesAt,
      updated_at: at,
    })
    .where('round_year', '=', year)
    .execute()
}

/** From frozen back to draft, with a version of its own. */
export async function thawElection(trx: Database, year: number, at: Date): Promise<void> {
  await trx
    .updateTable('election')
    .set((eb) => ({
      state: 'draft',
      version: eb('version', '+', 1),
      frozen_setup: null,
      frozen_sha256: null,
      frozen_at: null,
      opens_at: null,
      closes_at: null,
      updated_at: at,
    }))
    .where('round_year', '=', year)
    .execute()
}

const TIMES = { open: 'opened_at', ended: 'ended_at', closed: 'closed_at', counted: 'counted_at', published: 'published_at' } as const
export type LaterState = keyof typeof TIMES & ElectionState

/** Takes a vote to its next state. */
export async function advanceElection(trx: Database, year: number, state: LaterState, at: Date): Promise<void> {
  await trx
    .updateTable('election')
    .set({ state, [TIMES[state]]: at, updated_at: at })
    .where('round_year', '=', year)
    .execute()
}

/** Stops a vote for good; its boxes are closed by then. */
export async function stopElection(trx: Database, year: number, reason: string, at: Date): Promise<void> {
  await trx
    .updateTable('election')
    .set({ state: 'stopped', stopped_at: at, stop_reason: reason, updated_at: at })
    .where('round_year', '=', year)
    .execute()
}

export interface Proposal {
  step: Step
  personId: string
  reason: string | null
  at: Date
}

/** Proposes a step; false when it is there already. */
export async function insertStep(trx: Database, year: number, { step, personId, reason, at }: Proposal): Promise<boolean> {
  const inserted = await trx
    .insertInto('election_step')
    .values({ round_year: year, step, proposed_by: personId, proposed_at: at, reason })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}

/** Confirms a proposed step. */
export async function confirmStepRow(trx: Database, year: number, step: Step, personId: string, at: Date): Promise<void> {
  await trx
    .updateTable('election_step')
    .set({ confirmed_by: personId, confirmed_at: at })
    .where('round_year', '=', year)
    .where('step', '=', step)
    .execute()
}

/** Takes a proposal back. */
export async function deleteProposal(trx: Database, year: number, step: Step): Promise<void> {
  await trx.deleteFrom('election_step').where('round_year', '=', year).where('step', '=', step).where('confirmed_by', 'is', null).execute()
}
