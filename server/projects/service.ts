import { lockIdeasForProject } from '../ideas/outcome.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import {
  type Merge,
  type NewProject,
  type PlanProject,
  type PlanProjectFilter,
  type PlanProjectList,
  type ProjectChange,
  projectProblem,
  type Split,
  type StateChange,
} from './contract.ts'
import {
  askIfMerged,
  lockVersion,
  type OpenProject,
  placeDrawn,
  placeOfIdeas,
  type Reading,
  requireOpenPhase,
  takeIdeas,
} from './openProject.ts'
import { selectDistrictName, selectPlanProject, selectPlanProjects, selectShortlists } from './queries.ts'
import { slugOf, stateEvent, undecidedRefusals } from './rules.ts'
import {
  addIdeas,
  insertProject,
  insertProjectEvents,
  lockShortlists,
  partIdeas,
  selectActiveIdeas,
  selectFreeNumber,
  updateProject,
} from './writeQueries.ts'

/** The projects of a round with answers and history, and how full the shortlists are. @errors Problem `not-found` */
export async function readPlanProjects(reading: Reading, filter: PlanProjectFilter): Promise<PlanProjectList> {
  await readCurrentPhase(reading, filter.year)
  return { items: await selectPlanProjects(reading.db, filter), shortlists: await selectShortlists(reading.db, filter.year) }
}

/** One project with answers and history. @errors Problem `not-found`, also for a project of an earlier round */
export async function readPlanProject(db: Database, projectId: string): Promise<PlanProject> {
  const project = await selectPlanProject(db, projectId)
  if (project === undefined) throw commonProblem('not-found')
  return project
}

function inTransaction<Result>(deps: Reading, work: (reading: Reading, at: Date) => Promise<Result>): Promise<Result> {
  return deps.db.transaction().execute((trx) => work({ db: trx, clock: deps.clock }, deps.clock.now()))
}

/**
 * Takes one or several ideas forward as one project of a district. The same ideas may become one in another district too.
 * @errors Problem `not-found`, `project-phase-closed`, `wrong-district`, and why an idea cannot be taken
 */
export function createProject(deps: Reading, person: SessionPerson, year: number, sent: NewProject): Promise<PlanProject> {
  return inTransaction(deps, async (reading, at) => {
    const { db } = reading
    const { districtId, ideaIds } = sent
    await requireOpenPhase(reading, year)
    if ((await selectDistrictName(db, districtId)) === undefined) {
      throw projectProblem('wrong-district', { errors: [{ pointer: '/districtId', detail: 'not a district' }] })
    }
    const ideas = await takeIdeas(db, { year, districtId, ideaIds })
    const place = sent.geometry ? await placeDrawn(db, districtId, sent.geometry) : placeOfIdeas(districtId, ideas)
    const [lead] = ideas as [(typeof ideas)[number]]
    const { title = lead.title, description = lead.description, category = lead.category } = sent
    const actorId = person.personId
    const row = { roundYear: year, districtId, title, description, category, ...place, createdBy: actorId, at }
    const projectId = await insertProject(db, slugOf(year, title), row)
    await addIdeas(db, { projectId, districtId }, ideaIds, at)
    await insertProjectEvents(db, [
      { projectId, kind: 'created', actorId, at },
      ...ideaIds.map((ideaId) => ({ projectId, kind: 'idea-added', actorId, at, ideaId })),
    ])
    await askIfMerged(db, projectId, actorId, at)
    return readPlanProject(db, projectId)
  })
}

/** Changes a project's words or place. @errors Problem `project-edit-conflict`, `project-not-open`, `wrong-district` … */
export function changeProject(deps: Reading, person: SessionPerson, projectId: string, sent: ProjectChange): Promise<PlanProject> {
  return inTransaction(deps, async (reading, at) => {
    const { db } = reading
    const { version, geometry, ...fields } = sent
    const { districtId } = await lockVersion(reading, projectId, version)
    const place = geometry ? await placeDrawn(db, districtId, geometry) : undefined
    await updateProject(db, projectId, { ...fields, place })
    await insertProjectEvents(db, [{ projectId, kind: 'changed', actorId: person.personId, at }])
    return readPlanProject(db, projectId)
  })
}

/** Puts more ideas into a project. */
export function mergeIdeas(deps: Reading, person: SessionPerson, projectId: string, { version, ideaIds }: Merge): Promise<PlanProject> {
  return inTransaction(deps, async (reading, at) => {
    const { db } = reading
    const { roundYear: year, districtId } = await lockVersion(reading, projectId, version)
    await takeIdeas(db, { year, districtId, ideaIds })
    await addIdeas(db, { projectId, districtId }, ideaIds, at)
    await updateProject(db, projectId, {})
    const actorId = person.personId
    await insertProjectEvents(
      db,
      ideaIds.map((ideaId) => ({ projectId, kind: 'idea-added', actorId, at, ideaId })),
    )
    await askIfMerged(db, projectId, actorId, at)
    return readPlanProject(db, projectId)
  })
}

/** The place of a project after ideas left it: its own, unless it was lent by one of them. */
async function placeWithout(db: Database, project: OpenProject, leaving: readonly number[], staying: readonly number[]) {
  if (project.placeIdeaId === null || !leaving.includes(project.placeIdeaId)) return undefined
  const ideas = await lockIdeasForProject(db, staying)
  return placeOfIdeas(
    project.districtId,
    ideas.toSorted((a, b) => staying.indexOf(a.ideaId) - staying.indexOf(b.ideaId)),
  )
}

/**
 * Undoes a merge: these ideas are free again. When none stays, the project is withdrawn; when the one that lent the place
 * goes, the next one in the district lends it. The history keeps all of it.
 * @errors Problem `idea-not-in-project`, `wrong-district`, `project-edit-conflict` …
 */
export function splitProject(deps: Reading, person: SessionPerson, projectId: string, sent: Split): Promise<PlanProject> {
  return inTransaction(deps, async (reading, at) => {
    const { db } = reading
    const { ideaIds, reason } = sent
    const project = await lockVersion(reading, projectId, sent.version)
    const active = (await selectActiveIdeas(db, projectId)).map(({ ideaId }) => ideaId)
    const strange = ideaIds.filter((id) => !active.includes(id))
    if (strange.length > 0) throw projectProblem('idea-not-in-project', { extra: { ideaIds: strange } })
    const staying = active.filter((id) => !ideaIds.includes(id))
    const isOver = staying.length === 0
    const place = isOver ? undefined : await placeWithout(db, project, ideaIds, staying)
    await partIdeas(db, projectId, ideaIds, at)
    const end = { state: 'withdrawn', stateReason: reason, shortlistNumber: null } as const
    await updateProject(db, projectId, isOver ? end : { place })
    const actorId = person.personId
    await insertProjectEvents(db, [
      ...ideaIds.map((ideaId) => ({ projectId, kind: 'idea-parted', actorId, at, ideaId, reason })),
      ...(isOver ? [{ projectId, kind: 'withdrawn', actorId, at, reason }] : []),
    ])
    return readPlanProject(db, projectId)
  })
}

/** A place on the district's shortlist. @errors Problem `consent-refused`, `shortlist-full` */
async function takeShortlistNumber(db: Database, { projectId, roundYear, districtId }: OpenProject): Promise<number> {
  const refused = undecidedRefusals(await selectActiveIdeas(db, projectId))
  if (refused.length > 0) throw projectProblem('consent-refused', { extra: { ideaIds: refused } })
  await lockShortlists(db, roundYear)
  const { number, max } = await selectFreeNumber(db, roundYear, districtId)
  if (number === null) throw projectProblem('shortlist-full', { extra: { max } })
  return number
}

/**
 * Puts a project on its district's shortlist, takes it off, or withdraws it; then its ideas are free again.
 * @errors Problem `shortlist-full`, `consent-refused`, `project-edit-conflict`, `project-not-open` …
 */
export function changeState(deps: Reading, person: SessionPerson, projectId: string, sent: StateChange): Promise<PlanProject> {
  return inTransaction(deps, async (reading, at) => {
    const { db } = reading
    const { state } = sent
    const project = await lockVersion(reading, projectId, sent.version)
    const kind = stateEvent(project.state, state)
    if (kind === null) throw commonProblem('invalid-request', { errors: [{ pointer: '/state', detail: 'unchanged' }] })
    const reason = state === 'shortlisted' ? null : sent.reason
    const shortlistNumber = state === 'shortlisted' ? await takeShortlistNumber(db, project) : null
    await updateProject(db, projectId, { state, stateReason: reason, shortlistNumber })
    if (state === 'withdrawn') {
      const active = await selectActiveIdeas(db, projectId)
      if (active.length > 0) {
        const ideaIds = active.map(({ ideaId }) => ideaId)
        await partIdeas(db, projectId, ideaIds, at)
      }
    }
    await insertProjectEvents(db, [{ projectId, kind, actorId: person.personId, at, reason }])
    return readPlanProject(db, projectId)
  })
}
