import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

describe('a method an address does not have', () => {
  it.each([
    ['PUT', '/api/rounds', 'GET, HEAD'],
    ['DELETE', '/api/ideas/1', 'GET, HEAD'],
    ['GET', '/auth/sign-out', 'POST'],
    ['PATCH', '/api/rounds/2018/ideas', 'GET, HEAD, POST'],
  ])('%s %s is refused with those it has', async (method, path, allow) => {
    const response = await test.send(method, path)
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect((await bodyOf(response)).kind).toBe('method-not-allowed')
  })

  it('is no matter where there is no address', async () => {
    expect((await test.send('PUT', '/api/nothing')).status).toBe(404)
  })
})

describe('what is the same for everybody', () => {
  it.each([
    '/api/rounds',
    '/api/rounds/2018',
    '/api/rounds/2018/shares',
    '/api/rounds/2018/ideas',
    '/api/rounds/2018/ideas.geojson',
    '/api/rounds/2018/projects',
    '/api/installations',
    '/api/installations.geojson',
    '/api/districts',
  ])('%s is open to other sites, and not sent twice', async (path) => {
    const { headers, status } = await test.send('GET', path)
    expect([status, headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      200,
      'public, max-age=0, s-maxage=10',
      '*',
    ])
    const again = await test.send('GET', path, { headers: { 'If-None-Match': headers.get('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })
})

it.each([
  ['/api/districts/at?lng=99&lat=0', 422],
  ['/api/ideas/near?lng=-81&lat=0', 422],
  ['/api/districts/at?lng=69&lat=0', 404],
  ['/api/rounds/2018/ideas?bbox=98,-1,100,1', 200],
  ['/api/rounds/2018/ideas.geojson?bbox=-180,-90,180,90', 200],
])('a place the storage system cannot express is no failure: %s', async (path, status) => {
  expect((await test.send('GET', path)).status).toBe(status)
})

it('asks for no session where everybody gets the same page', async () => {
  const away = createApp({ ...test.deps, db: null as never })
  const { status } = await away.request(`${test.deps.config.baseUrl}/nowhere`, { headers: { Cookie: `session=${'a'.repeat(43)}` } })
  expect(status).toBe(404)
})

it('writes of an unexpected error what broke and where, and nothing it quotes', async () => {
  const lines: string[] = []
  const note = (...words: unknown[]) => void lines.push(JSON.stringify(words))
  const log = { child: () => log, info: note, warn: note, error: note } as never as TestApp['deps']['log']
  const failure = Object.assign(new Error('Failing row contains (Anna)'), { code: '23514', detail: 'Anna', constraint: 'idea_title_check' })
  const db = {
    selectFrom: () => {
      throw failure
    },
  } as never
  const response = await createApp({ ...test.deps, db, log }).request(`${test.deps.config.baseUrl}/api/rounds`)
  expect([response.status, (await bodyOf(response)).kind]).toEqual([500, 'internal-error'])
  expect(lines.join()).toContain('idea_title_check')
  expect(lines.join()).not.toContain('Anna')
})
