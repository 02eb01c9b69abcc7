import { readDecidedAssessments } from '../assessments/decided.ts'
import { openConflictCount, readConfirmedPairs } from '../conflicts/service.ts'
import type { Deps } from '../platform/deps.ts'
import type { PlanProject } from '../projects/contract.ts'
import { readPlanProjects } from '../projects/service.ts'
import { readShares } from '../rounds/service.ts'
import type { Preparation } from './contract.ts'
import type { VoteParts } from './parts.ts'
import { type ElectionRow, selectPreparations } from './queries.ts'
import type { DistrictFacts, ElectionFacts } from './rules/checklist.ts'
import type { ConfirmedPair } from './rules/frozenSetup.ts'

export type Reading = Pick<Deps, 'db' | 'clock'>

/** What a draft is judged by, and what its freezing copies besides. */
export interface DraftFacts extends ElectionFacts {
  preparations: Preparation[]
  districts: DistrictFacts[]
  descriptions: Map<string, string>
  pairs: ConfirmedPair[]
}

const ideasOf = ({ ideas }: PlanProject) => ideas.filter(({ role, isActive, isWithdrawn }) => role === 'merged' && isActive && !isWithdrawn)

type Estimates = Awaited<ReturnType<typeof readDecidedAssessments>>

function suggestionOf(ideaIds: readonly number[], decided: Estimates): Preparation['suggested'] {
  const estimates = ideaIds.map((ideaId) => decided.get(ideaId)?.estimate ?? null)
  if (estimates.length === 0) return null
  let sum = { costDkk: 0, runningCostDkkPerYear: 0 }
  for (const estimate of estimates) {
    if (estimate === null) return null
    sum = {
      costDkk: sum.costDkk + estimate.costDkk,
      runningCostDkkPerYear: sum.runningCostDkkPerYear + estimate.runningCostDkkPerYear,
    }
  }
  return sum.costDkk > 0 ? sum : null
}

async function readPreparations({ db }: Reading, year: number, projects: readonly PlanProject[]): Promise<Preparation[]> {
  const prepared = await selectPreparations(db, year)
  const decided = await readDecidedAssessments(
    db,
    projects.flatMap((project) => ideasOf(project).map(({ ideaId }) => ideaId)),
  )
  return projects.map((project) => {
    const ideas = ideasOf(project)
    return {
      projectId: project.projectId,
      districtId: project.districtId ?? '',
      title: project.title,
      shortlistNumber: project.shortlistNumber ?? 0,
      prepared: prepared.get(project.projectId) ?? null,
      suggested: suggestionOf(
        ideas.map(({ ideaId }) => ideaId),
        decided,
      ),
      ideas: ideas.map(({ ideaId, title }) => ({ ideaId, title, isFeasible: decided.get(ideaId)?.isFeasible ?? false })),
    }
  })
}

async function readDistricts(reading: Reading, year: number, parts: VoteParts, voting: ReadonlySet<string>): Promise<DistrictFacts[]> {
  const rollSizes = await parts.readRollSizes(reading.db, year)
  const districts: DistrictFacts[] = []
  for (const { districtId, name, shareDkk } of await readShares(reading, year)) {
    const openConflicts = voting.has(districtId) ? await openConflictCount(reading.db, year, districtId) : 0
    districts.push({ districtId, name, shareDkk, openConflicts, rollSize: rollSizes.get(districtId) ?? null })
  }
  return districts.sort((a, b) => (a.districtId < b.districtId ? -1 : 1))
}

/** Reads what a draft is judged by, through the rooms that know it. @errors Problem `not-found` without such a round */
export async function readDraftFacts(reading: Reading, parts: VoteParts, row: ElectionRow): Promise<DraftFacts> {
  const { roundYear: year, settings, lotSeed, lotSource } = row
  const { items: projects } = await readPlanProjects(reading, { year, state: 'shortlisted' })
  const voting = new Set(projects.flatMap(({ districtId }) => districtId ?? []))
  return {
    settings,
    lot: lotSeed === null || lotSource === null ? null : { seed: lotSeed, source: lotSource },
    districts: await readDistricts(reading, year, parts, voting),
    preparations: await readPreparations(reading, year, projects),
    auditors: await parts.readAuditors(reading.db, year),
    tellsNumber: parts.tellsNumber,
    descriptions: new Map(projects.map(({ projectId, description }) => [projectId, description])),
    pairs: await readConfirmedPairs(
      reading.db,
      projects.map(({ projectId }) => projectId),
    ),
  }
}
