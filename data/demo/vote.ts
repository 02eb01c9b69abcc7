// `npm run demo:vote`: takes the demo round to its vote. Shortlists projects of demo ideas in every district, freezes the
// set-up and opens it for fourteen days, all through the services that people's clicks go through; with `--result` it has been
// voted, counted and published. Embedded database only.
import { generateKeyPairSync } from 'node:crypto'
import { parseArgs } from 'node:util'
import { saveDemoStaff } from '../../server/accounts/import.ts'
import type { AssessmentDraft } from '../../server/assessments/contract.ts'
import { approve, saveDraft, submitDraft } from '../../server/assessments/service.ts'
import { readWorkspace } from '../../server/assessments/workspace.ts'
import { decideConflict, readConflicts } from '../../server/conflicts/service.ts'
import { moveElections } from '../../server/elections/clock.ts'
import type { PlanElection } from '../../server/elections/contract.ts'
import { changeSettings, createElection, enterLot, prepareProject } from '../../server/elections/draft.ts'
import { freezeSetup } from '../../server/elections/freeze.ts'
import { selectElectionState } from '../../server/elections/import.ts'
import type { VoteParts } from '../../server/elections/parts.ts'
import { takeStep } from '../../server/elections/steps.ts'
import { selectIdeaIds } from '../../server/ideas/import.ts'
import { fromCopenhagenLocal } from '../../server/kernel/copenhagen.ts'
import { copenhagenDate } from '../../server/kernel/time.ts'
import { type Clock, systemClock } from '../../server/platform/clock.ts'
import { readConfig, StartError } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import type { Deps } from '../../server/platform/deps.ts'
import type { SessionPerson } from '../../server/platform/http/environment.ts'
import { createLog } from '../../server/platform/log.ts'
import { changeState, createProject } from '../../server/projects/service.ts'
import { replacePhases, selectRoundKind } from '../../server/rounds/import.ts'
import { voteParts } from '../../server/voteParts.ts'
import { nameAuditor } from '../../server/voting/auditors.ts'
import type { Say } from '../dataFile.ts'
import { loadAll } from '../load.ts'
import { runCommand } from '../runCommand.ts'
import { castDemoBallots } from './ballots.ts'
import { demoPhases } from './demoPhases.ts'
import { readDemoFile } from './ideaFile.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const VOTING_DAYS = 14

/** Ideas that come to the vote, by their keys; in no district can its share pay for all of them. */
const SHORTLISTS: Record<string, readonly string[]> = {
  'ballerup-nord': ['skovhaven-egebjerg', 'digterbaenkene', 'stjernepladsen'],
  'ballerup-syd': ['naturlegeplads-grantoften', 'langbordet-i-grantoften', 'rundtur-med-hvilepladser'],
  maaloev: ['pizzaovnen-i-maaloev', 'lysende-trin-maaloev-st', 'gynger-for-voksne'],
  skovlunde: ['svaevebanen-i-byparken', 'bordtennis-skovlunde-syd', 'traedesten-harrestrup-aa'],
}
const STAFF = [
  { displayName: 'Demo-projektleder', role: 'organiser' },
  { displayName: 'Demo-planlægger', role: 'planner' },
  { displayName: 'Demo-projektleder nr. 2', role: 'organiser' },
] as const
const LOT = { seed: 'Demolotteriet 3 14 15 92 65', source: 'Et opdigtet lotteri, trukket samme dag' }
const INTRO = {
  introDa: 'Her bestemmer du, hvad din bydels andel skal bruges til. Sæt kryds ved alle de projekter, du gerne vil se blive til noget.',
  introEn: 'Here you decide what your district’s share is spent on. Tick every project you would like to see built.',
}

export type DemoDeps = Pick<Deps, 'db' | 'config' | 'log'>

interface Staff {
  organiser: SessionPerson
  planner: SessionPerson
  second: SessionPerson
}

const standing = (at: Date): Clock => ({ now: () => at, isSetByHand: true })

/** Finds an idea feasible with an estimate, as two people would. */
async function assess(deps: Pick<Deps, 'db' | 'clock'>, { organiser, planner }: Staff, ideaId: number, title: string, costDkk: number) {
  const { current, ideaVersion } = await readWorkspace(deps, ideaId, planner)
  const price = { unitPriceDkk: costDkk, runningCostDkkPerYear: Math.round(costDkk / 40 / 100) * 100 }
  const line = { elementId: null, label: title.slice(0, 60), unit: 'piece', quantity: 1, ...price, lifeYears: 15 } as const
  const draft: AssessmentDraft = {
    version: current.version,
    ideaVersion,
    answers: current.answers.map(({ basis: _, ...answer }) => ({ ...answer, answer: 'yes', isPrefilled: false })),
    estimate: { lines: [{ ...line, paidBy: 'round', keptBy: 'municipality' }], coFunding: [], contingencyPercent: 0, runningYears: 10 },
    outcome: 'feasible',
    publicReason: null,
    correctionDays: null,
  }
  const saved = await saveDraft(deps, planner, ideaId, draft)
  const submitted = await submitDraft(deps, planner, ideaId, saved.current.version)
  await approve(deps, organiser, ideaId, submitted.current.version)
}

/** Shortlists the projects of every district. */
async function shortlist(deps: Pick<Deps, 'db' | 'clock'>, staff: Staff, year: number): Promise<number> {
  const ideas = readDemoFile().ideas
  let count = 0
  for (const [districtId, keys] of Object.entries(SHORTLISTS)) {
    const chosen = ideas.filter(({ key }) => keys.includes(key))
    const ids = await selectIdeaIds(
      deps.db,
      year,
      chosen.map(({ title }) => title),
    )
    for (const { title, wishedAmountDkk } of chosen) {
      const ideaId = ids.get(title)
      if (ideaId === undefined || wishedAmountDkk === null) continue
      await assess(deps, staff, ideaId, title, wishedAmountDkk)
      const { projectId, version } = await createProject(deps, staff.organiser, year, { districtId, ideaIds: [ideaId] })
      await changeState(deps, staff.organiser, projectId, { version, state: 'shortlisted', reason: null })
      count += 1
    }
  }
  return count
}

/** Clears whatever stands near something else: the demo's ideas can all stand where they are. */
async function clearConflicts(deps: Pick<Deps, 'db' | 'clock'>, { organiser }: Staff, year: number): Promise<void> {
  const { items } = await readConflicts(deps, { year, distanceM: 25, state: 'open', after: null, limit: 200 })
  for (const { first, second, decision } of items) {
    const pair = { first: first.ref, second: second.ref, version: decision?.version ?? 0 }
    await decideConflict(deps, organiser, { ...pair, state: 'cleared', reason: 'De kan stå der begge to (demo).' })
  }
}

/** Sets the vote up and freezes it, an hour before it opens. */
async function prepareVote(deps: DemoDeps & Pick<Deps, 'clock'>, parts: VoteParts, organiser: SessionPerson, year: number, now: Date) {
  let election: PlanElection = await createElection(deps, parts, organiser, year)
  const lastDay = copenhagenDate(new Date(now.getTime() + VOTING_DAYS * DAY_MS))
  const times = {
    opensAt: new Date(now.getTime() - HOUR_MS).toISOString(),
    closesAt: fromCopenhagenLocal(`${lastDay}T22:00`)?.toISOString() ?? null,
  }
  const settings = { ...election.settings, ...INTRO, ...times }
  election = await changeSettings(deps, parts, organiser, year, { version: election.version, settings })
  for (const { projectId, suggested } of election.preparations) {
    if (suggested === null) continue
    const sent = { version: election.version, ...suggested, smallestUsefulDkk: null }
    election = await prepareProject(deps, parts, organiser, { year, projectId }, sent)
  }
  for (const position of [1, 2]) {
    const publicKey = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x as string
    await nameAuditor(deps, organiser, year, { position, name: `Demo-revisor ${position}`, publicKey })
  }
  election = await enterLot(deps, parts, organiser, year, { version: election.version, ...LOT })
  await freezeSetup(deps, parts, organiser, year, election.version)
}

/** Makes the projects of the demo's vote, two hours before `now`; answers who did it and how many there are. */
export async function prepareDemoProjects(deps: Pick<Deps, 'db'>, year: number, now: Date): Promise<Staff & { count: number }> {
  const before = { ...deps, clock: standing(new Date(now.getTime() - 2 * HOUR_MS)) }
  const [organiser, planner, second] = (await saveDemoStaff(deps.db, STAFF)) as [SessionPerson, SessionPerson, SessionPerson]
  const staff = { organiser, planner, second }
  await deps.db.transaction().execute((trx) => replacePhases(trx, year, demoPhases(copenhagenDate(now))))
  const count = await shortlist(before, staff, year)
  await clearConflicts(before, staff, year)
  return { ...staff, count }
}

const yearOf = (now: Date) => Number(copenhagenDate(now).slice(0, 4))

/** The demo vote of a year as it opens at `now`; answers who set it up. @errors StartError when there is no such round, or it has a vote */
async function openVote(deps: DemoDeps, parts: VoteParts, year: number, now: Date): Promise<Staff & { count: number }> {
  const { db, log } = deps
  if ((await selectRoundKind(db, year)) !== 'demo') throw new StartError(`There is no demo round of ${year}. Start once with npm start.`)
  if ((await selectElectionState(db, year)) !== null)
    throw new StartError('The demo round has a vote already. npm run demo:clear removes both.')
  const made = await prepareDemoProjects(deps, year, now)
  const before = { ...deps, clock: standing(new Date(now.getTime() - 2 * HOUR_MS)) }
  await prepareVote(before, parts, made.organiser, year, now)
  await db.transaction().execute((trx) => replacePhases(trx, year, demoPhases(copenhagenDate(now), 'decision')))
  await moveElections({ db, log, clock: standing(now) })
  return made
}

/** Takes the demo round of this year to an open vote. @errors StartError when there is none, or it has a vote already */
export async function openDemoVote(deps: DemoDeps, parts: VoteParts, now: Date, say: Say): Promise<void> {
  const year = yearOf(now)
  const { count } = await openVote(deps, parts, year, now)
  say(
    `Demo: the vote of ${year} is open for ${VOTING_DAYS} days with ${count} projects. Start with npm start and look at /afstemning/${year}.`,
  )
}

/**
 * Takes the demo round of this year to a published result: a vote that opened 16 days ago and closed two days ago, with invented
 * ballots cast by code. @errors StartError as `openDemoVote`
 */
export async function publishDemoVote(deps: DemoDeps, parts: VoteParts, now: Date, say: Say): Promise<void> {
  const { db, log } = deps
  const year = yearOf(now)
  const opened = new Date(now.getTime() - (VOTING_DAYS + 2) * DAY_MS)
  const { organiser, second } = await openVote(deps, parts, year, opened)
  const during = { ...deps, clock: standing(new Date(opened.getTime() + DAY_MS)) }
  const ballots = await castDemoBallots(during, organiser, year)
  const after = { ...deps, clock: standing(now) }
  await moveElections({ db, log, clock: after.clock })
  for (const step of ['close', 'count', 'publish'] as const) {
    await takeStep(after, parts, organiser, { year, step }, { action: 'propose', reason: null })
    await takeStep(after, parts, second, { year, step }, { action: 'confirm', reason: null })
  }
  await db.transaction().execute((trx) => replacePhases(trx, year, demoPhases(copenhagenDate(now), 'construction')))
  say(`Demo: the vote of ${year} is published with ${ballots} invented ballots. Start with npm start and look at /runder/${year}/resultat.`)
}

if (import.meta.main) {
  await runCommand(async (say) => {
    const config = readConfig(process.env)
    if (config.databaseUrl !== null) throw new StartError('The demo vote is only made in the embedded database. Unset DATABASE_URL.')
    const { db, isEmbedded, close } = await openDatabase(config)
    try {
      await migrate(db)
      await loadAll({ db, isEmbedded, withDemo: true, clock: systemClock, say })
      const { values } = parseArgs({ options: { result: { type: 'boolean', default: false } } })
      const take = values.result ? publishDemoVote : openDemoVote
      await take({ db, config, log: createLog(config.logLevel) }, voteParts(config), systemClock.now(), say)
    } finally {
      await close()
    }
  })
}
