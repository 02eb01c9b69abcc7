import { randomUUID } from 'node:crypto'
import { type ElectionDistrict, electionProblem } from '../elections/contract.ts'
import { appendLog } from '../elections/log.ts'
import { districtOf, readFrozenElection } from '../elections/setup.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { awardProjects } from '../projects/awards.ts'
import { allocationProblem, type NewPassOn, type PassOn } from './contract.ts'
import { outcomeOfCount, type StoredOutcome } from './districtCount.ts'
import { type PassedMoney, passMoneyOn } from './passOnRule.ts'
import {
  insertPassOn,
  insertResult,
  lockPassOn,
  type PassOnRow,
  selectCounted,
  selectPassOns,
  selectResults,
  settlePassOn,
} from './queries.ts'

type Reading = Pick<Deps, 'db' | 'clock'>
type Counted = NonNullable<Awaited<ReturnType<typeof selectCounted>>>

/** A district of a published vote with its newest result. @errors Problem `no-election`, `not-published` */
async function readCounted(db: Database, year: number, districtId: string): Promise<{ district: ElectionDistrict; counted: Counted }> {
  const election = await readFrozenElection(db, year)
  if (election.state !== 'published') throw allocationProblem('not-published')
  const district = districtOf(election, districtId)
  const counted = await selectCounted(db, year, districtId)
  if (counted === undefined) throw allocationProblem('not-published')
  return { district, counted }
}

const leftOf = ({ shareDkk }: ElectionDistrict, awards: PassedMoney['awards']) =>
  shareDkk - awards.reduce((sum, { amountDkk }) => sum + amountDkk, 0)

async function present(db: Database, year: number, row: PassOnRow, personId: string): Promise<PassOn> {
  const { proposedBy, resultNumber, ...shown } = row
  const isMine = proposedBy === personId
  const { district, counted } = await readCounted(db, year, row.districtId)
  if (resultNumber === null) {
    const { awards, how } = passMoneyOn(district, counted, row.projectId)
    return { ...shown, isMine, awardsAfter: [...awards], leftDkk: leftOf(district, awards), how }
  }
  const after = (await selectResults(db, year)).find((one) => one.districtId === row.districtId && one.resultNumber === resultNumber)
  return { ...shown, isMine, awardsAfter: after?.awards ?? [], leftDkk: after?.outcome.leftDkk ?? 0, how: after?.outcome.how ?? 'nobody' }
}

/** Proposals to pass money on, newest first, each with where the money goes. @errors Problem `no-election`, `not-published` */
export async function readPassOns(db: Database, person: SessionPerson, year: number): Promise<PassOn[]> {
  const { state } = await readFrozenElection(db, year)
  if (state !== 'published') throw allocationProblem('not-published')
  const items: PassOn[] = []
  for (const row of await selectPassOns(db, year)) items.push(await present(db, year, row, person.personId))
  return items
}

async function presentOne(db: Database, year: number, passOnId: string, personId: string): Promise<PassOn> {
  const row = (await selectPassOns(db, year)).find((one) => one.passOnId === passOnId)
  if (row === undefined) throw commonProblem('not-found')
  return present(db, year, row, personId)
}

/**
 * Proposes that a winner cannot be built, with a reason that everybody will read. Nothing changes before another person confirms.
 * @errors Problem `not-a-winner`, `pass-on-open`, `not-published`
 */
export function proposePassOn(deps: Reading, person: SessionPerson, year: number, sent: NewPassOn): Promise<PassOn> {
  return deps.db.transaction().execute(async (trx) => {
    const { districtId, projectId, reason } = sent
    const { counted } = await readCounted(trx, year, districtId)
    if (!counted.awards.some((award) => award.projectId === projectId)) throw allocationProblem('not-a-winner')
    const at = deps.clock.now()
    const passOnId = randomUUID()
    const { personId, displayName: name } = person
    if (!(await insertPassOn(trx, { passOnId, year, districtId, projectId, reason, personId, name, at }))) {
      throw allocationProblem('pass-on-open')
    }
    await appendLog(trx, year, { action: 'propose-pass-on', actorName: name, detail: { districtId, projectId, reason }, at })
    return presentOne(trx, year, passOnId, personId)
  })
}

async function lockProposed(trx: Database, year: number, passOnId: string) {
  const passOn = await lockPassOn(trx, year, passOnId)
  if (passOn === undefined) throw commonProblem('not-found')
  if (passOn.state !== 'proposed') throw allocationProblem('pass-on-settled', { extra: { state: passOn.state } })
  return passOn
}

function outcomeAfter(district: ElectionDistrict, { outcome }: Counted, projectId: string, passed: PassedMoney): StoredOutcome {
  const { decided, how, awards } = passed
  const recounted = decided === null ? {} : outcomeOfCount(decided.election, district.settings, decided.count)
  return {
    ...outcome,
    ...recounted,
    withoutProjectIds: [...outcome.withoutProjectIds, projectId],
    how,
    scope: decided?.scope ?? null,
    leftDkk: leftOf(district, awards),
  }
}

/** Tells the projects: who lost what it had won, who got more. */
async function tellProjects(
  trx: Database,
  { before, after, projectId, reason }: { before: Counted['awards']; after: PassedMoney['awards']; projectId: string; reason: string },
  by: { at: Date; actorId: string },
): Promise<void> {
  const had = new Map(before.map((award) => [award.projectId, award.amountDkk]))
  const changed = after.filter((award) => had.get(award.projectId) !== award.amountDkk)
  await awardProjects(
    trx,
    [
      { projectId, amountDkk: 0, note: 'kan ikke bygges; pengene gik videre', passedOnReason: reason },
      ...changed.map((award) => ({
        projectId: award.projectId,
        amountDkk: award.amountDkk,
        note: 'givet videre fra et projekt, der ikke kan bygges',
      })),
    ],
    by,
  )
}

/**
 * Confirms a proposal as another person than the one who made it: a second result is kept beside the first, and the projects get
 * what it says. @errors Problem `needs-second-person`, `pass-on-settled`, `not-a-winner`, `not-found`
 */
export function confirmPassOn(deps: Reading, person: SessionPerson, year: number, passOnId: string): Promise<PassOn> {
  return deps.db.transaction().execute(async (trx) => {
    const { districtId, projectId, reason, proposedBy } = await lockProposed(trx, year, passOnId)
    const { personId, displayName: name } = person
    if (proposedBy === personId) throw electionProblem('needs-second-person')
    const { district, counted } = await readCounted(trx, year, districtId)
    if (!counted.awards.some((award) => award.projectId === projectId)) throw allocationProblem('not-a-winner')
    const at = deps.clock.now()
    const passed = passMoneyOn(district, counted, projectId)
    const resultNumber = counted.resultNumber + 1
    await insertResult(trx, {
      year,
      districtId,
      resultNumber,
      shareDkk: district.shareDkk,
      outcome: outcomeAfter(district, counted, projectId, passed),
      awards: passed.awards,
      election: null,
      ballotFile: null,
      at,
    })
    await settlePassOn(trx, passOnId, { state: 'confirmed', personId, name, at, resultNumber })
    await tellProjects(trx, { before: counted.awards, after: passed.awards, projectId, reason }, { at, actorId: personId })
    const awards = passed.awards.map((award) => ({ projectId: award.projectId, amountDkk: award.amountDkk }))
    await appendLog(trx, year, { action: 'confirm-pass-on', actorName: name, detail: { districtId, projectId, resultNumber, awards }, at })
    return presentOne(trx, year, passOnId, personId)
  })
}

/** Takes a proposal back that nobody has confirmed. @errors Problem `pass-on-settled`, `not-found` */
export function withdrawPassOn(deps: Reading, person: SessionPerson, year: number, passOnId: string): Promise<PassOn> {
  return deps.db.transaction().execute(async (trx) => {
    const { districtId, projectId } = await lockProposed(trx, year, passOnId)
    const { personId, displayName: name } = person
    const at = deps.clock.now()
    await settlePassOn(trx, passOnId, { state: 'withdrawn', personId, name, at, resultNumber: null })
    await appendLog(trx, year, { action: 'withdraw-pass-on', actorName: name, detail: { districtId, projectId }, at })
    return presentOne(trx, year, passOnId, personId)
  })
}
