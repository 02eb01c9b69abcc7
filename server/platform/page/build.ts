import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { StartError } from '../config.ts'

const root = resolve(import.meta.dirname, '../../..')
export const pageFolder = join(root, 'web/dist')
const stampFile = '.built-from'
// The page, and the folders in which other processes may just be building it.
const built = /^dist(\.\d+)?(\.old)?$/

// What the page is made of: its own files, the contracts and rules it shares with the server, the backdrop, the versions.
const SOURCES = [
  'web/**/*.{ts,tsx,css,json,html,svg,webmanifest}',
  'server/{kernel,*}/*.ts',
  'server/*/rules/**/*.ts',
  'data/{backdrop,gazetteer}/*.{json,geojson}',
  'server/platform/page/build.ts',
  'package-lock.json',
]

async function fingerprint(): Promise<string> {
  const files: string[] = []
  for await (const file of glob(SOURCES, { cwd: root, exclude: (name) => built.test(name) || name === 'node_modules' })) files.push(file)
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function runVite(folder: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const words = [vite, 'build', 'web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A start that fails meanwhile leaves nothing running behind it.
  const end = () => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const output: string[] = []
  child.stdout.on('data', (text) => output.push(String(text)))
  child.stderr.on('data', (text) => output.push(String(text)))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => {
      if (code === 0) return done()
      fail(new StartError(`The page could not be built:\n${output.join('').trim()}`))
    })
  })
}

function isBuiltFrom(wanted: string): boolean {
  const stamp = join(pageFolder, stampFile)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

/** Moves a whole page to where it is served from; of several processes that come at once the first is enough. */
function putInPlace(folder: string): void {
  const old = `${folder}.old`
  try {
    if (existsSync(pageFolder)) renameSync(pageFolder, old)
    renameSync(folder, pageFolder)
  } catch (error) {
    if (!existsSync(join(pageFolder, stampFile))) throw error
  } finally {
    rmSync(old, { recursive: true, force: true })
  }
}

/**
 * Builds the page unless what is there was built from these very files. Answers whether it built. Each process builds in a
 * folder of its own, so that several may start at once and a build cut short leaves the old page whole. @errors StartError
 */
export async function buildPage(): Promise<boolean> {
  const wanted = await fingerprint()
  if (isBuiltFrom(wanted)) return false
  const folder = `${pageFolder}.${process.pid}`
  try {
    await runVite(folder)
    writeFileSync(join(folder, stampFile), wanted)
    putInPlace(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return true
}
