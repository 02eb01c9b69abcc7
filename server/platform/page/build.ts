import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { StartError } from '../config.ts'

const root = resolve(import.meta.dirname, '../../..')
export const pageFolder = join(root, 'web/dist')
const stampFile = join(pageFolder, '.built-from')

// What the page is made of: its own files, the contracts and rules it shares with the server, the backdrop, the versions.
const SOURCES = [
  'web/**/*.{ts,tsx,css,json,html,svg,webmanifest}',
  'server/{kernel,*}/*.ts',
  'data/{backdrop,gazetteer}/*.{json,geojson}',
  'package-lock.json',
]

async function fingerprint(): Promise<string> {
  const files: string[] = []
  for await (const file of glob(SOURCES, { cwd: root, exclude: (name) => name === 'dist' || name === 'node_modules' })) files.push(file)
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function runVite(): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  // A start that fails meanwhile leaves nothing running behind it.
  const end = () => void child.kill()
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

/** Builds the page unless what is there was built from these very files. Answers whether it built. @errors StartError */
export async function buildPage(): Promise<boolean> {
  const wanted = await fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false
  await runVite()
  writeFileSync(stampFile, wanted)
  return true
}
