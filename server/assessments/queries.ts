import { sql } from 'kysely'
import type { IdeaField } from '../ideas/contract.ts'
import type { Database } from '../platform/db/connect.ts'
import type {
  AssessmentState,
  CoFunding,
  Department,
  DraftAnswer,
  EstimateLine,
  EventKind,
  InternalNote,
  Occasion,
  Outcome,
  TimelineEntry,
} from './contract.ts'

/** The idea that is assessed; undefined when it is hidden or not there. Locked, its assessments change one after the other. */
export function selectSubject(db: Database, ideaId: number, { lock }: { lock: boolean }) {
  return db
    .selectFrom('idea')
    .where('idea_id', '=', ideaId)
    .where('status', '<>', 'hidden')
    .select([
      'idea_id as ideaId',
      'round_year as roundYear',
      'person_id as authorId',
      'status as ideaStatus',
      'version as ideaVersion',
      'district_id as districtId',
      (eb) =>
        eb
          .selectFrom('round_share as s')
          .whereRef('s.round_year', '=', 'idea.round_year')
          .whereRef('s.district_id', '=', 'idea.district_id')
          .select('s.share_dkk')
          .as('shareDkk'),
    ])
    .$if(lock, (query) => query.forNoKeyUpdate())
    .executeTakeFirst()
}
export type Subject = NonNullable<Awaited<ReturnType<typeof selectSubject>>>

/** Every assessment of an idea, newest first, with the names of who answers for it. */
export function selectAssessments(db: Database, ideaId: number) {
  return db
    .selectFrom('assessment as a')
    .leftJoin('person as assessor', 'assessor.person_id', 'a.assessor_id')
    .leftJoin('person as approver', 'approver.person_id', 'a.approver_id')
    .where('a.idea_id', '=', ideaId)
    .select([
      'a.assessment_id as assessmentId',
      'a.previous_assessment_id as previousId',
      sql<Occasion>`a.occasion`.as('occasion'),
      sql<AssessmentState>`a.state`.as('state'),
      'a.version',
      'a.idea_version as ideaVersion',
      'a.check_result as checkResult',
      'a.checked_at as checkedAt',
      'a.catalogue_version as catalogueVersion',
      'a.contingency_percent as contingencyPercent',
      'a.running_years as runningYears',
      sql<Outcome | null>`a.outcome`.as('outcome'),
      'a.public_reason as publicReason',
      'a.correction_days as correctionDays',
      'a.assessor_id as assessorId',
      'assessor.display_name as assessorName',
      'a.submitted_at as submittedAt',
      'a.approver_id as approverId',
      'approver.display_name as approverName',
      'a.decided_at as decidedAt',
      'a.correct_until as correctUntil',
      'a.appeal_until as appealUntil',
      'a.updated_at as updatedAt',
    ])
    .orderBy('a.assessment_id', 'desc')
    .execute()
}
export type AssessmentRow = Awaited<ReturnType<typeof selectAssessments>>[number]

/** The newest assessment of each of some ideas. */
export function selectNewestAssessments(db: Database, ideaIds: readonly number[]) {
  if (ideaIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('assessment')
    .distinctOn('idea_id')
    .where('idea_id', 'in', ideaIds)
    .select([
      'idea_id as ideaId',
      'assessment_id as assessmentId',
      sql<AssessmentState>`state`.as('state'),
      sql<Outcome | null>`outcome`.as('outcome'),
      'contingency_percent as contingencyPercent',
      'running_years as runningYears',
    ])
    .orderBy('idea_id')
    .orderBy('assessment_id', 'desc')
    .execute()
}

/** The answers of some assessments. */
export function selectAnswers(db: Database, ids: readonly number[]) {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('assessment_answer')
    .where('assessment_id', 'in', ids)
    .select([
      'assessment_id as assessmentId',
      'question_id as questionId',
      sql<DraftAnswer['answer']>`answer`.as('answer'),
      'note',
      'public_text as publicText',
      'author_may_correct as authorMayCorrect',
      'is_prefilled as isPrefilled',
    ])
    .execute()
}

/** The lines of the estimates of some assessments, in order. */
export function selectLines(db: Database, ids: readonly number[]) {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('assessment_line')
    .where('assessment_id', 'in', ids)
    .select([
      'assessment_id as assessmentId',
      'element_id as elementId',
      'label',
      sql<EstimateLine['unit']>`unit`.as('unit'),
      'quantity',
      'unit_price_dkk as unitPriceDkk',
      'running_cost_dkk_per_year as runningCostDkkPerYear',
      'life_years as lifeYears',
      sql<EstimateLine['paidBy']>`paid_by`.as('paidBy'),
      sql<EstimateLine['keptBy']>`kept_by`.as('keptBy'),
    ])
    .orderBy('position')
    .execute()
}

/** The co-funding of some assessments, in order. */
export function selectCoFunding(db: Database, ids: readonly number[]): Promise<(CoFunding & { assessmentId: number })[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('assessment_co_funding')
    .where('assessment_id', 'in', ids)
    .select(['assessment_id as assessmentId', 'source', 'amount_dkk as amountDkk', 'is_confirmed as isConfirmed'])
    .orderBy('position')
    .execute()
}

/** Everybody who wrote on an assessment. */
export async function selectWriters(db: Database, assessmentId: number): Promise<string[]> {
  const rows = await db.selectFrom('assessment_writer').where('assessment_id', '=', assessmentId).select('person_id').execute()
  return rows.map((row) => row.person_id)
}

/** The latest check of an idea's place, with the layers it can have known: those that a map shows. */
export function selectLatestCheck(db: Database, ideaId: number) {
  return db
    .selectFrom('feasibility_record')
    .where('idea_id', '=', ideaId)
    .select([
      'checked_at as checkedAt',
      'catalogue_version as catalogueVersion',
      'result',
      (eb) =>
        eb
          .selectFrom('constraint_layer')
          .where('is_mapped', '=', true)
          .select(sql<string[]>`coalesce(array_agg(layer_id order by layer_number), '{}')`.as('ids'))
          .as('mappedLayers'),
    ])
    .orderBy('feasibility_record_id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The appeal of an idea, if there is one. */
export function selectAppeal(db: Database, ideaId: number) {
  return db
    .selectFrom('appeal')
    .where('idea_id', '=', ideaId)
    .select(['assessment_id as assessmentId', 'reason', 'appealed_at as appealedAt'])
    .executeTakeFirst()
}

/** Who assesses an idea, in which department, until when. */
export function selectAssignment(db: Database, ideaId: number) {
  return db
    .selectFrom('assignment as s')
    .leftJoin('person as p', 'p.person_id', 's.assignee_id')
    .where('s.idea_id', '=', ideaId)
    .select([
      's.assignee_id as assigneeId',
      'p.display_name as assigneeName',
      sql<Department | null>`s.department`.as('department'),
      's.deadline',
    ])
    .executeTakeFirst()
}

const staff = (personId: string | null, name: string | null) =>
  personId === null || name === null ? null : { personId, displayName: name }

/** The timeline of an idea, first to last. */
export async function selectTimeline(db: Database, ideaId: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('assessment_event as e')
    .leftJoin('person as p', 'p.person_id', 'e.person_id')
    .leftJoin('person as assignee', 'assignee.person_id', 'e.assignee_id')
    .where('e.idea_id', '=', ideaId)
    .select([
      sql<EventKind>`e.kind`.as('kind'),
      'e.happened_at as at',
      'e.person_id as personId',
      'p.display_name as name',
      'e.is_author as isAuthor',
      'e.assessment_id as assessmentId',
      sql<Outcome | null>`e.outcome`.as('outcome'),
      'e.detail as text',
      sql<IdeaField[]>`coalesce(e.corrected_fields, '{}')`.as('corrected'),
      'e.assignee_id as assigneeId',
      'assignee.display_name as assigneeName',
      sql<Department | null>`e.department`.as('department'),
      'e.deadline',
    ])
    .orderBy('e.assessment_event_id')
    .execute()
  return rows.map(({ at, personId, name, assigneeId, assigneeName, department, deadline, ...rest }) => ({
    ...rest,
    at: at.toISOString(),
    by: staff(personId, name),
    assigned: rest.kind === 'assigned' ? { assignee: staff(assigneeId, assigneeName), department, deadline } : null,
  }))
}

/** Internal notes on an idea, first to last. */
export async function selectNotes(db: Database, ideaId: number): Promise<InternalNote[]> {
  const rows = await db
    .selectFrom('assessment_note as n')
    .leftJoin('person as p', 'p.person_id', 'n.person_id')
    .where('n.idea_id', '=', ideaId)
    .select([
      'n.assessment_note_id as noteId',
      'n.reply_to as replyTo',
      'n.text',
      'n.noted_at as at',
      'n.person_id as personId',
      'p.display_name as name',
    ])
    .orderBy('n.assessment_note_id')
    .execute()
  return rows.map(({ at, personId, name, ...rest }) => ({ ...rest, at: at.toISOString(), by: staff(personId, name) }))
}

/** Which of these elements the price catalogue has; they stay until the transaction ends. */
export async function selectKnownElements(db: Database, elementIds: readonly string[]): Promise<string[]> {
  if (elementIds.length === 0) return []
  const rows = await db.selectFrom('element_price').where('element_id', 'in', elementIds).select('element_id').forKeyShare().execute()
  return rows.map((row) => row.element_id)
}
