import { Problem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import type { Storage } from '../platform/storage/storage.ts'
import { INCOMING, originalKey, PICTURES, pictureIdOf, removeFiles, variantKey } from './keys.ts'
import {
  deleteUnattached,
  insertVariants,
  lockPicture,
  type PictureRow,
  selectAbandoned,
  selectExisting,
  selectPicture,
  selectStuck,
  updateStatus,
} from './queries.ts'
import { makeVariants, type Variant } from './variants.ts'

type JobDeps = Pick<Deps, 'db' | 'storage' | 'log' | 'clock' | 'jobs'>

const HOUR_MS = 3_600_000
const DRAFT_MS = 14 * 24 * HOUR_MS
const BATCH = 500

async function writeVariants(storage: Storage, row: PictureRow, original: Uint8Array): Promise<Variant[]> {
  const variants: Variant[] = []
  for await (const variant of makeVariants(original, row)) {
    await storage.write(variantKey(row.pictureId, variant.width, variant.format), variant.bytes)
    variants.push(variant)
  }
  return variants
}

/** The variants, or `null` when no trying again will ever make them. */
async function tryVariants({ storage, log }: JobDeps, row: PictureRow): Promise<Variant[] | null> {
  const original = await storage.read(originalKey(row.pictureId))
  if (original === null) return null
  try {
    return await writeVariants(storage, row, original)
  } catch (error) {
    // A full disk passes and an error of the system has a code; what remains is the picture's own fault.
    if (error instanceof Problem || (error as NodeJS.ErrnoException).code !== undefined) throw error
    log.warn({ pictureId: row.pictureId }, 'picture cannot be decoded')
    return null
  }
}

/** Makes a picture's variants and lets go of the file that was sent. Doing it twice changes nothing. */
export async function makePictureVariants(deps: JobDeps, pictureId: string): Promise<void> {
  const { db, storage } = deps
  const row = await selectPicture(db, pictureId)
  const variants = row?.status === 'pending' ? await tryVariants(deps, row) : null
  const isThere = await db.transaction().execute(async (trx) => {
    const status = await lockPicture(trx, pictureId)
    if (status !== 'pending') return status !== null
    if (variants !== null) await insertVariants(trx, pictureId, variants)
    await updateStatus(trx, pictureId, variants === null ? 'failed' : 'ready')
    return true
  })
  // Deleted while its variants were being made: then these go too.
  if (isThere) await storage.remove(originalKey(pictureId))
  else await removeFiles(storage, pictureId)
}

async function removeAbandonedRows({ db, storage, clock }: JobDeps): Promise<number> {
  const before = new Date(clock.now().getTime() - DRAFT_MS)
  let removed = 0
  for (;;) {
    const pictureIds = await selectAbandoned(db, before, BATCH)
    for (const pictureId of pictureIds) {
      if (!(await deleteUnattached(db, pictureId))) continue
      await removeFiles(storage, pictureId)
      removed += 1
    }
    if (pictureIds.length < BATCH) return removed
  }
}

/** Files without a row: of uploads that broke off, of ideas removed with their pictures. Young ones may get their row yet. */
async function removeOrphanFiles({ db, storage, clock }: JobDeps, prefix: string): Promise<number> {
  const before = clock.now().getTime() - HOUR_MS
  const files = (await storage.list(prefix)).filter((file) => file.modifiedAt.getTime() < before)
  let removed = 0
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH)
    const existing = await selectExisting(db, [...new Set(batch.map((file) => pictureIdOf(file.key)))])
    for (const { key } of batch.filter((file) => !existing.has(pictureIdOf(file.key)))) {
      await storage.remove(key)
      removed += 1
    }
  }
  return removed
}

/** Removes what no idea uses any more, and tries pictures again whose job was lost. Part of the nightly tidying. */
export async function removeAbandonedPictures(deps: JobDeps): Promise<void> {
  const pictures = await removeAbandonedRows(deps)
  const files = (await removeOrphanFiles(deps, INCOMING)) + (await removeOrphanFiles(deps, PICTURES))
  const stuck = await selectStuck(deps.db, new Date(deps.clock.now().getTime() - HOUR_MS))
  for (const pictureId of stuck) await deps.jobs.send('make-picture-variants', { pictureId })
  deps.log.info({ pictures, files, stuck: stuck.length }, 'pictures tidied')
}

/** Says who makes variants; called while the rooms are put together. */
export function handleFileJobs(deps: Deps): void {
  deps.jobs.handle('make-picture-variants', ({ pictureId }) => makePictureVariants(deps, pictureId))
}
