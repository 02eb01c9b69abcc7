import { drawLot } from '../allocation/rules/lot.ts'
import type { Database } from '../platform/db/connect.ts'
import { electionProblem, type FrozenSetup, type PlanElection } from './contract.ts'
import { type DraftFacts, type Reading, readDraftFacts } from './facts.ts'
import type { VoteParts } from './parts.ts'
import { type ElectionRow, lockElection, selectElection, selectLog, selectSteps } from './queries.ts'
import { checklistOf } from './rules/checklist.ts'
import { pairsAmong } from './rules/frozenSetup.ts'

type PlanDistrict = PlanElection['districts'][number]

function lotOf(projects: readonly { projectId: string; title: string }[], seed: string | null): PlanDistrict['lot'] {
  if (seed === null) return []
  const titles = new Map(projects.map(({ projectId, title }) => [projectId, title]))
  return drawLot([...titles.keys()], seed).map(({ projectId, hash }) => ({ projectId, hash, title: titles.get(projectId) ?? '' }))
}

function draftDistricts({ districts, preparations, pairs, lot }: DraftFacts): PlanDistrict[] {
  return districts.map(({ districtId, name, shareDkk }) => {
    const own = preparations.filter((preparation) => preparation.districtId === districtId)
    const exclusivePairs = pairsAmong(
      pairs,
      own.map(({ projectId }) => projectId),
    )
    return { districtId, name, shareDkk, takesPart: own.length > 0, lot: lotOf(own, lot?.seed ?? null), exclusivePairs }
  })
}

function frozenDistricts({ districts, lot }: FrozenSetup): PlanDistrict[] {
  return districts.map(({ districtId, name, shareDkk, lines, exclusivePairs }) => ({
    districtId,
    name,
    shareDkk,
    takesPart: true,
    lot: lotOf(lines, lot.seed),
    exclusivePairs,
  }))
}

async function readDraft(reading: Reading, parts: VoteParts, row: ElectionRow) {
  const facts = await readDraftFacts(reading, parts, row)
  return {
    districts: draftDistricts(facts),
    preparations: facts.preparations,
    checklist: checklistOf(facts, reading.clock.now()),
    setup: null,
  }
}

function readFrozen(text: string) {
  const setup = JSON.parse(text) as FrozenSetup
  return { districts: frozenDistricts(setup), preparations: [], checklist: [], setup }
}

/** A round's vote as its organiser sees it; null when nobody has begun it. */
export async function readPlanElection(reading: Reading, parts: VoteParts, year: number): Promise<PlanElection | null> {
  const { db } = reading
  const row = await selectElection(db, year)
  if (row === undefined) return null
  const what = row.frozenSetup === null ? await readDraft(reading, parts, row) : readFrozen(row.frozenSetup)
  const { roundYear, state, version, settings, lotSeed, lotSource, setupSha256, stopReason } = row
  return {
    roundYear,
    state,
    version,
    settings,
    lot: lotSeed === null || lotSource === null ? null : { seed: lotSeed, source: lotSource },
    ...what,
    setupSha256,
    steps: await selectSteps(db, year),
    frozenAt: row.frozenAt?.toISOString() ?? null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    stopReason,
    log: await selectLog(db, year),
  }
}

/** The same where there must be one. @errors Problem `no-election` */
export async function requirePlanElection(reading: Reading, parts: VoteParts, year: number): Promise<PlanElection> {
  const election = await readPlanElection(reading, parts, year)
  if (election === null) throw electionProblem('no-election')
  return election
}

/** Locks a vote and reads it, so that nothing of it changes until the transaction ends. @errors Problem `no-election` */
export async function lockAndRead(trx: Database, year: number): Promise<ElectionRow> {
  const row = (await lockElection(trx, year)) ? await selectElection(trx, year) : undefined
  if (row === undefined) throw electionProblem('no-election')
  return row
}
