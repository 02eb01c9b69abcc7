import { sha256Hex } from '../allocation/rules/sha256.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { softwareName } from '../platform/version.ts'
import { electionProblem, type FrozenSetup, type PlanElection } from './contract.ts'
import { readDraftFacts } from './facts.ts'
import { appendLog } from './log.ts'
import type { VoteParts } from './parts.ts'
import { lockAndRead, readPlanElection, requirePlanElection } from './plan.ts'
import { type Canonical, canonicalJson } from './rules/canonicalJson.ts'
import { checklistOf, isReady } from './rules/checklist.ts'
import { frozenSetupOf } from './rules/frozenSetup.ts'
import { deleteLines, deleteProposal, freezeElection, replaceDistricts, thawElection } from './writeQueries.ts'

type Freezing = Pick<Deps, 'db' | 'clock' | 'config'>

/** First opening and last closing of all districts. */
function spanOf({ districts }: FrozenSetup): { opensAt: Date; closesAt: Date } {
  const times = (key: 'opensAt' | 'closesAt') => districts.map(({ settings }) => Date.parse(settings[key]))
  return { opensAt: new Date(Math.min(...times('opensAt'))), closesAt: new Date(Math.max(...times('closesAt'))) }
}

/**
 * Freezes a set-up: writes what the ballots will show and what the count will use as one canonical text, and hashes it.
 * @errors Problem `no-election`, `frozen`, `election-edit-conflict` with `current`, `not-ready` with `open`
 */
export function freezeSetup(deps: Freezing, parts: VoteParts, person: SessionPerson, year: number, version: number): Promise<PlanElection> {
  return deps.db.transaction().execute(async (trx) => {
    const inside = { ...deps, db: trx }
    const row = await lockAndRead(trx, year)
    if (row.state !== 'draft') throw electionProblem('frozen', { extra: { state: row.state } })
    if (row.version !== version) {
      throw electionProblem('election-edit-conflict', { extra: { current: await readPlanElection(inside, parts, year) } })
    }
    const at = deps.clock.now()
    const facts = await readDraftFacts(inside, parts, row)
    const checklist = checklistOf(facts, at)
    if (!isReady(checklist)) throw electionProblem('not-ready', { extra: { open: checklist.filter(({ open }) => open.length > 0) } })
    const { descriptions, pairs } = facts
    const software = softwareName(deps.config.softwareCommit)
    const setup = frozenSetupOf(facts, { roundYear: year, frozenAt: at.toISOString(), software, descriptions, pairs })
    const text = canonicalJson(setup as unknown as Canonical)
    const sha256 = sha256Hex(text)
    await replaceDistricts(trx, setup)
    await freezeElection(trx, year, { text, sha256, ...spanOf(setup), at })
    await appendLog(trx, year, { action: 'setup-frozen', actorName: person.displayName, detail: { sha256 }, at })
    return requirePlanElection(inside, parts, year)
  })
}

/**
 * Makes a frozen set-up a draft again, before its time to open; the log keeps why and which hash was published.
 * Sheets of codes were made for what was frozen, so they go with it. @errors Problem `no-election`, `wrong-state`, `batch-in-use`
 */
export function thawSetup(deps: Freezing, parts: VoteParts, person: SessionPerson, year: number, reason: string): Promise<PlanElection> {
  return deps.db.transaction().execute(async (trx) => {
    const { state, opensAt, setupSha256 } = await lockAndRead(trx, year)
    const at = deps.clock.now()
    // From its opening on somebody may have looked at the ballot, even if the job that opens it is a minute late.
    if (state !== 'frozen' || opensAt === null || opensAt <= at) throw electionProblem('wrong-state', { extra: { state } })
    await parts.cancelCodes(trx, year, { actorName: person.displayName, at })
    await thawElection(trx, year, at)
    await deleteLines(trx, year)
    await deleteProposal(trx, year, 'stop')
    const detail = { reason, sha256: setupSha256 }
    await appendLog(trx, year, { action: 'setup-thawed', actorName: person.displayName, detail, at })
    return requirePlanElection({ ...deps, db: trx }, parts, year)
  })
}
