import { onceOnly, type StoredAnswer } from '../accounts/idempotency.ts'
import { placeGeometry } from '../districts/service.ts'
import { recordFindings } from '../feasibility/records.ts'
import { attachPictures, readPicturesOf } from '../files/service.ts'
import type { Cursor } from '../kernel/page.ts'
import { encodeCursor } from '../kernel/page.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { type Idea, type IdeaChange, type IdeaField, type IdeaFilter, type IdeaSummary, ideaProblem, type NewIdea } from './contract.ts'
import { selectIdeaProjects, selectOutcome } from './outcomeQueries.ts'
import {
  countIdeas,
  type IdeaSummaryRow,
  insertIdea,
  insertIdeaEvent,
  lockIdea,
  selectIdea,
  selectIdeaEvents,
  selectIdeaPage,
  updateIdea,
} from './queries.ts'
import { changedFields, mayChangeIdea, mayWriteIdeas } from './rules.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

async function toSummaries(db: Database, rows: IdeaSummaryRow[]): Promise<IdeaSummary[]> {
  const pictures = await readPicturesOf(
    db,
    rows.map(({ ideaId }) => ideaId),
  )
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    picture: pictures.get(row.ideaId)?.find(({ status }) => status === 'ready') ?? null,
  }))
}

/** One page of a round's ideas; `total` only with the first. @errors Problem `not-found` */
export async function readIdeaPage({ db, clock }: Reading, year: number, filter: IdeaFilter, cursor: Cursor | null, limit: number) {
  await readCurrentPhase({ db, clock }, year)
  const rows = await selectIdeaPage(db, year, filter, cursor, limit + 1)
  const items = await toSummaries(db, rows.slice(0, limit))
  const last = items.at(-1)
  const next = rows.length > limit && last ? encodeCursor({ createdAt: last.createdAt, id: last.ideaId }) : null
  return { items, next, total: cursor === null ? await countIdeas(db, year, filter) : null }
}

/** One idea with pictures and history, as this person may see it. @errors Problem `not-found` */
export async function readIdea({ db, clock }: Reading, ideaId: number, person: SessionPerson | null): Promise<Idea> {
  const row = await selectIdea(db, ideaId)
  if (row === undefined) throw commonProblem('not-found')
  const { personId, geometryType, lengthM, areaM2, createdAt, updatedAt, ...rest } = row
  const isMine = person !== null && personId === person.personId
  const [currentPhase, pictures, events, outcome, projects] = [
    await readCurrentPhase({ db, clock }, row.roundYear),
    (await readPicturesOf(db, [ideaId])).get(ideaId) ?? [],
    await selectIdeaEvents(db, ideaId),
    await selectOutcome(db, ideaId),
    await selectIdeaProjects(db, ideaId, isMine),
  ]
  const round1 = (value: number) => Math.round(value * 10) / 10
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    lengthM: geometryType === 'ST_LineString' ? round1(lengthM) : null,
    areaM2: geometryType === 'ST_Polygon' ? round1(areaM2) : null,
    pictures,
    picture: pictures.find(({ status }) => status === 'ready') ?? null,
    history: events.map((event) => ({ ...event, at: event.at.toISOString() })),
    outcome,
    projects,
    isMine,
    mayChange: mayChangeIdea({ personId, status: row.status }, person?.personId ?? null, currentPhase),
  }
}

async function requireOpenPhase(reading: Reading, year: number): Promise<void> {
  const currentPhase = await readCurrentPhase(reading, year)
  if (!mayWriteIdeas(currentPhase)) throw ideaProblem('phase-closed', { extra: { currentPhase } })
}

async function attach(trx: Database, ideaId: number, personId: string, pictureIds: string[]): Promise<void> {
  const attached = await attachPictures(trx, { ideaId, personId, pictureIds })
  if (attached.ok) return
  throw ideaProblem('picture-unknown', {
    errors: attached.unknown.map((id) => ({ pointer: `/pictureIds/${pictureIds.indexOf(id)}`, detail: 'picture-unknown' })),
  })
}

/**
 * Puts an idea on the map. The district comes from the geometry. With an idempotency key a repeated request gets the first answer.
 * @errors Problem `not-found`, `phase-closed`, `geometry-refused`, `outside-district`, `partly-outside`, `picture-unknown`
 */
export function createIdea(
  deps: Reading,
  person: SessionPerson,
  year: number,
  sent: NewIdea,
  key: string | undefined,
): Promise<StoredAnswer> {
  return deps.db.transaction().execute(async (trx) => {
    const { personId } = person
    return onceOnly(trx, { personId, key, request: { year, sent } }, async () => {
      const reading = { db: trx, clock: deps.clock }
      await requireOpenPhase(reading, year)
      const placement = await placeGeometry(trx, sent.geometry)
      const at = deps.clock.now()
      const { pictureIds, ...fields } = sent
      const ideaId = await insertIdea(trx, { ...fields, roundYear: year, personId, placement, at })
      await insertIdeaEvent(trx, { ideaId, kind: 'submitted', version: 1, at })
      await recordFindings(trx, ideaId, 'submission', at)
      await attach(trx, ideaId, personId, pictureIds)
      return { status: 201, body: await readIdea(reading, ideaId, person) }
    })
  })
}

/** Locks the idea for its author and compares versions. @errors Problem `not-found`, `not-allowed`, `already-withdrawn`, `edit-conflict` */
async function lockOwnIdea(reading: Reading, person: SessionPerson, year: number, ideaId: number, version: number, yours: unknown) {
  const locked = await lockIdea(reading.db, ideaId, year)
  if (locked === undefined) throw commonProblem('not-found')
  if (locked.personId !== person.personId) throw commonProblem('not-allowed')
  if (locked.status === 'withdrawn') throw ideaProblem('already-withdrawn')
  if (locked.version !== version) {
    throw ideaProblem('edit-conflict', { extra: { current: await readIdea(reading, ideaId, person), yours } })
  }
}

/** Writes the sent fields of a locked idea; the district is computed anew with the geometry. */
async function writeChange({ db: trx, clock }: Reading, person: SessionPerson, ideaId: number, sent: IdeaChange): Promise<void> {
  const { pictureIds, geometry, version, ...fields } = sent
  const placed = geometry ? { geometry, placement: await placeGeometry(trx, geometry) } : undefined
  const at = clock.now()
  await updateIdea(trx, ideaId, { ...fields, placed, version: version + 1, at })
  await insertIdeaEvent(trx, { ideaId, kind: 'changed', version: version + 1, at })
  if (placed) await recordFindings(trx, ideaId, 'change', at)
  if (pictureIds) await attach(trx, ideaId, person.personId, pictureIds)
}

/** Changes the sent fields of the person's own idea. */
export function changeIdea(deps: Reading, person: SessionPerson, year: number, ideaId: number, sent: IdeaChange): Promise<Idea> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    await lockOwnIdea(reading, person, year, ideaId, sent.version, sent)
    await requireOpenPhase(reading, year)
    await writeChange(reading, person, ideaId, sent)
    return readIdea(reading, ideaId, person)
  })
}

/**
 * The same outside the phase of involvement, because an assessment asked for it; answers what it changed. Runs inside the
 * transaction given, whose owner has decided that the author may. @errors Problem as for a change, without `phase-closed`
 */
export async function correctIdea(
  reading: Reading,
  person: SessionPerson,
  year: number,
  ideaId: number,
  sent: IdeaChange,
): Promise<IdeaField[]> {
  await lockOwnIdea(reading, person, year, ideaId, sent.version, sent)
  const changed = changedFields(await readIdea(reading, ideaId, person), sent)
  await writeChange(reading, person, ideaId, sent)
  return changed
}

/** Takes the person's own idea back. Its page stays and says so. */
export function withdrawIdea(deps: Reading, person: SessionPerson, year: number, ideaId: number, version: number): Promise<Idea> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    await lockOwnIdea(reading, person, year, ideaId, version, { version })
    await requireOpenPhase(reading, year)
    const at = deps.clock.now()
    await updateIdea(trx, ideaId, { status: 'withdrawn', version: version + 1, at })
    await insertIdeaEvent(trx, { ideaId, kind: 'withdrawn', version: version + 1, at })
    return readIdea(reading, ideaId, person)
  })
}
