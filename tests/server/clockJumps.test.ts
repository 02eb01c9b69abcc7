import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Idea } from '../../server/ideas/contract.ts'
import { removeOldWindows } from '../../server/platform/http/rateLimit.ts'
import { newIdea } from '../builders/idea.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const IDEAS = '/api/rounds/2026/ideas'
const NOON = '2026-05-15T10:00:00Z'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
})
afterAll(() => t.close())
beforeEach(() => t.clock.set(NOON))

async function create(as: SignedIn): Promise<Idea> {
  const response = await t.send('POST', IDEAS, { as, body: newIdea() })
  expect(response.status, await response.clone().text()).toBe(201)
  return bodyOf<Idea>(response)
}

it('sessions end when the clock jumps forward and live again when it is set right', async () => {
  const person = await t.signIn()
  const isSignedIn = async () => (await t.read('/api/session', person)).person !== null
  expect(await isSignedIn()).toBe(true)
  t.clock.set('2026-05-18T10:00:00Z')
  expect(await isSignedIn()).toBe(false)
  expect((await t.send('POST', IDEAS, { as: person, body: newIdea() })).status).toBe(401)
  t.clock.set(NOON)
  expect(await isSignedIn()).toBe(true)
  // Days back a session is not yet over; nothing breaks on its creation lying in the future.
  t.clock.set('2026-05-10T10:00:00Z')
  expect(await isSignedIn()).toBe(true)
})

it.each([
  ['2026-05-01T00:00:00+02:00', 'involvement', 31],
  ['2026-04-30T23:59:59+02:00', 'research', 1],
  ['2026-05-31T23:59:59+02:00', 'involvement', 1],
  ['2026-06-01T00:00:00+02:00', 'processing', 30],
  ['2031-01-01T00:00:00Z', null, null],
  ['1999-12-31T23:59:59Z', null, null],
  ['2026-03-29T00:59:59Z', 'clarification', 3],
])('phases follow the clock in Copenhagen: %s', async (instant, currentPhase, daysLeft) => {
  t.clock.set(instant)
  expect(await t.read('/api/rounds/2026')).toMatchObject({ currentPhase, daysLeft })
  const person = await t.signIn()
  const { status } = await t.send('POST', IDEAS, { as: person, body: newIdea() })
  expect(status).toBe(currentPhase === 'involvement' ? 201 : 409)
})

it('ideas stay unique, in one stable order, and their history readable when the clock goes back between two writes', async () => {
  const person = await t.signIn()
  const instants = [NOON, '2026-05-14T10:00:00Z', '2026-05-15T11:00:00Z', '2026-05-15T11:00:00Z', '2026-05-15T08:00:00Z']
  const made: Idea[] = []
  for (const instant of instants) {
    t.clock.set(instant)
    made.push(await create(person))
  }
  expect(new Set(made.map(({ ideaId }) => ideaId)).size).toBe(made.length)

  t.clock.set('2026-05-13T10:00:00Z')
  const [first] = made as [Idea]
  const changed = await t.send('PATCH', `${IDEAS}/${first.ideaId}`, { as: person, body: { version: 1, title: 'Ændret i går' } })
  expect(changed.status, await changed.clone().text()).toBe(200)
  const { history, version, updatedAt, createdAt } = await bodyOf<Idea>(changed)
  expect([version, history.map(({ kind }) => kind)]).toEqual([2, ['submitted', 'changed']])
  expect(Date.parse(updatedAt)).toBeLessThan(Date.parse(createdAt))

  const seen: number[] = []
  let cursor: string | null = ''
  for (let page = 0; cursor !== null && page < 50; page++) {
    // While somebody reads, the clock jumps and somebody writes.
    t.clock.set(page % 2 === 0 ? '2026-05-12T10:00:00Z' : '2026-05-20T10:00:00Z')
    const answer: { items: Idea[]; next: string | null } = await t.read(`${IDEAS}?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...answer.items.map(({ ideaId }) => ideaId))
    cursor = answer.next
  }
  expect(cursor).toBe(null)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(expect.arrayContaining(made.map(({ ideaId }) => ideaId)))
})

it('rate limits count per window wherever the clock stands, and never lock anybody out for longer than a window', async () => {
  const person = await t.signIn()
  const send = () => t.send('POST', IDEAS, { as: person, body: { ...newIdea(), title: '' } })
  const statuses = async (count: number) => (await Promise.all(Array.from({ length: count }, send))).map(({ status }) => status)
  expect(new Set(await statuses(60))).toEqual(new Set([422]))
  const refused = await send()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3600)
  t.clock.set('2026-05-15T11:00:00Z')
  expect((await send()).status).toBe(422)
  t.clock.set('2026-05-15T05:00:00Z')
  expect((await send()).status).toBe(422)
  t.clock.set(NOON)
  expect((await send()).status, 'the window of before is still full').toBe(429)
  t.clock.set('2026-05-17T10:00:01Z')
  await removeOldWindows(t.deps)
  t.clock.set(NOON)
  expect((await send()).status).toBe(422)
})

it('an answer is repeated for its key whatever the clock says', async () => {
  const person = await t.signIn()
  const headers = { 'Idempotency-Key': 'sent-before-the-jump' }
  const first = await bodyOf<Idea>(await t.send('POST', IDEAS, { as: person, body: newIdea(), headers }))
  for (const instant of ['2026-05-15T12:00:00Z', '2026-05-12T12:00:00Z']) {
    t.clock.set(instant)
    const again = await t.send('POST', IDEAS, { as: person, body: newIdea(), headers })
    expect([again.status, (await bodyOf<Idea>(again)).ideaId]).toEqual([201, first.ideaId])
  }
})

it.each(['1970-01-01T00:00:00Z', '2099-12-31T23:59:59Z', '2026-10-25T00:30:00Z', '2028-02-29T12:00:00Z'])(
  'every page of the day answers at %s',
  async (instant) => {
    t.clock.set(instant)
    for (const path of [
      '/api/rounds',
      '/api/config',
      '/api/rounds/2026/shares',
      IDEAS,
      `${IDEAS}.geojson`,
      '/api/session',
      '/api/places?q=station',
    ]) {
      expect([path, (await t.send('GET', path)).status]).toEqual([path, 200])
    }
  },
)
