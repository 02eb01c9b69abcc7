import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { type ConflictDecision, type ConflictList, conflictProblem, DEFAULT_DISTANCE_M, type NewConflictDecision } from './contract.ts'
import {
  type ConflictQuestion,
  countOpenConflicts,
  insertDecision,
  selectConfirmedPairs,
  selectConflicts,
  selectDecisions,
  selectPair,
} from './queries.ts'
import { encodePosition, orderPair, readRef, type ThingRef } from './rules.ts'

/** The pairs of a round that overlap or are close, page by page. @errors Problem `not-found` without such a round */
export async function readConflicts(deps: Pick<Deps, 'db' | 'clock'>, question: ConflictQuestion): Promise<ConflictList> {
  await readCurrentPhase(deps, question.year)
  const { limit, distanceM } = question
  const { counts, items: found } = await selectConflicts(deps.db, { ...question, limit: limit + 1 })
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > limit && last ? encodePosition(last.position) : null
  return { items: items.map(({ conflict }) => conflict), next, counts, distanceM }
}

/**
 * How many pairs of a district's round nobody has confirmed or cleared, at the distance that counts when nothing else is
 * asked. A set-up is frozen when it is none.
 */
export function openConflictCount(db: Database, year: number, districtId: string): Promise<number> {
  return countOpenConflicts(db, year, districtId, DEFAULT_DISTANCE_M)
}

/** Pairs among some projects that cannot both be built, however far apart, with the reason. */
export async function readConfirmedPairs(
  db: Database,
  projectIds: readonly string[],
): Promise<{ projectIds: [string, string]; reason: string }[]> {
  const pairs = await selectConfirmedPairs(db, projectIds)
  return pairs.map(({ firstProjectId, secondProjectId, reason }) => ({ projectIds: [firstProjectId, secondProjectId], reason }))
}

function pairOf(refs: { first: string; second: string }): { first: ThingRef; second: ThingRef } {
  const pair = orderPair(readRef(refs.first), readRef(refs.second))
  if (pair === null) throw conflictProblem('conflict-unknown')
  return pair
}

async function decisionsOn(db: Database, first: ThingRef, second: ThingRef, hashNow: string | null): Promise<ConflictDecision[]> {
  const decisions = await selectDecisions(db, first, second)
  return decisions.map(({ placesHash, ...decision }) => ({ ...decision, isOutdated: placesHash !== hashNow }))
}

/** What was decided on a pair, first to last; also when they are no pair any more. */
export async function readDecisions(db: Database, refs: { first: string; second: string }): Promise<ConflictDecision[]> {
  const { first, second } = pairOf(refs)
  return decisionsOn(db, first, second, (await selectPair(db, first, second))?.placesHash ?? null)
}

/**
 * Confirms or clears a pair with a reason. Of several at the same time one wins; the others see what it decided.
 * @errors Problem `conflict-unknown`, `conflict-decided` with the current decision
 */
export function decideConflict(
  deps: Pick<Deps, 'db' | 'clock'>,
  person: SessionPerson,
  sent: NewConflictDecision,
): Promise<ConflictDecision> {
  return deps.db.transaction().execute(async (trx) => {
    const { first, second } = pairOf(sent)
    const facts = await selectPair(trx, first, second)
    if (facts === undefined) throw conflictProblem('conflict-unknown')
    const before = await decisionsOn(trx, first, second, facts.placesHash)
    const { state, reason } = sent
    const version = sent.version + 1
    const { personId, displayName: deciderName } = person
    const row = { ...facts, first, second, version, state, reason, personId, deciderName, at: deps.clock.now() }
    const isNext = (before.at(-1)?.version ?? 0) === sent.version
    if (!isNext || !(await insertDecision(trx, row))) {
      const current = (await decisionsOn(trx, first, second, facts.placesHash)).at(-1) ?? null
      throw conflictProblem('conflict-decided', { extra: { current } })
    }
    return { version, state, reason, deciderName, decidedAt: row.at.toISOString(), isOutdated: false }
  })
}
