import { randomUUID } from 'node:crypto'
import { commonProblem, Problem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { type Picture, pictureProblem } from './contract.ts'
import { inspectPicture } from './inspect.ts'
import { originalKey, removeFiles, variantKey, variantUrl } from './keys.ts'
import {
  countUnattached,
  deleteUnattached,
  disownOtherPictures,
  insertPicture,
  lockAttachable,
  lockPerson,
  type PictureRow,
  selectPicture,
  selectPicturesOfIdeas,
  updateAltText,
  updatePositions,
} from './queries.ts'
import { MAX_UNATTACHED, maySeePicture } from './rules.ts'
import type { Upload } from './upload.ts'
import type { PictureFormat } from './variants.ts'

function toPicture(row: PictureRow): Picture {
  const { pictureId, status, altText, width, height, variants } = row
  return {
    pictureId,
    status,
    altText,
    width,
    height,
    variants: variants.map((variant) => ({ ...variant, url: variantUrl(pictureId, variant.width, variant.format) })),
  }
}

const tooMany = () => pictureProblem('too-many-pictures', { extra: { max: MAX_UNATTACHED } })

/** Refuses early what the transaction would refuse after all bytes came in. @errors Problem `too-many-pictures` */
export async function refuseTooMany({ db }: Pick<Deps, 'db'>, personId: string): Promise<void> {
  if ((await countUnattached(db, personId)) >= MAX_UNATTACHED) throw tooMany()
}

/**
 * Keeps a picture and has its variants made; it belongs to no idea yet.
 * @errors Problem `picture-format`, `picture-unreadable`, `picture-too-many-pixels`, `too-many-pictures`, `storage-full`
 */
export async function addPicture({ db, storage, jobs, clock }: Deps, personId: string, { bytes, altText }: Upload): Promise<Picture> {
  const size = await inspectPicture(bytes)
  const pictureId = randomUUID()
  await storage.write(originalKey(pictureId), bytes)
  try {
    await db.transaction().execute(async (trx) => {
      if (!(await lockPerson(trx, personId))) throw commonProblem('not-signed-in')
      if ((await countUnattached(trx, personId)) >= MAX_UNATTACHED) throw tooMany()
      await insertPicture(trx, { pictureId, personId, altText, ...size, createdAt: clock.now() })
      await jobs.send('make-picture-variants', { pictureId }, { db: trx })
    })
  } catch (error) {
    // A file whose row was committed after all must stay: only a refusal we know of removes it here, tidying the rest.
    if (error instanceof Problem) await storage.remove(originalKey(pictureId))
    throw error
  }
  return { pictureId, status: 'pending', altText, ...size, variants: [] }
}

async function findVisible(db: Database, pictureId: string, viewerId: string | null): Promise<PictureRow> {
  const row = await selectPicture(db, pictureId)
  if (row === undefined || !maySeePicture(row, viewerId)) throw commonProblem('not-found')
  return row
}

/** A picture this viewer may see. @errors Problem `not-found` */
export async function readPicture({ db }: Pick<Deps, 'db'>, pictureId: string, viewerId: string | null): Promise<Picture> {
  return toPicture(await findVisible(db, pictureId, viewerId))
}

/** Changes the alternative text of one's own picture. @errors Problem `not-found` */
export async function changeAltText({ db }: Pick<Deps, 'db'>, pictureId: string, personId: string, altText: string): Promise<Picture> {
  const row = await findVisible(db, pictureId, personId)
  if (!(await updateAltText(db, pictureId, personId, altText))) throw commonProblem('not-found')
  return toPicture({ ...row, altText })
}

/** Removes one's own picture with its files while no idea shows it. @errors Problem `not-found`, `picture-in-use` */
export async function removePicture({ db, storage }: Pick<Deps, 'db' | 'storage'>, pictureId: string, personId: string): Promise<void> {
  const row = await findVisible(db, pictureId, personId)
  if (row.personId !== personId) throw commonProblem('not-found')
  if (row.ideaId !== null || !(await deleteUnattached(db, pictureId))) throw pictureProblem('picture-in-use')
  await removeFiles(storage, pictureId)
}

interface VariantFile {
  isPublic: boolean
  /** @errors Problem `not-found` when the file has gone meanwhile */
  read: () => Promise<Uint8Array<ArrayBuffer>>
}

/** One variant's file for somebody who may see the picture, read when it is wanted. @errors Problem `not-found` */
export async function findVariant(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  wanted: { pictureId: string; width: number; format: PictureFormat },
  viewerId: string | null,
): Promise<VariantFile> {
  const row = await findVisible(db, wanted.pictureId, viewerId)
  const variant = row.variants.find(({ width, format }) => width === wanted.width && format === wanted.format)
  if (variant === undefined) throw commonProblem('not-found')
  const read = async () => {
    const bytes = await storage.read(variantKey(wanted.pictureId, variant.width, variant.format))
    if (bytes === null) throw commonProblem('not-found')
    return bytes
  }
  return { isPublic: row.ideaId !== null, read }
}

/**
 * Puts pictures on an idea in this order and takes the others off it; part of the transaction that writes the idea.
 * Answers which ids are not the person's to use; then nothing is changed.
 */
export async function attachPictures(
  trx: Database,
  { ideaId, personId, pictureIds }: { ideaId: number; personId: string; pictureIds: string[] },
): Promise<{ ok: true } | { ok: false; unknown: string[] }> {
  const wanted = pictureIds.map((pictureId) => pictureId.toLowerCase())
  const usable = new Set(wanted.length > 0 ? await lockAttachable(trx, personId, ideaId, wanted) : [])
  const unknown = wanted.filter((pictureId, index) => !usable.has(pictureId) || wanted.indexOf(pictureId) !== index)
  if (unknown.length > 0) return { ok: false, unknown }
  await disownOtherPictures(trx, ideaId, wanted)
  await updatePositions(trx, ideaId, wanted)
  return { ok: true }
}

/** Pictures of several ideas, each in the order to show them; those that could not be read are left out. */
export async function readPicturesOf(db: Database, ideaIds: number[]): Promise<Map<number, Picture[]>> {
  const pictures = new Map<number, Picture[]>()
  if (ideaIds.length === 0) return pictures
  for (const row of await selectPicturesOfIdeas(db, ideaIds)) {
    if (row.ideaId === null || row.status === 'failed') continue
    pictures.set(row.ideaId, [...(pictures.get(row.ideaId) ?? []), toPicture(row)])
  }
  return pictures
}
