import { placeGeometry } from '../districts/service.ts'
import { recordFindings } from '../feasibility/records.ts'
import type { Database } from '../platform/db/connect.ts'
import type { IdeaStatus, NewIdea } from './contract.ts'
import { insertIdea, insertIdeaEvent, updateIdea } from './queries.ts'

export interface IdeaImport extends Omit<NewIdea, 'pictureIds'> {
  personId: string
  status: IdeaStatus
  at: Date
}

/**
 * Adds an idea with its history as if it had been sent at that time; its district is computed like any other's.
 * Returns its number and the districts. @errors Problem as for a new idea
 */
export async function importIdea(trx: Database, roundYear: number, { status, ...idea }: IdeaImport) {
  const placement = await placeGeometry(trx, idea.geometry)
  const ideaId = await insertIdea(trx, { ...idea, roundYear, placement })
  await insertIdeaEvent(trx, { ideaId, kind: 'submitted', version: 1, at: idea.at })
  await recordFindings(trx, ideaId, 'submission', idea.at)
  if (status === 'withdrawn') {
    const at = new Date(idea.at.getTime() + 86_400_000)
    await updateIdea(trx, ideaId, { status, version: 2, at })
    await insertIdeaEvent(trx, { ideaId, kind: 'withdrawn', version: 2, at })
  }
  return { ideaId, districtId: placement.districtId, spansDistricts: placement.spansDistricts }
}

/** The numbers of a round's ideas by their titles; what is not there is not in it. */
export async function selectIdeaIds(db: Database, year: number, titles: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('idea')
    .where('round_year', '=', year)
    .where('title', 'in', titles)
    .where('status', '=', 'submitted')
    .select(['idea_id as ideaId', 'title'])
    .execute()
  return new Map(rows.map(({ ideaId, title }) => [title, ideaId]))
}

/** Removes every idea of these rounds with its history and pictures; returns the pictures, whose files are left to the caller. */
export async function deleteIdeasOfRounds(trx: Database, years: readonly number[]): Promise<{ ideaCount: number; pictureIds: string[] }> {
  if (years.length === 0) return { ideaCount: 0, pictureIds: [] }
  const pictures = await trx
    .selectFrom('picture')
    .innerJoin('idea', 'idea.idea_id', 'picture.idea_id')
    .where('idea.round_year', 'in', years)
    .select('picture.picture_id as pictureId')
    .execute()
  const deleted = await trx.deleteFrom('idea').where('round_year', 'in', years).executeTakeFirst()
  return { ideaCount: Number(deleted.numDeletedRows), pictureIds: pictures.map(({ pictureId }) => pictureId) }
}
