import { generateKeyPairSync } from 'node:crypto'
import type { PlanElection } from '../../server/elections/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { bodyOf, type SignedIn, type TestApp } from '../setup/app.ts'
import { decideIdea } from './assessment.ts'
import { newIdea } from './idea.ts'

export interface Staff {
  organiser: SignedIn
  assessor: SignedIn
  approver: SignedIn
  author: SignedIn
}

export interface ShortlistedProject {
  title: string
  districtId: string
  at: [number, number]
  costDkk: number
  runningCostDkkPerYear?: number
}

async function sure<Body>(response: Response): Promise<Body> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return bodyOf<Body>(response)
}

/** The shares of 2018 for a round of 1,000,000. */
export async function insertShares(db: Database, year: number): Promise<void> {
  const shares = { 'ballerup-nord': 164_646, 'ballerup-syd': 375_251, maaloev: 186_185, skovlunde: 273_918 }
  const rows = Object.entries(shares).map(([district_id, share_dkk]) => ({
    round_year: year,
    district_id,
    population: null,
    population_is_derived: false,
    share_dkk,
  }))
  await db.insertInto('round_share').values(rows).execute()
}

/** An idea, found feasible with an estimate, taken forward and shortlisted, all at the door. Answers the project's id. */
export async function shortlistProject(
  t: TestApp,
  { organiser, assessor, approver, author }: Staff,
  { title, districtId, at, costDkk, runningCostDkkPerYear = 1_500 }: ShortlistedProject,
  year = 2026,
): Promise<{ projectId: string; ideaId: number }> {
  const geometry: PlaceGeometry = { type: 'Point', coordinates: at }
  const body = newIdea({ title, geometry })
  const { ideaId } = await sure<{ ideaId: number }>(await t.send('POST', `/api/rounds/${year}/ideas`, { as: author, body }))
  const line = {
    elementId: null,
    label: title,
    unit: 'piece',
    quantity: 1,
    lifeYears: null,
    paidBy: 'round',
    keptBy: 'municipality',
  } as const
  const lines = [{ ...line, unitPriceDkk: costDkk, runningCostDkkPerYear }]
  const estimate = { lines, coFunding: [], contingencyPercent: 0, runningYears: 10 }
  await decideIdea(t, { ideaId, assessor, approver, draft: { estimate } })
  const project = { districtId, ideaIds: [ideaId] }
  const made = await sure<{ projectId: string }>(await t.send('POST', `/api/rounds/${year}/projects`, { as: organiser, body: project }))
  const state = { version: 1, state: 'shortlisted' }
  await sure(await t.send('POST', `/api/projects/${made.projectId}/state`, { as: organiser, body: state }))
  return { projectId: made.projectId, ideaId }
}

/** The public key of a new pair, as an auditor hands it in. */
export function auditorKey(): string {
  return generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x as string
}

/** Names both auditors at the door. */
export async function nameAuditors(t: TestApp, organiser: SignedIn, year = 2026): Promise<void> {
  for (const position of [1, 2]) {
    const body = { position, name: `Revisor ${position}`, publicKey: auditorKey() }
    await sure(await t.send('PUT', `/api/rounds/${year}/auditors`, { as: organiser, body }))
  }
}

/** A draft in which nothing is missing: texts, times of the round, auditors, the estimates as costs, a lot. */
export async function readyElection(t: TestApp, organiser: SignedIn, year = 2026): Promise<PlanElection> {
  const path = `/api/rounds/${year}/election`
  const send = async (method: string, rest: string, body?: unknown) =>
    sure<PlanElection>(await t.send(method, `${path}${rest}`, { as: organiser, body }))
  let election = await send('POST', '')
  await nameAuditors(t, organiser, year)
  const settings = { ...election.settings, introDa: 'Stem om din bydels andel.' }
  election = await send('PUT', '/settings', { version: election.version, settings })
  for (const { projectId, suggested } of election.preparations) {
    election = await send('PUT', `/preparations/${projectId}`, { version: election.version, ...suggested, smallestUsefulDkk: null })
  }
  return send('PUT', '/lot', { version: election.version, seed: 'Lørdagslotto 12 5 33 41 7', source: 'Lørdagslotto den 2. maj 2026' })
}
