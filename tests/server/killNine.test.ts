import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testPeople } from '../../server/accounts/developmentPeople.ts'
import { readConfig } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { newIdea } from '../builders/idea.ts'
import { buildOpenRound } from '../builders/openRound.ts'
import { type ChildServer, endChild, startChild } from '../setup/childServer.ts'
import { CookieBrowser } from '../setup/cookieBrowser.ts'
import { type ClonedDatabase, cloneDatabase } from '../setup/database.ts'

const KILLS = 3
const WRITERS = 4

let clone: ClonedDatabase
let environment: Record<string, string>
let year: number
let running: ChildServer | null = null
beforeAll(async () => {
  clone = await cloneDatabase()
  environment = { ...clone.environment, NODE_ENV: 'development', DEMO: 'false' }
  const handle = await openDatabase(readConfig(environment))
  year = await buildOpenRound(handle.db)
  await handle.close()
})
afterAll(async () => {
  if (running) await endChild(running)
  await clone.remove()
})

async function start(): Promise<{ url: string; startedInMs: number }> {
  running = startChild(environment)
  return running.ready
}

interface Acknowledged {
  ideaId: number
  title: string
}

/** Writes ideas one after the other until the server is gone; what was answered 201 is noted. */
async function writeUntilGone(url: string, person: string, acknowledged: Acknowledged[]): Promise<void> {
  const browser = new CookieBrowser(url)
  await browser.signIn(person)
  const { csrfToken } = await browser.session()
  for (let count = 0; ; count++) {
    const title = `Bænk ${count} af ${person} ${crypto.randomUUID().slice(0, 8)}`
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken ?? '' }
    const response = await browser.send(`/api/rounds/${year}/ideas`, { method: 'POST', headers, body: JSON.stringify(newIdea({ title })) })
    // This person has written enough for an hour.
    if (response.status === 429) return
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    acknowledged.push({ ideaId: ((await response.json()) as Acknowledged).ideaId, title })
  }
}

async function readAll(url: string): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const response = await fetch(`${url}/api/rounds/${year}/ideas?limit=200${cursor ? `&cursor=${cursor}` : ''}`)
    expect(response.status).toBe(200)
    const page = (await response.json()) as { items: Acknowledged[]; next: string | null }
    for (const { ideaId, title } of page.items) found.set(ideaId, title)
    cursor = page.next
  }
  return found
}

it(`kill -9 in the middle of writes, ${KILLS} times, loses nothing that was answered`, { timeout: 180_000 }, async () => {
  const acknowledged: Acknowledged[] = []
  const starts: number[] = []
  let { url } = await start()
  for (let kill = 0; kill < KILLS; kill++) {
    const before = acknowledged.length
    const people = testPeople
      .slice((kill * WRITERS) % testPeople.length)
      .concat(testPeople)
      .slice(0, WRITERS)
    const writers = people.map(({ key }) => writeUntilGone(url, key, acknowledged).catch((error: Error) => error))
    // In the middle: while several writes are on their way.
    for (let wait = 0; wait < 400 && acknowledged.length < before + 20; wait++) await pause(25)
    await pause(30 + kill * 40)
    running?.kill('SIGKILL')
    expect((await running?.ended)?.signal).toBe('SIGKILL')
    const ends = await Promise.all(writers)
    for (const end of ends) if (end instanceof Error) expect(end.message).toMatch(/fetch failed|terminated|aborted/)
    expect(acknowledged.length - before, 'ideas written before the kill').toBeGreaterThanOrEqual(20)

    const next = await start()
    starts.push(next.startedInMs)
    url = next.url
    const found = await readAll(url)
    expect(acknowledged.filter(({ ideaId, title }) => found.get(ideaId) !== title)).toEqual([])
    // At most what was on its way may be there beyond.
    expect(found.size - acknowledged.length).toBeLessThanOrEqual(WRITERS * (kill + 1))
  }
  process.stdout.write(`kill -9: ${acknowledged.length} ideas answered, none lost; next starts after ${starts.join(', ')} ms\n`)
  expect(new Set(acknowledged.map(({ ideaId }) => ideaId)).size).toBe(acknowledged.length)
})

it('a second process is refused while the first runs on; Ctrl-C closes cleanly and gives the folder back', {
  timeout: 60_000,
}, async () => {
  const first = running as ChildServer
  const { url } = await first.ready
  const isEmbedded = environment.DATABASE_URL === undefined
  if (isEmbedded) {
    const second = startChild(environment)
    expect((await second.ended).code).toBe(1)
    expect(second.output.stderr).toContain(`is already in use by process ${first.pid}`)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  }
  const lock = join(environment.LOCAL_DIR as string, 'process.lock')
  expect(existsSync(lock)).toBe(isEmbedded)
  first.kill('SIGINT')
  expect(await first.ended).toEqual({ code: 0, signal: null })
  expect(first.output.stdout).toContain('Closed. Everything is saved.')
  expect(first.output.stderr).toBe('')
  expect(existsSync(lock)).toBe(false)
  expect(first.isRunning()).toBe(false)
  await expect(fetch(url)).rejects.toThrow()
})
