import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../config.ts'

/** When the process began, in the kernel's clock ticks: tells a living owner from a stranger who got its number. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function ownerOf(file: string): { pid: number; start: string | null } | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(file, 'utf8'))
    return { pid, start }
  } catch {
    return null
  }
}

function isHeld(owner: { pid: number; start: string | null } | null): boolean {
  return owner !== null && isAlive(owner.pid) && (owner.start === null || processStart(owner.pid) === owner.start)
}

/** Removes a dead owner's lock; renaming lets exactly one of several takers win. */
function removeStale(file: string): void {
  const stale = `${file}.${process.pid}.stale`
  try {
    renameSync(file, stale)
    rmSync(stale, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Answers whether the lock is ours now. @errors StartError when a living process holds it */
function tryLock(folder: string, file: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify({ pid: process.pid, start: processStart(process.pid) }), { flag: 'wx' })
    return true
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && syscall === 'open') return false
    throw new StartError(
      `The folder ${folder} cannot be written (${code}). Give the user that starts the server write permission, or set LOCAL_DIR to another folder.`,
    )
  }
}

/**
 * Takes the folder for this process alone; returns how to give it back. A lock left by a killed process is taken over.
 * @errors StartError when the folder cannot be written or another process holds it
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'process.lock')
  for (let attempt = 0; attempt < 3; attempt++) {
    if (tryLock(folder, file)) return () => rmSync(file, { force: true })
    const owner = ownerOf(file)
    if (isHeld(owner)) {
      throw new StartError(
        `The folder ${folder} is already in use by process ${owner?.pid}. Stop that process, or set LOCAL_DIR to another folder.`,
      )
    }
    removeStale(file)
  }
  throw new StartError(`The folder ${folder} is being taken by another process. Start again in a moment.`)
}
