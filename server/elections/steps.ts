import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { electionProblem, type PlanElection, type Step, type StepAction, type StepRecord } from './contract.ts'
import { appendLog } from './log.ts'
import type { VoteParts } from './parts.ts'
import { lockAndRead, requirePlanElection } from './plan.ts'
import { selectSteps } from './queries.ts'
import { LEADS_TO, stepRefusal } from './rules/steps.ts'
import { advanceElection, confirmStepRow, deleteProposal, insertStep, stopElection } from './writeQueries.ts'

interface Taking {
  trx: Database
  parts: VoteParts
  year: number
  step: Step
  record: StepRecord | null
  actorName: string
  at: Date
}

/** @errors Problem `meeting-not-done` with `open` */
async function refuseOpenMeetings({ trx, parts, year, step }: Taking): Promise<void> {
  if (step !== 'close' && step !== 'count') return
  const open = await parts.openMeetingWork(trx, year)
  if (open.length > 0) throw electionProblem('meeting-not-done', { extra: { open } })
}

/** Does what the step is for, now that two people want it. */
async function run({ trx, parts, year, step, record, actorName, at }: Taking): Promise<void> {
  await parts.runs[step](trx, year, { actorName, at })
  if (step === 'stop') await stopElection(trx, year, record?.reason ?? '', at)
  else await advanceElection(trx, year, LEADS_TO[step], at)
}

const DONE = { propose: 'proposed', confirm: 'confirmed', withdraw: 'withdrawn' } as const

/**
 * One half of a step that two organisers take together. The second half does it: what the rooms of the vote do for it, the
 * new state and the log entry are one transaction. Of several at once one wins; the others see how the step stands.
 * @errors Problem `no-election`, `wrong-state`, `step-conflict`, `needs-second-person`, `meeting-not-done`, and what a run refuses
 */
export function takeStep(
  deps: Pick<Deps, 'db' | 'clock'>,
  parts: VoteParts,
  person: SessionPerson,
  { year, step }: { year: number; step: Step },
  sent: StepAction,
): Promise<PlanElection> {
  return deps.db.transaction().execute(async (trx) => {
    const { state } = await lockAndRead(trx, year)
    const record = (await selectSteps(trx, year)).find((one) => one.step === step) ?? null
    const { personId, displayName: actorName } = person
    const refusal = stepRefusal(step, sent, { state, record, personId })
    if (refusal === 'reason-missing') {
      throw commonProblem('invalid-request', { errors: [{ pointer: '/reason', detail: refusal }] })
    }
    if (refusal !== null) throw electionProblem(refusal, { extra: { state, step: record } })
    const at = deps.clock.now()
    const taking = { trx, parts, year, step, record, actorName, at }
    if (sent.action === 'withdraw') await deleteProposal(trx, year, step)
    else await refuseOpenMeetings(taking)
    if (sent.action === 'propose') await insertStep(trx, year, { step, personId, reason: sent.reason, at })
    if (sent.action === 'confirm') {
      await confirmStepRow(trx, year, step, personId, at)
      await run(taking)
    }
    const reason = sent.action === 'confirm' ? record?.reason : sent.reason
    const action = `${step}-${DONE[sent.action]}`
    await appendLog(trx, year, { action, actorName, at, ...(reason ? { detail: { reason } } : {}) })
    return requirePlanElection({ ...deps, db: trx }, parts, year)
  })
}
