import { commonProblem } from '../kernel/problem.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { Database } from '../platform/db/connect.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { type AssessmentDraft, assessmentProblem, type Occasion, type Workspace } from './contract.ts'
import { type Dossier, type Reading, readDossier, type WholeAssessment } from './dossier.ts'
import { copyCheck } from './keptCheck.ts'
import { selectKnownElements, selectLatestCheck, selectSubject } from './queries.ts'
import { QUESTIONS } from './questions.ts'
import { carryOver, fillIn, isOutdated } from './rules/prefill.ts'
import { checkSubmission, correctableQuestions, refusalOf, type StaffAction, windowsOf } from './rules.ts'
import { readWorkspace } from './workspace.ts'
import {
  type AssignmentEvent,
  type CheckCopy,
  insertAssessment,
  insertAssignmentEvents,
  insertEvent,
  insertNote,
  insertWriter,
  replaceAnswers,
  replaceEstimate,
  updateAssessment,
} from './writeQueries.ts'

interface Act {
  trx: Database
  at: Date
  person: SessionPerson
  ideaId: number
  dossier: Dossier
}

interface Asked {
  action: StaffAction
  /** The version it was asked of; undefined where none is open. */
  version?: number
  /** What was sent, to be shown beside what is there. */
  yours?: unknown
}

/** Does something to an idea's assessment with everything locked, when the person may and the version is the newest. */
function act(deps: Reading, person: SessionPerson, ideaId: number, asked: Asked, run: (work: Act) => Promise<void>): Promise<Workspace> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const dossier = await readDossier(reading, ideaId, { lock: true })
    const refusal = refusalOf(asked.action, person, dossier.standing)
    if (refusal === 'not-allowed') throw commonProblem('not-allowed')
    if (refusal !== null) throw assessmentProblem(refusal)
    if (asked.version !== undefined && asked.version !== (dossier.newest?.version ?? 0)) {
      const current = await readWorkspace(reading, ideaId, person)
      throw assessmentProblem('assessment-conflict', { extra: { current, yours: asked.yours ?? null } })
    }
    await run({ trx, at: deps.clock.now(), person, ideaId, dossier })
    return readWorkspace(reading, ideaId, person)
  })
}

/** The open one of an action whose states make sure that there is one. */
function openOne({ newest }: Dossier): WholeAssessment {
  if (newest === undefined) throw assessmentProblem('assessment-not-open')
  return newest
}

function refuseUnknownQuestions({ answers }: AssessmentDraft): void {
  const known = new Set(QUESTIONS.map(({ questionId }) => questionId))
  const errors = answers.flatMap(({ questionId }, index) => {
    const isFirst = answers.findIndex((other) => other.questionId === questionId) === index
    return known.has(questionId) && isFirst ? [] : [{ pointer: `/answers/${index}/questionId`, detail: 'question-unknown' }]
  })
  if (errors.length > 0) throw assessmentProblem('question-unknown', { errors })
}

async function refuseUnknownElements(trx: Database, { estimate }: AssessmentDraft): Promise<void> {
  const known = await selectKnownElements(trx, [...new Set(estimate.lines.flatMap(({ elementId }) => elementId ?? []))])
  const errors = estimate.lines.flatMap(({ elementId }, index) =>
    elementId === null || known.includes(elementId) ? [] : [{ pointer: `/estimate/lines/${index}/elementId`, detail: 'element-unknown' }],
  )
  if (errors.length > 0) throw assessmentProblem('element-unknown', { errors })
}

async function beginFirst({ trx, at, person, ideaId }: Act, draft: AssessmentDraft, check: CheckCopy | null): Promise<number> {
  const { contingencyPercent, runningYears } = draft.estimate
  const { ideaVersion } = draft
  const row = { ideaId, occasion: 'first' as const, previousId: null, ideaVersion, check, contingencyPercent, runningYears, at }
  const assessmentId = await insertAssessment(trx, row)
  await insertEvent(trx, { ideaId, assessmentId, kind: 'started', personId: person.personId, at })
  return assessmentId
}

async function writeDraft(work: Act, draft: AssessmentDraft): Promise<void> {
  const { trx, at, person, ideaId, dossier } = work
  refuseUnknownQuestions(draft)
  await refuseUnknownElements(trx, draft)
  if (draft.ideaVersion > dossier.subject.ideaVersion) {
    throw commonProblem('invalid-request', { errors: [{ pointer: '/ideaVersion', detail: 'the idea has no such version yet' }] })
  }
  const { newest } = dossier
  const check = newest === undefined ? copyCheck(await selectLatestCheck(trx, ideaId)) : null
  const keptCheck = newest === undefined ? (check?.checkResult ?? null) : newest.keptCheck
  const assessmentId = newest?.assessmentId ?? (await beginFirst(work, draft, check))
  const { ideaVersion, outcome, publicReason, correctionDays, estimate } = draft
  const { contingencyPercent, runningYears } = estimate
  const change = { ideaVersion, outcome, publicReason, correctionDays, contingencyPercent, runningYears }
  // The insert is version 1 already; a first saving is no second version.
  await updateAssessment(trx, assessmentId, { ...change, assessorId: person.personId, at, isNew: newest === undefined })
  await insertWriter(trx, assessmentId, person.personId)
  await replaceAnswers(trx, assessmentId, fillIn(QUESTIONS, draft.answers, keptCheck))
  await replaceEstimate(trx, assessmentId, estimate)
  await insertEvent(trx, { ideaId, assessmentId, kind: 'saved', personId: person.personId, at })
}

/**
 * Saves a draft, or begins one with version 0. Answers that are left out stay prefilled.
 * @errors Problem `assessment-conflict`, `assessment-not-open`, `question-unknown`, `element-unknown` and those of `refusalOf`
 */
export function saveDraft(deps: Reading, person: SessionPerson, ideaId: number, draft: AssessmentDraft): Promise<Workspace> {
  return act(deps, person, ideaId, { action: 'save', version: draft.version, yours: draft }, (work) => writeDraft(work, draft))
}

/** Takes the latest check of the place into a draft; what it changes is open to a person again. */
export function refreshFindings(deps: Reading, person: SessionPerson, ideaId: number, version: number): Promise<Workspace> {
  return act(deps, person, ideaId, { action: 'save', version }, async ({ trx, at, dossier }) => {
    const { assessmentId, answers, keptCheck } = openOne(dossier)
    const check = copyCheck(await selectLatestCheck(trx, ideaId))
    await updateAssessment(trx, assessmentId, { check, assessorId: person.personId, at })
    await insertWriter(trx, assessmentId, person.personId)
    await replaceAnswers(trx, assessmentId, carryOver(QUESTIONS, answers, { before: keptCheck, after: check?.checkResult ?? null }))
    await insertEvent(trx, { ideaId, assessmentId, kind: 'findings-refreshed', personId: person.personId, at })
  })
}

/** Nobody submits or approves what looked at another idea or at older findings than there are now. */
async function refuseOutdated({ trx, ideaId, dossier }: Act, { ideaVersion, keptCheck }: WholeAssessment): Promise<void> {
  if (ideaVersion !== dossier.subject.ideaVersion) throw assessmentProblem('idea-changed')
  const latest = copyCheck(await selectLatestCheck(trx, ideaId))
  if (latest !== null && isOutdated(QUESTIONS, keptCheck, latest.checkResult)) throw assessmentProblem('check-outdated')
}

/**
 * Hands a draft to a second person.
 * @errors Problem `outcome-missing`, `reason-missing`, `answers-open` naming the questions, `idea-changed`, `check-outdated`
 */
export function submitDraft(deps: Reading, person: SessionPerson, ideaId: number, version: number): Promise<Workspace> {
  return act(deps, person, ideaId, { action: 'submit', version }, async (work) => {
    const { trx, at } = work
    const { assessmentId, ...draft } = openOne(work.dossier)
    await refuseOutdated(work, { assessmentId, ...draft })
    const submission = checkSubmission({ ...draft, answers: fillIn(QUESTIONS, draft.answers, draft.keptCheck) })
    if (!submission.ok) {
      const questionIds = submission.reason === 'answers-open' ? submission.questionIds : []
      const errors = questionIds.map((questionId) => ({ pointer: `/answers/${questionId}`, detail: 'answers-open' }))
      throw assessmentProblem(submission.reason, questionIds.length > 0 ? { errors, extra: { questionIds } } : {})
    }
    await insertWriter(trx, assessmentId, person.personId)
    await updateAssessment(trx, assessmentId, { state: 'submitted', submittedAt: at, assessorId: person.personId, at })
    await insertEvent(trx, { ideaId, assessmentId, kind: 'submitted', personId: person.personId, outcome: submission.outcome, at })
  })
}

/** The second person's yes: from now on author and public see it. @errors Problem `needs-second-person`, `idea-changed`, `check-outdated` */
export function approve(deps: Reading, person: SessionPerson, ideaId: number, version: number): Promise<Workspace> {
  return act(deps, person, ideaId, { action: 'approve', version }, async (work) => {
    const { trx, at } = work
    const submitted = openOne(work.dossier)
    await refuseOutdated(work, submitted)
    const { assessmentId, outcome, correctionDays, answers } = submitted
    if (outcome === null) throw assessmentProblem('outcome-missing')
    const windows = windowsOf({ outcome, correctionDays, correctable: correctableQuestions(answers) }, copenhagenDate(at))
    const { personId } = person
    await updateAssessment(trx, assessmentId, { state: 'decided', decidedAt: at, approverId: personId, ...windows, at })
    await insertEvent(trx, { ideaId, assessmentId, kind: 'decided', personId, outcome, at })
  })
}

/** Back to the draft, with a reason for staff. */
export function returnToDraft(
  deps: Reading,
  person: SessionPerson,
  ideaId: number,
  { version, reason }: { version: number; reason: string },
): Promise<Workspace> {
  return act(deps, person, ideaId, { action: 'return', version }, async ({ trx, at, dossier }) => {
    const { assessmentId } = openOne(dossier)
    await updateAssessment(trx, assessmentId, { state: 'draft', submittedAt: null, at })
    await insertEvent(trx, { ideaId, assessmentId, kind: 'returned', personId: person.personId, text: reason, at })
  })
}

/**
 * Begins the assessment that follows a decided one: its answers and estimate are the start, open again where a newer check
 * says something else. Returns its number. Runs inside the transaction given.
 */
export async function beginNext(
  trx: Database,
  dossier: Dossier,
  next: { occasion: Occasion; ideaVersion: number; at: Date },
): Promise<number> {
  const { assessmentId: previousId, answers, estimate, keptCheck } = openOne(dossier)
  const { ideaId } = dossier.subject
  const check = copyCheck(await selectLatestCheck(trx, ideaId))
  const { contingencyPercent, runningYears } = estimate
  const assessmentId = await insertAssessment(trx, { ...next, ideaId, previousId, check, contingencyPercent, runningYears })
  await replaceAnswers(trx, assessmentId, carryOver(QUESTIONS, answers, { before: keptCheck, after: check?.checkResult ?? null }))
  await replaceEstimate(trx, assessmentId, estimate)
  return assessmentId
}

/** Looks again at a decided idea. The decision stands until there is another. */
export function reopen(deps: Reading, person: SessionPerson, ideaId: number, reason: string): Promise<Workspace> {
  return act(deps, person, ideaId, { action: 'reopen' }, async ({ trx, at, dossier }) => {
    const assessmentId = await beginNext(trx, dossier, { occasion: 'review', ideaVersion: dossier.subject.ideaVersion, at })
    await insertEvent(trx, { ideaId, assessmentId, kind: 'reopened', personId: person.personId, text: reason, at })
  })
}

/** Adds an internal note or a reply to one. @errors Problem `not-found`, `note-unknown` */
export function addNote(
  deps: Reading,
  person: SessionPerson,
  ideaId: number,
  { text, replyTo }: { text: string; replyTo: number | null },
): Promise<Workspace> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await selectSubject(trx, ideaId, { lock: false })) === undefined) throw commonProblem('not-found')
    const isAdded = await insertNote(trx, { ideaId, replyTo, personId: person.personId, text, at: deps.clock.now() })
    if (!isAdded) throw assessmentProblem('note-unknown', { errors: [{ pointer: '/replyTo', detail: 'note-unknown' }] })
    return readWorkspace({ db: trx, clock: deps.clock }, ideaId, person)
  })
}

/** Tells the timelines who the ideas were assigned to. Runs inside the transaction given. */
export function recordAssignments(trx: Database, events: readonly AssignmentEvent[], by: { personId: string; at: Date }): Promise<void> {
  return insertAssignmentEvents(trx, events, by)
}
