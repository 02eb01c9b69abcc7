import type { Idea } from '../ideas/contract.ts'
import { lockIdeasForProject, withdrawForProject } from '../ideas/outcome.ts'
import { readIdea } from '../ideas/service.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { type ConsentAnswer, type ConsentAnswered, type KeepIdea, type PlanProject, projectProblem } from './contract.ts'
import { lockOpenProject, lockVersion, type Reading } from './openProject.ts'
import { readPlanProject } from './service.ts'
import { insertProjectEvents, saveAnswer, saveKept, selectActiveIdeas, updateProject } from './writeQueries.ts'

async function findActive(reading: Reading, projectId: string, ideaId: number) {
  const found = (await selectActiveIdeas(reading.db, projectId)).find((idea) => idea.ideaId === ideaId)
  if (found === undefined) throw projectProblem('idea-not-in-project', { extra: { ideaIds: [ideaId] } })
  return found
}

/**
 * The author's yes or no to the merge of their idea; they may answer again while the project is open.
 * @errors Problem `not-found`, `not-allowed`, `idea-not-in-project`, `consent-not-asked`, `project-not-open`, `project-phase-closed`
 */
export function answerConsent(deps: Reading, person: SessionPerson, projectId: string, sent: ConsentAnswer): Promise<ConsentAnswered> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const { ideaId, answer, note } = sent
    await lockOpenProject(reading, projectId)
    const [idea] = await lockIdeasForProject(trx, [ideaId])
    if (idea === undefined) throw commonProblem('not-found')
    if (idea.personId !== person.personId) throw commonProblem('not-allowed')
    const { askedAt } = await findActive(reading, projectId, ideaId)
    if (askedAt === null) throw projectProblem('consent-not-asked')
    const at = deps.clock.now()
    await saveAnswer(trx, { projectId, ideaId, answer, note, at })
    await insertProjectEvents(trx, [{ projectId, kind: `consent-${answer}`, actorId: person.personId, at, ideaId, reason: note }])
    return { projectId, ideaId, answer, note, answeredAt: at.toISOString() }
  })
}

/**
 * The organiser keeps an idea in a project although its author said no, and says why. The other way is to split it off.
 * @errors Problem `idea-not-in-project`, `consent-not-refused`, `project-edit-conflict` …
 */
export function keepIdea(deps: Reading, person: SessionPerson, projectId: string, sent: KeepIdea): Promise<PlanProject> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const { ideaId, reason } = sent
    await lockVersion(reading, projectId, sent.version)
    const { answer } = await findActive(reading, projectId, ideaId)
    if (answer !== 'no') throw projectProblem('consent-not-refused')
    const at = deps.clock.now()
    await saveKept(trx, { projectId, ideaId, reason, at })
    await updateProject(trx, projectId, {})
    await insertProjectEvents(trx, [{ projectId, kind: 'idea-kept', actorId: person.personId, at, ideaId, reason }])
    return readPlanProject(trx, projectId)
  })
}

/**
 * The author withdraws their idea in favour of a project of the same round; both pages say so.
 * @errors Problem `not-found`, `project-not-open`, `other-round`, and as for a withdrawal
 */
export function withdrawInFavour(
  deps: Reading,
  person: SessionPerson,
  ideaId: number,
  sent: { version: number; projectId: string },
): Promise<Idea> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const { projectId } = sent
    const project = await lockOpenProject(reading, projectId)
    const idea = await withdrawForProject(reading, person, { ideaId, ...sent })
    if (idea.roundYear !== project.roundYear) throw projectProblem('other-round', { extra: { ideaIds: [ideaId] } })
    const at = deps.clock.now()
    await insertProjectEvents(trx, [{ projectId, kind: 'idea-withdrawn-in-favour', actorId: person.personId, at, ideaId }])
    return readIdea(reading, ideaId, person)
  })
}
