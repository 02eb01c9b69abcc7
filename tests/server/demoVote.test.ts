import { afterAll, beforeAll, expect, it } from 'vitest'
import { clearDemo } from '../../data/demo/clear.ts'
import { loadDemo } from '../../data/demo/load.ts'
import { openDemoVote, publishDemoVote } from '../../data/demo/vote.ts'
import type { DistrictResult } from '../../server/allocation/contract.ts'
import { readPlanElection } from '../../server/elections/plan.ts'
import { brokenAt } from '../../server/elections/rules/logChain.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import { readCurrentPhase } from '../../server/rounds/service.ts'
import { voteParts as partsOf } from '../../server/voteParts.ts'
import { createTestApp, type TestApp, testClock } from '../setup/app.ts'

const NOW = '2026-11-23T10:00:00Z'
const silent = () => {}

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({}, testClock(NOW))
  await loadDemo(t.deps.db, true, t.clock, silent)
}, 120_000)
afterAll(() => t.close())
const cleared = () => clearDemo(t.deps.db, createFolderStorage(t.deps.config.storageDir), silent)

it('the demo round comes to a running vote, stays in it at the next start, and goes with it', { timeout: 120_000 }, async () => {
  const { deps } = t
  const voteParts = partsOf(deps.config)
  await openDemoVote(deps, voteParts, t.clock.now(), silent)
  const vote = await t.read('/api/rounds/2026/election')
  expect(vote).toMatchObject({ state: 'open', isDemo: true, closesAt: '2026-12-07T21:00:00.000Z' })
  expect(vote.setup.districts.map(({ lines }: { lines: unknown[] }) => lines.length)).toEqual([3, 3, 3, 3])
  for (const { lines, shareDkk } of vote.setup.districts) {
    const costs = lines.map(({ costDkk }: { costDkk: number }) => costDkk)
    expect(Math.max(...costs)).toBeLessThanOrEqual(shareDkk)
    // Something is left to decide.
    expect(costs.reduce((sum: number, cost: number) => sum + cost, 0)).toBeGreaterThan(shareDkk)
  }
  const plan = await readPlanElection(deps, voteParts, 2026)
  expect(brokenAt(plan?.log ?? [])).toBeNull()
  await expect(openDemoVote(deps, voteParts, t.clock.now(), silent)).rejects.toThrow('has a vote already')

  await loadDemo(deps.db, true, t.clock, silent)
  expect(await readCurrentPhase(deps, 2026)).toBe('decision')
  await cleared()
  expect(await deps.db.selectFrom('election').select('round_year').execute()).toEqual([])
  expect(await deps.db.selectFrom('person').select('display_name').where('issuer', '=', 'demo').execute()).toEqual([])
  await expect(openDemoVote(deps, voteParts, t.clock.now(), silent)).rejects.toThrow('no demo round')
})

it('or to a published result, which goes with it too', { timeout: 120_000 }, async () => {
  const { deps } = t
  await loadDemo(deps.db, true, t.clock, silent)
  await publishDemoVote(deps, partsOf(deps.config), t.clock.now(), silent)
  const { districts } = await t.read('/api/rounds/2026/result')
  for (const { shareDkk, projects } of districts as DistrictResult[]) {
    const awarded = projects.reduce((sum, { awardedDkk }) => sum + (awardedDkk ?? 0), 0)
    expect(awarded).toBeGreaterThan(0)
    expect(awarded).toBeLessThanOrEqual(shareDkk ?? 0)
  }
  // Seventeen ballots are too few to be published one by one.
  const files = await Promise.all(
    ['ballerup-syd', 'maaloev'].map(async (id) => (await t.send('GET', `/api/rounds/2026/ballots/${id}.pb`)).status),
  )
  expect(files).toEqual([200, 404])
  await loadDemo(deps.db, true, t.clock, silent)
  expect(await readCurrentPhase(deps, 2026)).toBe('construction')
  await cleared()
  expect(await deps.db.selectFrom('district_result').select('district_id').execute()).toEqual([])
})
