import { correctIdea } from '../ideas/service.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { assessmentProblem, type Correction, type Decision, type PublicAssessment, type TimelineEntry } from './contract.ts'
import { type Dossier, type Reading, readDossier, type WholeAssessment } from './dossier.ts'
import { selectTimeline } from './queries.ts'
import { totalsOf } from './rules/estimate.ts'
import { type AuthorStanding, appealRefusal, correctableQuestions, correctionRefusal } from './rules.ts'
import { beginNext } from './service.ts'
import { readAppeal } from './workspace.ts'
import { insertAppeal, insertEvent } from './writeQueries.ts'

const PUBLIC_KINDS = ['decided', 'corrected', 'appealed', 'reopened'] as const

function toDecision({ answers, estimate, outcome, decidedAt, ...row }: WholeAssessment): Decision {
  if (outcome === null || decidedAt === null) throw new Error('only a decided assessment is a decision')
  const { totalDkk, runningCostDkkPerYear } = totalsOf(estimate)
  const hasEstimate = estimate.lines.length > 0
  return {
    occasion: row.occasion,
    outcome,
    publicReason: row.publicReason,
    sentences: answers.flatMap(({ questionId, answer, publicText }) =>
      publicText === null ? [] : [{ questionId, answer, text: publicText }],
    ),
    correctable: row.correctUntil === null ? [] : correctableQuestions(answers),
    decidedAt: decidedAt.toISOString(),
    ideaVersion: row.ideaVersion,
    correctUntil: row.correctUntil,
    appealUntil: row.appealUntil,
    totalDkk: hasEstimate ? totalDkk : null,
    runningCostDkkPerYear: hasEstimate ? runningCostDkkPerYear : null,
  }
}

function toPublicTimeline(timeline: readonly TimelineEntry[]): PublicAssessment['timeline'] {
  return timeline.flatMap(({ kind, at, isAuthor, outcome, corrected }) => {
    const shown = PUBLIC_KINDS.find((one) => one === kind)
    return shown === undefined
      ? []
      : [{ kind: shown, at, by: isAuthor ? ('author' as const) : ('municipality' as const), outcome, corrected }]
  })
}

function authorStanding({ subject, standing, newest, decided }: Dossier, hasAppealed: boolean, now: Date): AuthorStanding {
  return {
    phase: standing.phase,
    ideaStatus: subject.ideaStatus,
    today: copenhagenDate(now),
    decision: decided[0] ?? null,
    open: newest === undefined || newest.state === 'decided' ? null : newest,
    hasAppealed,
  }
}

/** What everybody may know of an idea's assessment: decisions, never drafts, notes or names of staff. @errors Problem `not-found` */
export async function readPublicAssessment(reading: Reading, ideaId: number, person: SessionPerson | null): Promise<PublicAssessment> {
  const dossier = await readDossier(reading, ideaId, { lock: false })
  const { subject, newest, decided } = dossier
  const appeal = await readAppeal(reading, dossier)
  const standing = authorStanding(dossier, appeal !== null, reading.clock.now())
  const isAuthor = person !== null && subject.authorId === person.personId
  const [latest, ...earlier] = decided.map(toDecision)
  return {
    ideaId,
    state: latest === undefined ? 'none' : newest?.state === 'decided' ? 'decided' : 'reconsidered',
    decision: latest ?? null,
    earlier,
    ideaChanged: latest !== undefined && latest.ideaVersion < subject.ideaVersion,
    appeal: appeal && { at: appeal.at, result: appeal.result },
    timeline: toPublicTimeline(await selectTimeline(reading.db, ideaId)),
    may: { correct: isAuthor && correctionRefusal(standing) === null, appeal: isAuthor && appealRefusal(standing) === null },
  }
}

async function lockOwn(reading: Reading, person: SessionPerson, ideaId: number): Promise<Dossier> {
  const dossier = await readDossier(reading, ideaId, { lock: true })
  if (dossier.subject.authorId !== person.personId) throw assessmentProblem('not-the-author')
  return dossier
}

/**
 * The author puts the idea right: a new version of it, and an assessment that looks at it.
 * @errors Problem `not-the-author`, `correction-closed`, `edit-conflict` and those of an idea's change
 */
export function correct(deps: Reading, person: SessionPerson, ideaId: number, sent: Correction): Promise<PublicAssessment> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const dossier = await lockOwn(reading, person, ideaId)
    const at = deps.clock.now()
    const { subject, newest } = dossier
    const refusal = correctionRefusal(authorStanding(dossier, false, at))
    if (refusal !== null) throw assessmentProblem(refusal)
    const { message, ...change } = sent
    const corrected = await correctIdea(reading, person, subject.roundYear, ideaId, change)
    const isWaiting = newest !== undefined && newest.state !== 'decided'
    const ideaVersion = sent.version + 1
    const assessmentId = isWaiting ? newest.assessmentId : await beginNext(trx, dossier, { occasion: 'correction', ideaVersion, at })
    const { personId } = person
    await insertEvent(trx, { ideaId, assessmentId, kind: 'corrected', personId, isAuthor: true, text: message, corrected, at })
    return readPublicAssessment(reading, ideaId, person)
  })
}

/**
 * The author asks for another assessor, once.
 * @errors Problem `not-the-author`, `already-appealed`, `appeal-closed`
 */
export function appeal(deps: Reading, person: SessionPerson, ideaId: number, reason: string): Promise<PublicAssessment> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const dossier = await lockOwn(reading, person, ideaId)
    const at = deps.clock.now()
    const hasAppealed = (await readAppeal(reading, dossier)) !== null
    const refusal = appealRefusal(authorStanding(dossier, hasAppealed, at))
    if (refusal !== null) throw assessmentProblem(refusal)
    const { subject, newest } = dossier
    if (newest === undefined) throw assessmentProblem('appeal-closed')
    const { personId } = person
    await insertAppeal(trx, { ideaId, assessmentId: newest.assessmentId, personId, reason, at })
    const assessmentId = await beginNext(trx, dossier, { occasion: 'appeal', ideaVersion: subject.ideaVersion, at })
    await insertEvent(trx, { ideaId, assessmentId, kind: 'appealed', personId, isAuthor: true, text: reason, at })
    return readPublicAssessment(reading, ideaId, person)
  })
}
