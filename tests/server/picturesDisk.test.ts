import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commonProblem } from '../../server/kernel/problem.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import type { Storage } from '../../server/platform/storage/storage.ts'
import { phonePhoto, pictureForm } from '../builders/picture.ts'
import { createTestApp } from '../setup/app.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bm-store-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const text = (value: string) => new TextEncoder().encode(value)

describe('the folder store', () => {
  it('gives back what was written, whole, and forgets what was removed', async () => {
    const storage = createFolderStorage(folder)
    expect(await storage.read('pictures/a/320.avif')).toBeNull()
    await storage.write('pictures/a/320.avif', text('first'))
    await storage.write('pictures/a/320.avif', text('second'))
    expect(new TextDecoder().decode((await storage.read('pictures/a/320.avif')) ?? undefined)).toBe('second')
    expect((await storage.list('pictures/')).map(({ key }) => key)).toEqual(['pictures/a/320.avif'])
    await storage.remove('pictures/a/320.avif')
    await storage.remove('pictures/a/320.avif')
    expect(await storage.list('pictures/')).toEqual([])
    expect(readdirSync(join(folder, 'pictures'))).toEqual([])
  })

  it.each(['../outside', '/etc/passwd', 'a/../../b', 'a/.b', '', 'a//b'])('has no key %j', async (key) => {
    const storage = createFolderStorage(folder)
    await expect(storage.write(key, text('x'))).rejects.toThrow('not a storage key')
    await expect(storage.read(key)).rejects.toThrow('not a storage key')
    await expect(storage.remove(key)).rejects.toThrow('not a storage key')
    await expect(storage.list(`${key}/`)).rejects.toThrow('not a storage prefix')
  })

  it('takes many writers and removers of one folder', async () => {
    const storage = createFolderStorage(folder)
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        await storage.write(`pictures/a/${index}`, text('x'))
        await storage.remove(`pictures/a/${index}`)
      }),
    )
    expect(await storage.list('pictures/')).toEqual([])
  })

  it('removes at the start what a killed process was writing, but not what a living one writes', async () => {
    mkdirSync(join(folder, 'incoming'))
    for (const name of ['.old.part', '.new.part']) writeFileSync(join(folder, 'incoming', name), 'half')
    const yesterday = Date.now() / 1000 - 86_400
    utimesSync(join(folder, 'incoming', '.old.part'), yesterday, yesterday)
    const storage = createFolderStorage(folder)
    await pause(200)
    expect(readdirSync(join(folder, 'incoming'))).toEqual(['.new.part'])
    expect(await storage.list('incoming/')).toEqual([])
  })

  it('says in a sentence that its folder cannot be used', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => createFolderStorage(join(folder, 'file'))).toThrow(
      /^The folder for pictures, .* cannot be written \(\w+\)\. .*STORAGE_DIR/,
    )
  })
})

/** A file system of its own with 64 kB, where the system allows to make one. */
function mountTiny(): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0
}

/** Runs a program with a limit on the size of files: full for whoever may not mount. */
function runLimited(program: string): string {
  const file = join(folder, 'program.ts')
  writeFileSync(file, program)
  return execFileSync('sh', ['-c', `trap '' XFSZ; ulimit -f 64; exec "$0" "$1"`, process.execPath, file], { encoding: 'utf8' })
}

/** Where nothing may be mounted: the store refuses as the test above sees a real one refuse. */
function limitFileSize(storage: Storage): void {
  const { write } = storage
  storage.write = (key, bytes) =>
    bytes.byteLength > 64 * 1024 ? Promise.reject(commonProblem('storage-full', { retryAfterS: 600 })) : write(key, bytes)
}

describe('a full disk', () => {
  it('is a named problem and leaves nothing half-written', () => {
    const module = join(import.meta.dirname, '../../server/platform/storage/folderStorage.ts')
    const printed = runLimited(`
      import { createFolderStorage } from ${JSON.stringify(module)}
      const storage = createFolderStorage(${JSON.stringify(join(folder, 'store'))})
      await storage.write('pictures/a/small', new Uint8Array(1000))
      const answer = await storage.write('pictures/a/large', new Uint8Array(1_000_000)).catch((error) => error)
      console.log(JSON.stringify([answer.kind, answer.status, (await storage.list('pictures/')).map(({ key }) => key)]))
    `)
    expect(JSON.parse(printed)).toEqual(['storage-full', 507, ['pictures/a/small']])
    expect(readdirSync(join(folder, 'store', 'pictures', 'a'))).toEqual(['small'])
  })

  it('answers an upload with 507 and keeps neither row nor file', async () => {
    const isMounted = mountTiny()
    const test = await createTestApp({ STORAGE_DIR: folder })
    try {
      if (!isMounted) limitFileSize(test.deps.storage)
      const citizen = await test.signIn()
      const photo = await phonePhoto()
      expect(photo.byteLength).toBeGreaterThan(64 * 1024)
      const response = await test.send('POST', '/api/pictures', { as: citizen, body: pictureForm(photo) })
      expect([response.status, response.headers.get('retry-after')]).toEqual([507, '600'])
      expect(await response.json()).toMatchObject({ kind: 'storage-full' })
      expect(await test.deps.db.selectFrom('picture').select('picture_id').execute()).toEqual([])
      expect(readdirSync(folder, { recursive: true }).filter((name) => /part|[0-9a-f]{8}-/.test(String(name)))).toEqual([])
      const later = await test.send('POST', '/api/pictures', { as: citizen, body: pictureForm(await phonePhoto(60, 40)) })
      expect(later.status).toBe(201)
    } finally {
      await test.close()
      if (isMounted) spawnSync('umount', [folder])
    }
  })
})
