import { placeGeometry } from '../districts/service.ts'
import { type LockedIdea, lockIdeasForProject } from '../ideas/outcome.ts'
import { mayDecideIdeas } from '../ideas/rules.ts'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { type ProjectState, projectProblem } from './contract.ts'
import { selectPlanProject } from './queries.ts'
import { choosePlaceIdea, refuseIdeas } from './rules.ts'
import { askAuthors, insertProjectEvents, type LockedProject, lockProject, selectActiveIdeas, selectTakenIdeas } from './writeQueries.ts'

export type Reading = Pick<Deps, 'db' | 'clock'>

/** A project that may be worked on: not withdrawn, not of an earlier round. */
export interface OpenProject extends LockedProject {
  districtId: string
  state: ProjectState
}

/** @errors Problem `not-found` without such a round, `project-phase-closed` */
export async function requireOpenPhase(reading: Reading, year: number): Promise<void> {
  const currentPhase = await readCurrentPhase(reading, year)
  if (!mayDecideIdeas(currentPhase)) throw projectProblem('project-phase-closed', { extra: { currentPhase } })
}

/**
 * Locks a project before anything of it is changed; always before its ideas, so that nobody waits in a circle.
 * @errors Problem `not-found`, `project-not-open`, `project-phase-closed`
 */
export async function lockOpenProject(reading: Reading, projectId: string): Promise<OpenProject> {
  const project = await lockProject(reading.db, projectId)
  if (project === undefined) throw commonProblem('not-found')
  const { state, districtId } = project
  if (state === null || state === 'withdrawn' || districtId === null) throw projectProblem('project-not-open', { extra: { state } })
  await requireOpenPhase(reading, project.roundYear)
  return { ...project, state, districtId }
}

/** The same for who has seen a version of it. @errors Problem also `project-edit-conflict` with the current one */
export async function lockVersion(reading: Reading, projectId: string, version: number): Promise<OpenProject> {
  const project = await lockOpenProject(reading, projectId)
  if (project.version === version) return project
  throw projectProblem('project-edit-conflict', { extra: { current: await selectPlanProject(reading.db, projectId) } })
}

/** Locks ideas that a project of the district takes, in the order asked. @errors Problem of `refuseIdeas`, with the ideas meant */
export async function takeIdeas(
  trx: Database,
  { year, districtId, ideaIds }: { year: number; districtId: string; ideaIds: readonly number[] },
): Promise<LockedIdea[]> {
  const ideas = await lockIdeasForProject(trx, ideaIds)
  const refusal = refuseIdeas(year, ideaIds, ideas, await selectTakenIdeas(trx, districtId, ideaIds))
  if (refusal !== null) {
    const errors = refusal.ideaIds.map((id) => ({ pointer: `/ideaIds/${ideaIds.indexOf(id)}`, detail: refusal.reason }))
    throw projectProblem(refusal.reason, { errors, extra: { ideaIds: refusal.ideaIds } })
  }
  return ideas.toSorted((a, b) => ideaIds.indexOf(a.ideaId) - ideaIds.indexOf(b.ideaId))
}

export interface ProjectPlace {
  geometry: PlaceGeometry
  placeIdeaId: number | null
}

/** A drawn place, if it lies in the district, wholly or partly. @errors Problem `wrong-district`, and as for a new idea */
export async function placeDrawn(trx: Database, districtId: string, geometry: PlaceGeometry): Promise<ProjectPlace> {
  const { spansDistricts } = await placeGeometry(trx, geometry)
  if (spansDistricts.includes(districtId)) return { geometry, placeIdeaId: null }
  const errors = [{ pointer: '/geometry', detail: 'wrong-district' }]
  throw projectProblem('wrong-district', { errors, extra: { districtIds: spansDistricts } })
}

/** The place of the first idea in the district. @errors Problem `wrong-district` when none lies there */
export function placeOfIdeas(districtId: string, ideas: readonly LockedIdea[]): ProjectPlace {
  const idea = choosePlaceIdea(districtId, ideas)
  if (idea !== undefined) return { geometry: idea.geometry, placeIdeaId: idea.ideaId }
  const errors = [{ pointer: '/ideaIds', detail: 'wrong-district' }]
  const districtIds = [...new Set(ideas.flatMap(({ spansDistricts }) => spansDistricts))].sort()
  throw projectProblem('wrong-district', { errors, extra: { districtIds } })
}

/** Asks the authors when the project is made of more than one idea. */
export async function askIfMerged(trx: Database, projectId: string, actorId: string, at: Date): Promise<void> {
  if ((await selectActiveIdeas(trx, projectId)).length < 2) return
  const asked = await askAuthors(trx, projectId, at)
  await insertProjectEvents(
    trx,
    asked.map((ideaId) => ({ projectId, kind: 'consent-asked', actorId, at, ideaId })),
  )
}
