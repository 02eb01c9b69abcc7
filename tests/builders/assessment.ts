import { sql } from 'kysely'
import type { AssessmentDraft, Workspace } from '../../server/assessments/contract.ts'
import type { Verdict } from '../../server/kernel/severity.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { bodyOf, type SignedIn, type TestApp } from '../setup/app.ts'

/** A draft on top of what is there that answers every question with yes and calls the idea feasible. */
export function yesDraft({ current, ideaVersion }: Workspace, change: Partial<AssessmentDraft> = {}): AssessmentDraft {
  return {
    version: current.version,
    ideaVersion,
    answers: current.answers.map(({ basis: _, ...answer }) => ({ ...answer, answer: 'yes', isPrefilled: false })),
    estimate: current.estimate,
    outcome: 'feasible',
    publicReason: null,
    correctionDays: null,
    ...change,
  }
}

export interface CheckRecord {
  findings?: { layerId: string; severity: 0 | 1 | 2 | 3; relation?: 'inside' | 'near'; distanceM?: number }[]
  duties?: { layerId: string; severity: 0 | 1 | 2 | 3 }[]
  notChecked?: string[]
  verdict?: Verdict
  checkedAt?: string
}

/** Writes a check of an idea's place as the room of feasibility would. */
export async function insertCheck(db: Database, ideaId: number, record: CheckRecord = {}): Promise<void> {
  const { findings = [], duties = [], notChecked = [], verdict = 'clear', checkedAt = '2026-05-04T09:00:00Z' } = record
  const result = {
    findings: findings.map((finding) => ({ relation: 'inside', distanceM: 0, overlapM2: null, overlapM: null, ...finding })),
    duties,
    notChecked,
  }
  await sql`
    insert into feasibility_record (idea_id, occasion, checked_at, catalogue_version, verdict, is_partial, result)
    select ${ideaId}, 'submission', ${checkedAt}, max(constraint_layer_version_id), ${verdict}, ${notChecked.length > 0},
      ${JSON.stringify(result)}::jsonb
    from constraint_layer_version`.execute(db)
}

export interface Deciding {
  ideaId: number
  assessor: SignedIn
  approver: SignedIn
  draft?: Partial<AssessmentDraft>
}

async function sure(response: Response): Promise<Workspace> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return bodyOf<Workspace>(response)
}

/** Assesses an idea at the door, from the draft to the second person's yes. */
export async function decideIdea(t: TestApp, { ideaId, assessor, approver, draft }: Deciding): Promise<Workspace> {
  const path = `/api/plan/ideas/${ideaId}/assessment`
  const before = await t.read<Workspace>(path, assessor)
  const saved = await sure(await t.send('PUT', path, { as: assessor, body: yesDraft(before, draft) }))
  const version = saved.current.version
  const submitted = await sure(await t.send('POST', `${path}/submit`, { as: assessor, body: { version } }))
  return sure(await t.send('POST', `${path}/approve`, { as: approver, body: { version: submitted.current.version } }))
}
