import { recordAssignments } from '../assessments/service.ts'
import { type Cursor, encodeCursor } from '../kernel/page.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { type BulkAssignment, type WorkFilter, type WorkPage, worklistProblem } from './contract.ts'
import {
  countWork,
  isStaff,
  selectAssignments,
  selectKnownIdeas,
  selectWorkCounts,
  selectWorkFeatures,
  selectWorkPage,
  upsertAssignments,
} from './queries.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** At most so many pins in one answer; `truncated` says when there are more. */
const FEATURE_LIMIT = 10_000

interface PageQuestion {
  year: number
  filter: WorkFilter
  cursor: Cursor | null
  limit: number
}

/** One page of the work list; how much there is, and who has it, only with the first. @errors Problem `not-found` */
export async function readWorkPage(
  { db, clock }: Reading,
  person: SessionPerson,
  { year, filter, cursor, limit }: PageQuestion,
): Promise<WorkPage> {
  await readCurrentPhase({ db, clock }, year)
  const asking = { year, personId: person.personId, today: copenhagenDate(clock.now()) }
  const rows = await selectWorkPage(db, asking, filter, { cursor, limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const isFirst = cursor === null
  return {
    items,
    next: rows.length > limit && last ? encodeCursor({ createdAt: last.createdAt, id: last.ideaId }) : null,
    total: isFirst ? await countWork(db, asking, filter) : null,
    counts: isFirst ? await selectWorkCounts(db, asking) : null,
  }
}

/** Pins of everything that matches, as the text of a FeatureCollection. @errors Problem `not-found` */
export async function readWorkFeatures({ db, clock }: Reading, person: SessionPerson, year: number, filter: WorkFilter): Promise<string> {
  await readCurrentPhase({ db, clock }, year)
  const asking = { year, personId: person.personId, today: copenhagenDate(clock.now()) }
  return selectWorkFeatures(db, asking, filter, FEATURE_LIMIT)
}

/**
 * Assigns ideas to a person or department, or gives them a deadline; all of them or none.
 * @errors Problem `nothing-to-assign`, `assignee-unknown`, `ideas-missing` naming each
 */
export function assign(deps: Reading, person: SessionPerson, { ideaIds, ...sent }: BulkAssignment) {
  return deps.db.transaction().execute(async (trx) => {
    if (Object.values(sent).every((value) => value === undefined)) throw worklistProblem('nothing-to-assign')
    if (sent.assigneeId != null && !(await isStaff(trx, sent.assigneeId))) {
      throw worklistProblem('assignee-unknown', { errors: [{ pointer: '/assigneeId', detail: 'assignee-unknown' }] })
    }
    const known = await selectKnownIdeas(trx, ideaIds)
    const errors = ideaIds.flatMap((id, index) => (known.includes(id) ? [] : [{ pointer: `/ideaIds/${index}`, detail: 'ideas-missing' }]))
    if (errors.length > 0) throw worklistProblem('ideas-missing', { errors: errors.slice(0, 20) })
    const by = { personId: person.personId, at: deps.clock.now() }
    await upsertAssignments(trx, known, sent, by)
    const items = await selectAssignments(trx, known, copenhagenDate(by.at))
    const events = items.map(({ ideaId, assignment: { assignee, department, deadline } }) => ({
      ideaId,
      assigneeId: assignee?.personId ?? null,
      department,
      deadline,
    }))
    await recordAssignments(trx, events, by)
    return { items }
  })
}
