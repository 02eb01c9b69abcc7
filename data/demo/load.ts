import { saveDemoPeople } from '../../server/accounts/import.ts'
import { selectDistrictNames } from '../../server/districts/import.ts'
import type { ElectionState } from '../../server/elections/contract.ts'
import { selectElectionState } from '../../server/elections/import.ts'
import { importIdea } from '../../server/ideas/import.ts'
import { copenhagenDate } from '../../server/kernel/time.ts'
import type { Clock } from '../../server/platform/clock.ts'
import { StartError } from '../../server/platform/config.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { replacePhases, type ShareRow, selectRoundKind, upsertRound } from '../../server/rounds/import.ts'
import { apportion } from '../../server/rounds/rules.ts'
import type { Say } from '../dataFile.ts'
import { readRoundFiles } from '../rounds/load.ts'
import { loadDemoConstraints } from './constraints/load.ts'
import { type DemoPhase, demoPhases } from './demoPhases.ts'
import { readDemoFile } from './ideaFile.ts'

/** The newest populations known; a new round begins with them until the municipality enters its own. */
const POPULATION_YEAR = 2018

async function demoShares(db: Database, totalDkk: number): Promise<ShareRow[] | null> {
  const known = readRoundFiles().find(({ content }) => content.year === POPULATION_YEAR)?.content.populations ?? []
  const names = new Map((await selectDistrictNames(db)).map(({ districtId, name }) => [districtId, name]))
  if (known.length === 0 || known.some(({ districtId }) => !names.has(districtId))) return null
  const populations = known.map(({ districtId, population }) => ({ districtId, population, name: names.get(districtId) as string }))
  const shares = apportion(totalDkk, populations)
  return populations.map(({ districtId, population }) => ({
    districtId,
    population,
    populationIsDerived: true,
    shareDkk: shares.get(districtId) as number,
  }))
}

async function importDemo(trx: Database, year: number, now: Date, shares: ShareRow[]): Promise<number> {
  const { round, people, ideas } = readDemoFile()
  const rules = { whoProposes: 'Alle', whoDecides: null, howDecided: null, maxProjectsPerDistrict: 3, minimumAge: null, notes: [] }
  const record = { proposalDeadline: null, sources: null, meetings: [], ballots: [] }
  await upsertRound(trx, { ...round, year, rules, record, phases: demoPhases(copenhagenDate(now)), shares }, true)
  await loadDemoConstraints(trx, true, now)
  const personIds = await saveDemoPeople(trx, people)
  for (const [index, idea] of ideas.entries()) {
    const { key, districtId, spansDistricts, author, daysAgo, ...fields } = idea
    // Some minutes apart, so that "newest first" is the same for everybody.
    const at = new Date(now.getTime() - daysAgo * 86_400_000 - index * 11 * 60_000)
    await importIdea(trx, year, { ...fields, personId: personIds[author] as string, at })
  }
  return ideas.length
}

/** The phase a demo round stays in, by how far its vote is. */
function phaseOf(state: ElectionState | null): DemoPhase {
  if (state === null) return 'involvement'
  return state === 'published' ? 'construction' : 'decision'
}

/**
 * Loads the demo round of this year, or moves its phases so that today is a day for ideas. Only into the embedded
 * database: a real one must not hold invented people. @errors StartError when the database is not the embedded one
 */
export async function loadDemo(db: Database, isEmbedded: boolean, clock: Clock, say: Say): Promise<void> {
  if (!isEmbedded) throw new StartError('The demo round is only loaded into the embedded database. Unset DEMO, or unset DATABASE_URL.')
  const now = clock.now()
  const today = copenhagenDate(now)
  const year = Number(today.slice(0, 4))
  const kind = await selectRoundKind(db, year)
  if (kind === 'real') return say(`Demo: ${year} has a real round, so no demo round was loaded.`)
  if (kind === 'demo') {
    return db.transaction().execute(async (trx) => {
      await replacePhases(trx, year, demoPhases(today, phaseOf(await selectElectionState(trx, year))))
      await loadDemoConstraints(trx, isEmbedded, now)
    })
  }
  const { totalDkk } = readDemoFile().round
  const shares = await demoShares(db, totalDkk)
  if (shares === null) return say('Demo: the districts loaded are not those of the demo, so it was not loaded.')
  const count = await db.transaction().execute((trx) => importDemo(trx, year, now, shares))
  say(`Demo: a round of ${year} with ${count} invented ideas loaded. Remove it with npm run demo:clear.`)
}
