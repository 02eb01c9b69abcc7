import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readRound } from '../rounds/service.ts'
import {
  type ElectionSettings,
  electionProblem,
  type LotChange,
  type PlanElection,
  type PreparationChange,
  type SettingsChange,
} from './contract.ts'
import { type Reading, readDraftFacts } from './facts.ts'
import { appendLog, type LoggedAction } from './log.ts'
import type { VoteParts } from './parts.ts'
import { lockAndRead, readPlanElection, requirePlanElection } from './plan.ts'
import type { ElectionRow } from './queries.ts'
import { suggestedTimes } from './rules/phaseTimes.ts'
import { changedSettings, DEFAULT_SETTINGS } from './rules/settings.ts'
import { insertElection, updateDraft, upsertPreparation } from './writeQueries.ts'

/** Begins the set-up of a round's vote with usual settings. @errors Problem `not-found`, `wrong-state` when it has one */
export function createElection(reading: Reading, parts: VoteParts, person: SessionPerson, year: number): Promise<PlanElection> {
  return reading.db.transaction().execute(async (trx) => {
    const inside = { ...reading, db: trx }
    const at = reading.clock.now()
    const { phases } = await readRound(inside, year)
    const decision = phases.find(({ phase }) => phase === 'decision')
    const times = decision === undefined ? null : suggestedTimes(decision)
    const isNew = await insertElection(trx, year, { ...DEFAULT_SETTINGS, ...times }, at)
    if (!isNew) throw electionProblem('wrong-state', { extra: { state: (await lockAndRead(trx, year)).state } })
    await appendLog(trx, year, { action: 'election-created', actorName: person.displayName, at })
    return requirePlanElection(inside, parts, year)
  })
}

/** A draft that is being changed, locked. */
interface Change {
  trx: Database
  row: ElectionRow
  inside: Reading
  at: Date
  log(action: string, detail: LoggedAction['detail']): Promise<void>
}

/**
 * Changes a draft when the version seen is the one there is.
 * @errors Problem `no-election`, `frozen`, `election-edit-conflict` with `current`
 */
function change(
  reading: Reading,
  parts: VoteParts,
  { person, year, version }: { person: SessionPerson; year: number; version: number },
  run: (change: Change) => Promise<void>,
): Promise<PlanElection> {
  return reading.db.transaction().execute(async (trx) => {
    const inside = { ...reading, db: trx }
    const row = await lockAndRead(trx, year)
    if (row.state !== 'draft') throw electionProblem('frozen', { extra: { state: row.state } })
    if (row.version !== version) {
      throw electionProblem('election-edit-conflict', { extra: { current: await readPlanElection(inside, parts, year) } })
    }
    const at = reading.clock.now()
    const log: Change['log'] = (action, detail) => appendLog(trx, year, { action, actorName: person.displayName, detail, at })
    await run({ trx, row, inside, at, log })
    return requirePlanElection(inside, parts, year)
  })
}

/** @errors Problem `invalid-request` naming exceptions of districts that are none */
async function refuseStrangeDistricts({ inside, row }: Change, parts: VoteParts, settings: ElectionSettings): Promise<void> {
  const asked = Object.keys(settings.exceptions)
  if (asked.length === 0) return
  const { districts } = await readDraftFacts(inside, parts, row)
  const strange = asked.filter((id) => !districts.some(({ districtId }) => districtId === id))
  if (strange.length === 0) return
  const errors = strange.map((id) => ({ pointer: `/settings/exceptions/${id}`, detail: 'not a district' }))
  throw commonProblem('invalid-request', { errors })
}

/** Changes how is voted. */
export function changeSettings(reading: Reading, parts: VoteParts, person: SessionPerson, year: number, sent: SettingsChange) {
  return change(reading, parts, { person, year, version: sent.version }, async (draft) => {
    const { trx, row, at, log } = draft
    await refuseStrangeDistricts(draft, parts, sent.settings)
    const changed = changedSettings(row.settings, sent.settings)
    await updateDraft(trx, year, { settings: sent.settings }, at)
    await log('settings-changed', { changed })
  })
}

/** Writes down what a shortlisted project costs on its ballot. @errors Problem also `not-found` for another project */
export function prepareProject(
  reading: Reading,
  parts: VoteParts,
  person: SessionPerson,
  { year, projectId }: { year: number; projectId: string },
  { version, ...prepared }: PreparationChange,
) {
  return change(reading, parts, { person, year, version }, async ({ trx, row, inside, at, log }) => {
    const { preparations } = await readDraftFacts(inside, parts, row)
    if (!preparations.some((one) => one.projectId === projectId)) throw commonProblem('not-found')
    await upsertPreparation(trx, projectId, prepared, at)
    await updateDraft(trx, year, {}, at)
    await log('preparation-changed', { projectId, ...prepared })
  })
}

/** Enters the seed of the lot and where it came from; who looks at the log sees every seed there was. */
export function enterLot(reading: Reading, parts: VoteParts, person: SessionPerson, year: number, { version, ...lot }: LotChange) {
  return change(reading, parts, { person, year, version }, async ({ trx, at, log }) => {
    await updateDraft(trx, year, { lot }, at)
    await log('lot-entered', lot)
  })
}
