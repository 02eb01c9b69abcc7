import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { StartError } from '../config.ts'

const execute = promisify(execFile)

/** What a backup holds: `database` is a folder of the embedded database or a dump of a server. */
const manifestSchema = z.object({ kind: z.enum(['embedded', 'server']), madeAt: z.iso.datetime(), format: z.literal(1) })
export type Manifest = z.infer<typeof manifestSchema>

/** Runs a program of the system. @errors StartError when it is missing or fails, with its first complaint */
export async function runProgram(program: string, args: string[], advice: string, env: Record<string, string> = {}): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { env: { ...process.env, LC_ALL: 'C', ...env }, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string }
    if (code === 'ENOENT') throw new StartError(`The program ${program} is missing. ${advice}`)
    const complaint = stderr?.trim().split('\n')[0] ?? String(code)
    throw new StartError(`${program} failed: ${complaint}`)
  }
}

const tar = (...args: string[]) => runProgram('tar', args, 'Install it (on Debian the package tar).')

/** Makes a folder beside a file for what is not finished, and removes it in the end. */
export async function withWorkFolder<Result>(beside: string, work: (folder: string) => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(resolve(beside)), { recursive: true })
  const folder = mkdtempSync(join(dirname(resolve(beside)), '.bm-backup-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Packs the folder `from` into `file`; an absent one becomes an empty archive. */
export async function packFolder(from: string, file: string): Promise<void> {
  const exists = statSync(from, { throwIfNoEntry: false })?.isDirectory() === true
  if (exists) await tar('-cf', file, '-C', from, '.')
  else await tar('-cf', file, '-T', '/dev/null')
}

/** Unpacks into a folder, which is made. */
export async function unpackFolder(file: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true, mode: 0o700 })
  await tar('-xf', file, '-C', into, '--no-same-owner')
}

/** Writes the finished backup in one step, so that a half-written one never carries its name. */
export async function writeArchive(folder: string, kind: Manifest['kind'], now: Date, target: string): Promise<number> {
  const manifest: Manifest = { kind, madeAt: now.toISOString(), format: 1 }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  const unfinished = join(folder, 'backup.tar.gz')
  await tar('-czf', unfinished, '-C', folder, 'manifest.json', 'database', 'files.tar')
  // It holds everything people wrote.
  chmodSync(unfinished, 0o600)
  renameSync(unfinished, target)
  return statSync(target).size
}

/** Unpacks a backup into a folder and reads what it is. @errors StartError when it is none, damaged or of the other kind */
export async function openArchive(source: string, folder: string, wanted: Manifest['kind']): Promise<Manifest> {
  if (!statSync(source, { throwIfNoEntry: false })?.isFile()) throw new StartError(`There is no file ${source}.`)
  let manifest: Manifest
  try {
    await tar('-xzf', resolve(source), '-C', folder)
    manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  } catch (error) {
    throw new StartError(`${basename(source)} is not a whole backup (${(error as Error).message}). Nothing was changed.`)
  }
  if (manifest.kind === wanted) return manifest
  const sentence = {
    embedded: 'It is a backup of the embedded database. Unset DATABASE_URL to restore it.',
    server: 'It is a backup of a database server. Set DATABASE_URL to restore it there.',
  }
  throw new StartError(`${basename(source)} cannot be restored here. ${sentence[manifest.kind]}`)
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    // The pictures may lie on another disk than the database.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    cpSync(from, to, { recursive: true })
  }
}

/** Puts `fresh` in the place of `current`; what was there is kept beside it under a name with the time. */
export function replaceFolder(fresh: string, current: string, now: Date): string | null {
  const kept = `${current}.before-restore-${now.toISOString().replaceAll(/[:.]/g, '-')}`
  mkdirSync(dirname(current), { recursive: true })
  const existed = statSync(current, { throwIfNoEntry: false }) !== undefined
  if (existed) renameSync(current, kept)
  move(fresh, current)
  return existed ? kept : null
}
