import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharp } from '../../server/files/imageLibrary.ts'
import { makePictureVariants, removeAbandonedPictures } from '../../server/files/jobs.ts'
import { originalKey } from '../../server/files/keys.ts'
import { addPicture, readPicture, removePicture } from '../../server/files/service.ts'
import { makeVariants } from '../../server/files/variants.ts'
import type { Deps } from '../../server/platform/deps.ts'
import { flatPicture, phonePhoto } from '../builders/picture.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

const DAY_MS = 86_400_000
let test: TestApp
let deps: Deps
let personId: string

beforeAll(async () => {
  test = await createTestApp()
  deps = test.deps
  personId = (await test.signIn()).personId
})
afterAll(() => test.close())

const add = async (bytes: Uint8Array<ArrayBuffer>) => (await addPicture(deps, personId, { bytes, altText: 'Et billede' })).pictureId
const keysOf = async (pictureId: string) =>
  [...(await deps.storage.list('incoming/')), ...(await deps.storage.list('pictures/'))]
    .map(({ key }) => key)
    .filter((key) => key.includes(pictureId))
const remove = (pictureId: string) => removePicture(deps, pictureId, personId)

describe('variants', () => {
  it('hold no trace of the camera, the owner or the place', async () => {
    const photo = await phonePhoto()
    const before = await sharp(photo).metadata()
    expect(before.exif?.toString('latin1')).toContain('Anna Jensen')
    expect(before.orientation).toBe(6)
    let count = 0
    for await (const { bytes, format, width, height } of makeVariants(photo, { width: 1000, height: 1800 })) {
      const after = await sharp(bytes).metadata()
      expect(after).toMatchObject({ format: format === 'avif' ? 'heif' : 'webp', width, height, space: 'srgb', hasProfile: false })
      for (const kept of [after.exif, after.xmp, after.iptc, after.icc, after.comments]) expect(kept).toBeUndefined()
      expect(after.orientation ?? 1).toBe(1)
      const text = Buffer.from(bytes).toString('latin1')
      for (const trace of ['Anna', 'Telefon', 'Exif']) expect(text).not.toContain(trace)
      count += 1
    }
    expect(count).toBe(6)
  })

  it('stand upright', async () => {
    // Left half red, right half blue; orientation 3 turns it by 180 degrees.
    const red = await sharp({ create: { width: 50, height: 100, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const sent = await sharp({ create: { width: 100, height: 100, channels: 3, background: 'blue' } })
      .composite([{ input: red, left: 0, top: 0 }])
      .jpeg({ quality: 100 })
      .withMetadata({ orientation: 3 })
      .toBuffer()
    for await (const { bytes } of makeVariants(sent, { width: 100, height: 100 })) {
      const { data } = await sharp(bytes).extract({ left: 10, top: 50, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true })
      expect(data[2]).toBeGreaterThan(200)
      expect(data[0]).toBeLessThan(60)
    }
  })

  it.each([
    [1, 1],
    [3, 2000],
    [2000, 1],
    [90, 20_000],
  ])('are made of a picture of %d × %d', async (width, height) => {
    for await (const variant of makeVariants(await flatPicture(width, height), { width, height })) {
      expect(await sharp(variant.bytes).metadata()).toMatchObject({ width: variant.width, height: variant.height })
    }
  })

  it('keep see-through parts and take grey and CMYK pictures', async () => {
    const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } })
      .png()
      .toBuffer()
    for await (const { bytes } of makeVariants(clear, { width: 20, height: 20 }))
      expect((await sharp(bytes).metadata()).hasAlpha).toBe(true)
    const red = sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
    for (const space of ['b-w', 'cmyk']) {
      const sent = await red.clone().toColourspace(space).jpeg().toBuffer()
      for await (const { bytes } of makeVariants(sent, { width: 20, height: 20 }))
        expect((await sharp(bytes).metadata()).space).toBe('srgb')
    }
  })
})

describe('the job', () => {
  it('lets go of the file that was sent, and changes nothing when done twice', async () => {
    const pictureId = await add(await flatPicture(400, 300))
    expect(await keysOf(pictureId)).toEqual([originalKey(pictureId)])
    await makePictureVariants(deps, pictureId)
    const [files, picture] = [await keysOf(pictureId), await readPicture(deps, pictureId, personId)]
    expect(files).toHaveLength(4)
    await makePictureVariants(deps, pictureId)
    expect(await keysOf(pictureId)).toEqual(files)
    expect(await readPicture(deps, pictureId, personId)).toEqual(picture)
    await remove(pictureId)
    expect(await keysOf(pictureId)).toEqual([])
  })

  it('may run twice at the same time', async () => {
    const pictureId = await add(await flatPicture(400, 300))
    await Promise.all([makePictureVariants(deps, pictureId), makePictureVariants(deps, pictureId)])
    const picture = await readPicture(deps, pictureId, personId)
    expect(picture).toMatchObject({ status: 'ready' })
    for (const { width, format } of picture.variants)
      expect(await deps.storage.read(`pictures/${pictureId}/${width}.${format}`)).not.toBeNull()
    await remove(pictureId)
  })

  it('marks as failed what cannot be decoded after all', async () => {
    const pictureId = await add(await flatPicture(400, 300))
    await deps.storage.write(originalKey(pictureId), new TextEncoder().encode('not a picture'))
    await makePictureVariants(deps, pictureId)
    expect(await readPicture(deps, pictureId, personId)).toMatchObject({ status: 'failed', variants: [] })
    expect(await keysOf(pictureId)).toEqual([])
    await remove(pictureId)
  })

  it('leaves nothing behind when the picture is removed meanwhile', async () => {
    const pictureId = await add(await flatPicture(400, 300))
    const storage = {
      ...deps.storage,
      read: async (key: string) => {
        const bytes = await deps.storage.read(key)
        await remove(pictureId)
        return bytes
      },
    }
    await makePictureVariants({ ...deps, storage }, pictureId)
    expect(await keysOf(pictureId)).toEqual([])
  })

  it('keeps the picture waiting when the disk is full', async () => {
    const pictureId = await add(await flatPicture(400, 300))
    const { commonProblem } = await import('../../server/kernel/problem.ts')
    const storage = { ...deps.storage, write: () => Promise.reject(commonProblem('storage-full')) }
    await expect(makePictureVariants({ ...deps, storage }, pictureId)).rejects.toMatchObject({ kind: 'storage-full' })
    expect(await readPicture(deps, pictureId, personId)).toMatchObject({ status: 'pending' })
    await makePictureVariants(deps, pictureId)
    expect(await readPicture(deps, pictureId, personId)).toMatchObject({ status: 'ready' })
    await remove(pictureId)
  })
})

describe('tidying', () => {
  const at = (ms: number): Deps => ({ ...deps, clock: { now: () => new Date(ms) } })

  it('removes drafts after fourteen days with their files', async () => {
    const pictureId = await add(await flatPicture(400, 300))
    await makePictureVariants(deps, pictureId)
    const created = deps.clock.now().getTime()
    await removeAbandonedPictures(at(created + 13 * DAY_MS))
    expect(await readPicture(deps, pictureId, personId)).toMatchObject({ status: 'ready' })
    await removeAbandonedPictures(at(created + 14 * DAY_MS + 1000))
    await expect(readPicture(deps, pictureId, personId)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await keysOf(pictureId)).toEqual([])
  })

  it('removes what belongs to nobody at once', async () => {
    const pictureId = await add(await flatPicture(40, 30))
    await deps.db.updateTable('picture').set({ person_id: null }).where('picture_id', '=', pictureId).execute()
    await removeAbandonedPictures(deps)
    expect(await keysOf(pictureId)).toEqual([])
  })

  it('removes files without a row, but not young ones', async () => {
    const [upload, variant] = [crypto.randomUUID(), crypto.randomUUID()]
    await deps.storage.write(`incoming/${upload}`, new Uint8Array(10))
    await deps.storage.write(`pictures/${variant}/320.avif`, new Uint8Array(10))
    await removeAbandonedPictures(at(Date.now()))
    expect([...(await keysOf(upload)), ...(await keysOf(variant))]).toHaveLength(2)
    await removeAbandonedPictures(at(Date.now() + 2 * 3_600_000))
    expect([...(await keysOf(upload)), ...(await keysOf(variant))]).toEqual([])
  })

  it('makes variants whose job was lost', async () => {
    const pictureId = await add(await flatPicture(40, 30))
    const sent: string[] = []
    const jobs = {
      ...deps.jobs,
      send: async (_name: string, payload: object) => void sent.push((payload as { pictureId: string }).pictureId),
    }
    await removeAbandonedPictures({ ...at(deps.clock.now().getTime() + 2 * 3_600_000), jobs })
    expect(sent).toContain(pictureId)
  })
})
