import { copenhagenDate } from '../kernel/time.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import type { Assignment, Workspace } from './contract.ts'
import { allowedActions, type Dossier, notBegun, type Reading, readDossier, toAssessment } from './dossier.ts'
import { copyCheck } from './keptCheck.ts'
import { selectAppeal, selectAssignment, selectLatestCheck, selectNotes, selectTimeline } from './queries.ts'
import { appealResult } from './rules.ts'

/** How an idea's appeal stands; null without one. */
export async function readAppeal({ db }: Pick<Reading, 'db'>, { subject, assessments }: Dossier) {
  const appeal = await selectAppeal(db, subject.ideaId)
  if (appeal === undefined) return null
  const appealed = assessments.find(({ assessmentId }) => assessmentId === appeal.assessmentId)
  const answer = assessments.find(({ occasion, previousId }) => occasion === 'appeal' && previousId === appeal.assessmentId)
  const { reason, appealedAt, assessmentId } = appeal
  return { reason, at: appealedAt.toISOString(), assessmentId, result: appealResult(appealed?.outcome ?? null, answer) }
}

async function readAssignment({ db, clock }: Reading, { subject, newest }: Dossier): Promise<Assignment> {
  const row = await selectAssignment(db, subject.ideaId)
  if (row === undefined) return { assignee: null, department: null, deadline: null, isOverdue: false }
  const { assigneeId, assigneeName, department, deadline } = row
  const assignee = assigneeId === null || assigneeName === null ? null : { personId: assigneeId, displayName: assigneeName }
  const isPast = deadline !== null && deadline < copenhagenDate(clock.now())
  return { assignee, department, deadline, isOverdue: isPast && newest?.state !== 'decided' }
}

/** Everything staff sees of an idea's assessment. @errors Problem `not-found` */
export async function readWorkspace(reading: Reading, ideaId: number, person: SessionPerson): Promise<Workspace> {
  const dossier = await readDossier(reading, ideaId, { lock: false })
  const { subject, standing, assessments, newest } = dossier
  const latest = await selectLatestCheck(reading.db, ideaId)
  const keptAt = newest?.checkedAt ?? null
  return {
    ideaId,
    roundYear: subject.roundYear,
    districtId: subject.districtId,
    ideaVersion: subject.ideaVersion,
    shareDkk: subject.shareDkk,
    current: newest === undefined ? notBegun(subject, copyCheck(latest)) : toAssessment(newest),
    earlier: assessments.slice(1).map(toAssessment),
    hasNewerCheck: newest !== undefined && latest !== undefined && (keptAt === null || latest.checkedAt > keptAt),
    appeal: await readAppeal(reading, dossier),
    assignment: await readAssignment(reading, dossier),
    timeline: await selectTimeline(reading.db, ideaId),
    notes: await selectNotes(reading.db, ideaId),
    may: allowedActions(standing, person),
  }
}
