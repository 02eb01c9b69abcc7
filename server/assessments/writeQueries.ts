import { sql } from 'kysely'
import type { IdeaField } from '../ideas/contract.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Department, DraftAnswer, Estimate, EventKind, Occasion, Outcome } from './contract.ts'
import type { KeptCheck } from './rules/prefill.ts'

/** The copy an assessment keeps of a check of the place. */
export interface CheckCopy {
  checkResult: KeptCheck
  checkedAt: Date
  catalogueVersion: number
}

function checkColumns(check: CheckCopy | null) {
  return {
    check_result: check === null ? null : JSON.stringify(check.checkResult),
    checked_at: check?.checkedAt ?? null,
    catalogue_version: check?.catalogueVersion ?? null,
  }
}

export interface NewAssessment {
  ideaId: number
  occasion: Occasion
  previousId: number | null
  ideaVersion: number
  check: CheckCopy | null
  contingencyPercent: number
  runningYears: number
  at: Date
}

/** Begins an assessment; returns its number. */
export async function insertAssessment(db: Database, row: NewAssessment): Promise<number> {
  const { assessmentId } = await db
    .insertInto('assessment')
    .values({
      idea_id: row.ideaId,
      occasion: row.occasion,
      previous_assessment_id: row.previousId,
      idea_version: row.ideaVersion,
      ...checkColumns(row.check),
      contingency_percent: row.contingencyPercent,
      running_years: row.runningYears,
      created_at: row.at,
      updated_at: row.at,
    })
    .returning('assessment_id as assessmentId')
    .executeTakeFirstOrThrow()
  return assessmentId
}

export interface AssessmentUpdate {
  at: Date
  /** True: it was inserted just now and is version 1 already. */
  isNew?: boolean
  ideaVersion?: number
  check?: CheckCopy | null
  contingencyPercent?: number
  runningYears?: number
  outcome?: Outcome | null
  publicReason?: string | null
  correctionDays?: number | null
  assessorId?: string
  state?: 'draft' | 'submitted' | 'decided'
  submittedAt?: Date | null
  approverId?: string
  decidedAt?: Date
  correctUntil?: string | null
  appealUntil?: string | null
}

/** Writes the given fields, and the next version unless it is new. */
export async function updateAssessment(db: Database, assessmentId: number, change: AssessmentUpdate): Promise<void> {
  await db
    .updateTable('assessment')
    .where('assessment_id', '=', assessmentId)
    .set({
      version: change.isNew ? undefined : sql<number>`version + 1`,
      idea_version: change.ideaVersion,
      ...(change.check === undefined ? {} : checkColumns(change.check)),
      contingency_percent: change.contingencyPercent,
      running_years: change.runningYears,
      outcome: change.outcome,
      public_reason: change.publicReason,
      correction_days: change.correctionDays,
      assessor_id: change.assessorId,
      state: change.state,
      submitted_at: change.submittedAt,
      approver_id: change.approverId,
      decided_at: change.decidedAt,
      correct_until: change.correctUntil,
      appeal_until: change.appealUntil,
      updated_at: change.at,
    })
    .execute()
}

/** Notes that a person wrote on an assessment. */
export async function insertWriter(db: Database, assessmentId: number, personId: string): Promise<void> {
  await db
    .insertInto('assessment_writer')
    .values({ assessment_id: assessmentId, person_id: personId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Makes the checklist of a draft exactly these answers. */
export async function replaceAnswers(db: Database, assessmentId: number, answers: readonly DraftAnswer[]): Promise<void> {
  await db.deleteFrom('assessment_answer').where('assessment_id', '=', assessmentId).execute()
  if (answers.length === 0) return
  await db
    .insertInto('assessment_answer')
    .values(
      answers.map((answer) => ({
        assessment_id: assessmentId,
        question_id: answer.questionId,
        answer: answer.answer,
        note: answer.note,
        public_text: answer.publicText,
        author_may_correct: answer.authorMayCorrect,
        is_prefilled: answer.isPrefilled,
      })),
    )
    .execute()
}

/** Makes lines and co-funding of a draft exactly these. */
export async function replaceEstimate(
  db: Database,
  assessmentId: number,
  { lines, coFunding }: Pick<Estimate, 'lines' | 'coFunding'>,
): Promise<void> {
  await db.deleteFrom('assessment_line').where('assessment_id', '=', assessmentId).execute()
  await db.deleteFrom('assessment_co_funding').where('assessment_id', '=', assessmentId).execute()
  if (lines.length > 0) {
    await db
      .insertInto('assessment_line')
      .values(
        lines.map((line, position) => ({
          assessment_id: assessmentId,
          position,
          element_id: line.elementId,
          label: line.label,
          unit: line.unit,
          quantity: line.quantity,
          unit_price_dkk: line.unitPriceDkk,
          running_cost_dkk_per_year: line.runningCostDkkPerYear,
          life_years: line.lifeYears,
          paid_by: line.paidBy,
          kept_by: line.keptBy,
        })),
      )
      .execute()
  }
  if (coFunding.length > 0) {
    await db
      .insertInto('assessment_co_funding')
      .values(
        coFunding.map(({ source, amountDkk, isConfirmed }, position) => ({
          assessment_id: assessmentId,
          position,
          source,
          amount_dkk: amountDkk,
          is_confirmed: isConfirmed,
        })),
      )
      .execute()
  }
}

export interface NewEvent {
  ideaId: number
  assessmentId: number | null
  kind: Exclude<EventKind, 'assigned'>
  personId: string
  isAuthor?: boolean
  outcome?: Outcome | null
  text?: string
  corrected?: readonly IdeaField[]
  at: Date
}

/** Adds a line to the timeline. Of savings by the same person in a row only the first is told. */
export async function insertEvent(db: Database, event: NewEvent): Promise<void> {
  await sql`
    insert into assessment_event (idea_id, assessment_id, kind, person_id, is_author, outcome, detail, corrected_fields, happened_at)
    select ${event.ideaId}::integer, ${event.assessmentId}::integer, ${event.kind}::text, ${event.personId}::uuid,
      ${event.isAuthor ?? false}::boolean, ${event.outcome ?? null}::text, ${event.text ?? null}::text, ${event.corrected ?? null}::text[],
      ${event.at}::timestamptz
    where ${event.kind}::text <> 'saved' or not exists (
      select from (
        select kind, person_id from assessment_event where idea_id = ${event.ideaId}::integer and kind <> 'assigned'
        order by assessment_event_id desc limit 1
      ) latest where latest.kind in ('started', 'saved') and latest.person_id = ${event.personId}::uuid
    )`.execute(db)
}

export interface AssignmentEvent {
  ideaId: number
  assigneeId: string | null
  department: Department | null
  deadline: string | null
}

/** Adds to the timelines of these ideas who they were assigned to. */
export async function insertAssignmentEvents(
  db: Database,
  events: readonly AssignmentEvent[],
  by: { personId: string; at: Date },
): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('assessment_event')
    .values(
      events.map(({ ideaId, assigneeId, department, deadline }) => ({
        idea_id: ideaId,
        kind: 'assigned',
        person_id: by.personId,
        is_author: false,
        assignee_id: assigneeId,
        department,
        deadline,
        happened_at: by.at,
      })),
    )
    .execute()
}

/** Adds an appeal; an idea has one at most. */
export async function insertAppeal(
  db: Database,
  row: { ideaId: number; assessmentId: number; personId: string; reason: string; at: Date },
): Promise<void> {
  await db
    .insertInto('appeal')
    .values({
      idea_id: row.ideaId,
      assessment_id: row.assessmentId,
      person_id: row.personId,
      reason: row.reason,
      appealed_at: row.at,
    })
    .execute()
}

/** Adds an internal note; false when the note it answers is none of the idea's. */
export async function insertNote(
  db: Database,
  row: { ideaId: number; replyTo: number | null; personId: string; text: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into assessment_note (idea_id, reply_to, person_id, text, noted_at)
    select ${row.ideaId}::integer, ${row.replyTo}::integer, ${row.personId}::uuid, ${row.text}::text, ${row.at}::timestamptz
    where ${row.replyTo}::integer is null or exists (
      select from assessment_note where assessment_note_id = ${row.replyTo}::integer and idea_id = ${row.ideaId}::integer
    )
    returning assessment_note_id`.execute(db)
  return rows.length === 1
}
