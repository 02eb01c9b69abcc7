import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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

interface Owner {
  pid: number
  start: string | null
}

function ownerOf(file: string): Owner | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(file, 'utf8'))
    return { pid, start }
  } catch {
    return null
  }
}

function isHeld(owner: Owner | null): boolean {
  return owner !== null && isAlive(owner.pid) && (owner.start === null || processStart(owner.pid) === owner.start)
}

/**
 * Removes a dead owner's lock. Between looking and removing somebody else may have taken it: what comes off is looked at
 * once more and put back when it is not the dead one's.
 */
function removeStale(file: string, dead: Owner | null): void {
  const removed = `${file}.${process.pid}.stale`
  try {
    renameSync(file, removed)
    const owner = ownerOf(removed)
    if (owner !== null && (owner.pid !== dead?.pid || owner.start !== dead.start)) linkSync(removed, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(removed, { force: true })
  }
}

/** Answers whether the lock is ours now. @errors StartError when a living process holds it */
function tryLock(folder: string, file: string): boolean {
  // Written aside and linked: whoever sees the lock sees whole whose it is.
  const mine = `${file}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(mine, JSON.stringify({ pid: process.pid, start: processStart(process.pid) }))
    return linkOnce(mine, file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(
      `The folder ${folder} cannot be written (${code}). Give the user that starts the server write permission, or set LOCAL_DIR to another folder.`,
    )
  }
}

/** Gives a whole file a second name unless that is taken, and takes the first one away. */
function linkOnce(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(from, { force: true })
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
    removeStale(file, owner)
  }
  throw new StartError(`The folder ${folder} is being taken by another process. Start again in a moment.`)
}
