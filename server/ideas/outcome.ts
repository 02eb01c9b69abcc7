import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { type Idea, ideaProblem } from './contract.ts'
import { insertOutcome, type LockedIdea, lockIdeas } from './outcomeQueries.ts'
import { insertIdeaEvent, updateIdea } from './queries.ts'
import { mayDecideIdeas } from './rules.ts'
import { readIdea } from './service.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** Ideas as they are when they are taken forward; nobody changes them before the transaction ends. Hidden ones are left out. */
export type { LockedIdea }

/** Locks ideas for what a project does with them. Runs inside the transaction given. */
export function lockIdeasForProject(trx: Database, ideaIds: readonly number[]): Promise<LockedIdea[]> {
  return lockIdeas(trx, ideaIds)
}

async function lockOne(trx: Database, ideaId: number): Promise<LockedIdea> {
  const [idea] = await lockIdeas(trx, [ideaId])
  if (idea === undefined) throw commonProblem('not-found')
  return idea
}

async function requireDecidingPhase(reading: Reading, year: number): Promise<void> {
  const currentPhase = await readCurrentPhase(reading, year)
  if (!mayDecideIdeas(currentPhase)) throw ideaProblem('phase-closed', { extra: { currentPhase } })
}

/**
 * Says publicly why an idea becomes no project; its page stays.
 * @errors Problem `not-found`, `phase-closed`, `already-withdrawn`, `idea-in-project`, `idea-settled`
 */
export function leaveIdea(deps: Reading, person: SessionPerson, ideaId: number, reason: string): Promise<Idea> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const idea = await lockOne(trx, ideaId)
    await requireDecidingPhase(reading, idea.roundYear)
    if (idea.status === 'withdrawn') throw ideaProblem('already-withdrawn')
    if (idea.isInProject) throw ideaProblem('idea-in-project')
    if (idea.outcome === 'not-taken-forward') throw ideaProblem('idea-settled')
    const { personId } = person
    await insertOutcome(trx, { ideaId, kind: 'not-taken-forward', reason, projectId: null, personId, at: deps.clock.now() })
    return readIdea(reading, ideaId, person)
  })
}

/** Opens the question again; what was said before stays in the record. @errors Problem `not-found`, `phase-closed`, `idea-not-settled` */
export function reconsiderIdea(deps: Reading, person: SessionPerson, ideaId: number, reason: string): Promise<Idea> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const idea = await lockOne(trx, ideaId)
    await requireDecidingPhase(reading, idea.roundYear)
    if (idea.outcome !== 'not-taken-forward') throw ideaProblem('idea-not-settled')
    await insertOutcome(trx, { ideaId, kind: 'reconsidered', reason, projectId: null, personId: person.personId, at: deps.clock.now() })
    return readIdea(reading, ideaId, person)
  })
}

/**
 * Withdraws the person's own idea in favour of a project that the caller has looked at. Runs inside the transaction given;
 * returns the idea as it was. @errors Problem `not-found`, `not-allowed`, `already-withdrawn`, `edit-conflict`, `idea-settled`
 */
export async function withdrawForProject(
  reading: Reading,
  person: SessionPerson,
  { ideaId, version, projectId }: { ideaId: number; version: number; projectId: string },
): Promise<LockedIdea> {
  const idea = await lockOne(reading.db, ideaId)
  if (idea.personId !== person.personId) throw commonProblem('not-allowed')
  if (idea.status === 'withdrawn') throw ideaProblem('already-withdrawn')
  if (idea.outcome === 'not-taken-forward') throw ideaProblem('idea-settled')
  if (idea.version !== version) {
    throw ideaProblem('edit-conflict', { extra: { current: await readIdea(reading, ideaId, person), yours: { version } } })
  }
  const at = reading.clock.now()
  await updateIdea(reading.db, ideaId, { status: 'withdrawn', version: version + 1, at })
  await insertIdeaEvent(reading.db, { ideaId, kind: 'withdrawn', version: version + 1, at })
  await insertOutcome(reading.db, { ideaId, kind: 'withdrawn-in-favour', reason: null, projectId, personId: person.personId, at })
  return idea
}
