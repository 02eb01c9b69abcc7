import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import type { Assessment, DraftAnswer, Estimate } from './contract.ts'
import { keptCheckOf } from './keptCheck.ts'
import { ESTIMATE_DEFAULTS } from './limits.ts'
import {
  type AssessmentRow,
  type Subject,
  selectAnswers,
  selectAssessments,
  selectCoFunding,
  selectLines,
  selectSubject,
  selectWriters,
} from './queries.ts'
import { QUESTIONS } from './questions.ts'
import { totalsOf } from './rules/estimate.ts'
import { basisOf, fillIn, type KeptCheck } from './rules/prefill.ts'
import { refusalOf, type StaffAction, type Standing } from './rules.ts'
import type { CheckCopy } from './writeQueries.ts'

export type Reading = Pick<Deps, 'db' | 'clock'>

/** An assessment with its parts. */
export interface WholeAssessment extends AssessmentRow {
  answers: DraftAnswer[]
  estimate: Estimate
  keptCheck: KeptCheck | null
}

/** Everything that is known of an idea's assessment. */
export interface Dossier {
  subject: Subject
  standing: Standing
  /** Newest first; the first one may be open. */
  assessments: WholeAssessment[]
  newest: WholeAssessment | undefined
  decided: WholeAssessment[]
}

function partsOf<Part extends { assessmentId: number }>(parts: Part[], id: number): Omit<Part, 'assessmentId'>[] {
  return parts.filter(({ assessmentId }) => assessmentId === id).map(({ assessmentId: _, ...part }) => part)
}

async function readWhole({ db }: Pick<Reading, 'db'>, ideaId: number): Promise<WholeAssessment[]> {
  const rows = await selectAssessments(db, ideaId)
  const ids = rows.map(({ assessmentId }) => assessmentId)
  const answers = await selectAnswers(db, ids)
  const lines = await selectLines(db, ids)
  const coFunding = await selectCoFunding(db, ids)
  return rows.map((row) => ({
    ...row,
    answers: partsOf(answers, row.assessmentId),
    estimate: {
      lines: partsOf(lines, row.assessmentId),
      coFunding: partsOf(coFunding, row.assessmentId),
      contingencyPercent: row.contingencyPercent,
      runningYears: row.runningYears,
    },
    keptCheck: keptCheckOf(row.checkResult),
  }))
}

/** Reads an idea's assessments, locked when they are to be changed. @errors Problem `not-found` */
export async function readDossier(reading: Reading, ideaId: number, { lock }: { lock: boolean }): Promise<Dossier> {
  const subject = await selectSubject(reading.db, ideaId, { lock })
  if (subject === undefined) throw commonProblem('not-found')
  const assessments = await readWhole(reading, ideaId)
  const newest = assessments[0]
  const decided = assessments.filter(({ state }) => state === 'decided')
  const earlier = decided.filter((one) => one !== newest).flatMap(({ assessorId }) => assessorId ?? [])
  const standing: Standing = {
    phase: await readCurrentPhase(reading, subject.roundYear),
    ideaStatus: subject.ideaStatus,
    authorId: subject.authorId,
    state: newest?.state ?? null,
    occasion: newest?.occasion ?? 'first',
    writerIds: newest === undefined ? [] : await selectWriters(reading.db, newest.assessmentId),
    earlierAssessorIds: earlier,
  }
  return { subject, standing, assessments, newest, decided }
}

const nameOf = (personId: string | null, displayName: string | null) =>
  personId === null || displayName === null ? null : { personId, displayName }

function shownAnswers(answers: DraftAnswer[], check: KeptCheck | null): Assessment['answers'] {
  return fillIn(QUESTIONS, answers, check).map((answer, index) => ({
    ...answer,
    basis: basisOf(QUESTIONS[index] as (typeof QUESTIONS)[number], check),
  }))
}

/** An assessment as staff sees it. */
export function toAssessment(row: WholeAssessment): Assessment {
  return {
    assessmentId: row.assessmentId,
    occasion: row.occasion,
    state: row.state,
    version: row.version,
    ideaVersion: row.ideaVersion,
    answers: shownAnswers(row.answers, row.keptCheck),
    estimate: row.estimate,
    totals: totalsOf(row.estimate),
    outcome: row.outcome,
    publicReason: row.publicReason,
    correctionDays: row.correctionDays,
    check:
      row.checkedAt === null || row.catalogueVersion === null
        ? null
        : { checkedAt: row.checkedAt.toISOString(), catalogueVersion: row.catalogueVersion },
    assessor: nameOf(row.assessorId, row.assessorName),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    approver: nameOf(row.approverId, row.approverName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    correctUntil: row.correctUntil,
    appealUntil: row.appealUntil,
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** What an assessment would begin with: version 0, kept nowhere. */
export function notBegun({ ideaVersion }: Pick<Subject, 'ideaVersion'>, check: CheckCopy | null): Assessment {
  const estimate: Estimate = { lines: [], coFunding: [], ...ESTIMATE_DEFAULTS }
  return {
    assessmentId: null,
    occasion: 'first',
    state: 'draft',
    version: 0,
    ideaVersion,
    answers: shownAnswers([], check?.checkResult ?? null),
    estimate,
    totals: totalsOf(estimate),
    outcome: null,
    publicReason: null,
    correctionDays: null,
    check: check && { checkedAt: check.checkedAt.toISOString(), catalogueVersion: check.catalogueVersion },
    assessor: null,
    submittedAt: null,
    approver: null,
    decidedAt: null,
    correctUntil: null,
    appealUntil: null,
    updatedAt: null,
  }
}

/** What the person may do with it now. */
export function allowedActions(standing: Standing, person: SessionPerson): Record<StaffAction, boolean> {
  const may = (action: StaffAction) => refusalOf(action, person, standing) === null
  return { save: may('save'), submit: may('submit'), approve: may('approve'), return: may('return'), reopen: may('reopen') }
}
