import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from './folderLock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bm-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lockFile = () => join(folder, 'process.lock')

it('is taken once, names its owner, and can be taken again after it was given back', () => {
  const unlock = lockFolder(folder)
  expect(JSON.parse(readFileSync(lockFile(), 'utf8')).pid).toBe(process.pid)
  expect(() => lockFolder(folder)).toThrow(`already in use by process ${process.pid}`)
  unlock()
  lockFolder(folder)()
  expect(readdirSync(folder)).toEqual([])
})

it('is taken over from a process that is gone, and from a stranger who got its number', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(lockFile(), JSON.stringify({ pid, start: '1' }))
  lockFolder(folder)()
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, start: 'another life' }))
  lockFolder(folder)()
  writeFileSync(lockFile(), 'not ours to read')
  lockFolder(folder)()
  expect(readdirSync(folder)).toEqual([])
})
