import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { PUBLIC_IDEA_STATUSES } from '../ideas/contract.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Size } from './rules.ts'
import type { PictureFormat, Variant } from './variants.ts'

export type PictureStatus = 'pending' | 'ready' | 'failed'

/** Pictures with their variants and what decides who may see them. */
function pictures(db: Database) {
  return db
    .selectFrom('picture')
    .leftJoin('idea', 'idea.idea_id', 'picture.idea_id')
    .select((eb) => [
      'picture.picture_id as pictureId',
      'picture.person_id as personId',
      'picture.idea_id as ideaId',
      sql<boolean>`coalesce(${eb('idea.status', 'in', [...PUBLIC_IDEA_STATUSES])}, false)`.as('ideaIsPublic'),
      'picture.alt_text as altText',
      sql<PictureStatus>`picture.status`.as('status'),
      'picture.width',
      'picture.height',
      jsonArrayFrom(
        eb
          .selectFrom('picture_variant as variant')
          .select(['variant.width', 'variant.height', sql<PictureFormat>`variant.format`.as('format')])
          .whereRef('variant.picture_id', '=', 'picture.picture_id')
          .orderBy('variant.width')
          .orderBy('variant.format'),
      ).as('variants'),
    ])
}

/** One picture with its variants and whether its idea may be shown. */
export async function selectPicture(db: Database, pictureId: string) {
  return await pictures(db).where('picture.picture_id', '=', pictureId).executeTakeFirst()
}
export type PictureRow = NonNullable<Awaited<ReturnType<typeof selectPicture>>>

/** Pictures of some ideas in the order to show them. */
export async function selectPicturesOfIdeas(db: Database, ideaIds: number[]): Promise<PictureRow[]> {
  return await pictures(db).where('picture.idea_id', 'in', ideaIds).orderBy('picture.idea_id').orderBy('picture.position').execute()
}

/** Holds the person's row until the transaction ends, so that uploads of one person are counted one after the other. */
export async function lockPerson(db: Database, personId: string): Promise<boolean> {
  const row = await db.selectFrom('person').select('person_id').where('person_id', '=', personId).forNoKeyUpdate().executeTakeFirst()
  return row !== undefined
}

/** How many pictures of a person belong to no idea yet. */
export async function countUnattached(db: Database, personId: string): Promise<number> {
  const row = await db
    .selectFrom('picture')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('idea_id', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Notes a picture just received, without variants. */
export async function insertPicture(
  db: Database,
  picture: Size & { pictureId: string; personId: string; altText: string; createdAt: Date },
): Promise<void> {
  await db
    .insertInto('picture')
    .values({
      picture_id: picture.pictureId,
      person_id: picture.personId,
      alt_text: picture.altText,
      width: picture.width,
      height: picture.height,
      created_at: picture.createdAt,
    })
    .execute()
}

/** Changes the text of a person’s own picture; answers whether there was one. */
export async function updateAltText(db: Database, pictureId: string, personId: string, altText: string): Promise<boolean> {
  const result = await db
    .updateTable('picture')
    .set({ alt_text: altText })
    .where('picture_id', '=', pictureId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Deletes a picture that belongs to no idea; false when it meanwhile does. */
export async function deleteUnattached(db: Database, pictureId: string): Promise<boolean> {
  const result = await db.deleteFrom('picture').where('picture_id', '=', pictureId).where('idea_id', 'is', null).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** The picture's status, its row held until the transaction ends. */
export async function lockPicture(db: Database, pictureId: string): Promise<PictureStatus | null> {
  const row = await db
    .selectFrom('picture')
    .select(sql<PictureStatus>`status`.as('status'))
    .where('picture_id', '=', pictureId)
    .forUpdate()
    .executeTakeFirst()
  return row?.status ?? null
}

/** Writes how far a picture has come. */
export async function updateStatus(db: Database, pictureId: string, status: PictureStatus): Promise<void> {
  await db.updateTable('picture').set({ status }).where('picture_id', '=', pictureId).execute()
}

/** Notes the variants a picture is offered in. @unit pixels, bytes */
export async function insertVariants(db: Database, pictureId: string, variants: Variant[]): Promise<void> {
  const rows = variants.map(({ width, height, format, bytes }) => ({
    picture_id: pictureId,
    width,
    height,
    format,
    byte_count: bytes.byteLength,
  }))
  await db.insertInto('picture_variant').values(rows).execute()
}

/** Pictures a person may put on an idea: their own, on no idea or already on this one. Their rows are held. */
export async function lockAttachable(db: Database, personId: string, ideaId: number, pictureIds: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('picture')
    .select('picture_id')
    .where('picture_id', 'in', pictureIds)
    .where('person_id', '=', personId)
    .where((eb) => eb.or([eb('idea_id', 'is', null), eb('idea_id', '=', ideaId)]))
    .orderBy('picture_id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.picture_id)
}

/** Attaches pictures to an idea in the given order. */
export async function updatePositions(db: Database, ideaId: number, pictureIds: string[]): Promise<void> {
  for (const [position, pictureId] of pictureIds.entries()) {
    await db.updateTable('picture').set({ idea_id: ideaId, position }).where('picture_id', '=', pictureId).execute()
  }
}

/** Takes the other pictures off an idea. They belong to nobody from then on, and the next tidying removes them. */
export async function disownOtherPictures(db: Database, ideaId: number, pictureIds: string[]): Promise<void> {
  await db
    .updateTable('picture')
    .set({ idea_id: null, position: null, person_id: null })
    .where('idea_id', '=', ideaId)
    .$if(pictureIds.length > 0, (query) => query.where('picture_id', 'not in', pictureIds))
    .execute()
}

/** Pictures on no idea whose owner is gone or that are older than a draft may be. */
export async function selectAbandoned(db: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('picture')
    .select('picture_id')
    .where('idea_id', 'is', null)
    .where((eb) => eb.or([eb('person_id', 'is', null), eb('created_at', '<', before)]))
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.picture_id)
}

/** Pictures whose variants should have been made long ago. */
export async function selectStuck(db: Database, before: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('picture')
    .select('picture_id')
    .where('status', '=', 'pending')
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(1000)
    .execute()
  return rows.map((row) => row.picture_id)
}

/** Those of the ids that are pictures. */
export async function selectExisting(db: Database, pictureIds: string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('picture').select('picture_id').where('picture_id', 'in', pictureIds).execute()
  return new Set(rows.map((row) => row.picture_id))
}
