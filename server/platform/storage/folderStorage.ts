import { randomUUID } from 'node:crypto'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { commonProblem } from '../../kernel/problem.ts'
import { StartError } from '../config.ts'
import { isStorageKey, type Storage, type StoredFile } from './storage.ts'

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? ''
// The dot keeps unfinished files outside the keys; the name keeps them apart from finished ones.
const unfinished = /^\..+\.part$/
const ABANDONED_MS = 3_600_000

/** Makes names in a folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o640)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes beside the place and renames: readers see the whole file or none. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  const part = join(folder, `.${randomUUID()}.part`)
  await mkdir(folder, { recursive: true, mode: 0o750 })
  try {
    await writeThrough(part, bytes)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    await rmdir(folder).catch(() => {})
    throw error
  }
  await syncFolder(folder)
}

async function modifiedAt(path: string): Promise<Date | null> {
  const found = await stat(path).catch(() => null)
  return found?.mtime ?? null
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** What a killed process was writing; a file younger than an hour may belong to a living one. */
async function removeUnfinished(root: string): Promise<void> {
  for (const path of await filesBelow(root)) {
    if (!unfinished.test(path.slice(path.lastIndexOf('/') + 1))) continue
    const at = await modifiedAt(path)
    if (at !== null && Date.now() - at.getTime() > ABANDONED_MS) await rm(path, { force: true })
  }
}

async function listFiles(root: string, prefix: string): Promise<StoredFile[]> {
  const files: StoredFile[] = []
  for (const path of await filesBelow(join(root, prefix))) {
    const key = relative(root, path)
    const at = isStorageKey(key) ? await modifiedAt(path) : null
    if (at !== null) files.push({ key, modifiedAt: at })
  }
  return files
}

function prepareFolder(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o750 })
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartError(
      `The folder for pictures, ${root}, cannot be written (${codeOf(error)}). Give the user that starts the server write permission, or set STORAGE_DIR to another folder.`,
    )
  }
}

/** Files in a folder of this machine, or one that several machines mount. @errors StartError when it cannot be written */
export function createFolderStorage(folder: string): Storage {
  const root = resolve(folder)
  prepareFolder(root)
  // Nobody waits for this tidying; what it cannot remove is removed at the next start.
  removeUnfinished(root).catch(() => {})
  const pathOf = (key: string) => {
    if (!isStorageKey(key)) throw new Error('not a storage key')
    return join(root, key)
  }
  return {
    async write(key, bytes) {
      const path = pathOf(key)
      try {
        // Somebody may remove the folder as empty between making and using it: once more, then it is an error.
        await writeWhole(path, bytes).catch((error) => (codeOf(error) === 'ENOENT' ? writeWhole(path, bytes) : Promise.reject(error)))
      } catch (error) {
        throw full.has(codeOf(error)) ? commonProblem('storage-full', { retryAfterS: 600, cause: error }) : error
      }
    },
    async read(key) {
      return await readFile(pathOf(key)).catch((error) => {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
        throw error
      })
    },
    async remove(key) {
      const path = pathOf(key)
      await rm(path, { force: true })
      // Only succeeds when it is empty.
      if (dirname(path) !== root) await rmdir(dirname(path)).catch(() => {})
    },
    async list(prefix) {
      if (!prefix.endsWith('/') || !isStorageKey(prefix.slice(0, -1))) throw new Error('not a storage prefix')
      return await listFiles(root, prefix)
    },
  }
}
