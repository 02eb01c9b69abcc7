import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import type { DB } from '../../server/platform/db/schema.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const tick = () => new Promise((done) => setTimeout(done, 1_050))

describe('health', () => {
  it('says that the process lives and the database is ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const response = await test.send('GET', path)
      expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('is not ready while a migration of this version is missing', async () => {
    const { rows } = await sql<{ name: string; timestamp: string }>`
      delete from kysely_migration where name = (select max(name) from kysely_migration) returning name, timestamp`.execute(test.deps.db)
    await tick()
    const response = await test.send('GET', '/readyz')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ kind: 'not-migrated' })
    await sql`insert into kysely_migration values (${rows[0]?.name}, ${rows[0]?.timestamp})`.execute(test.deps.db)
    await tick()
    expect((await test.send('GET', '/readyz')).status).toBe(200)
  })

  it('lives but is not ready while the database is away', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1, max: 1 })
    const app = createApp({ ...test.deps, db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }) })
    expect((await app.request('http://localhost/healthz')).status).toBe(200)
    const response = await app.request('http://localhost/readyz')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.text()).not.toMatch(/postgres|ECONN|socket|\.ts/i)
  })
})

describe('metrics', () => {
  it('counts requests by the route’s pattern and says nothing of people or places', async () => {
    await test.send('GET', '/api/rounds/2018/shares')
    await test.send('GET', '/api/districts/at?lng=12.36181&lat=55.73381')
    await test.send('GET', '/nowhere/hemmelig-sti')
    const response = await test.send('GET', '/metrics')
    const text = await response.text()
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(text).toContain('http_requests_total{method="GET",route="/api/rounds/:year/shares",status="200"} 1')
    expect(text).toContain('http_request_duration_seconds_bucket{le="0.005",method="GET",route="/api/districts/at"}')
    expect(text).not.toMatch(/hemmelig|12\.36181|127\.0\.0\.1/)
  })
})
