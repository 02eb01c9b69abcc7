import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../setup/app.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

it('removes at night what has lost its purpose, and nothing else', async () => {
  const { db } = t.deps
  await t.signIn()
  await t.send('GET', '/api/ideas/near?lng=12.36&lat=55.73')
  const counts = async () => {
    const sessions = await db.selectFrom('session').select('person_id').execute()
    const windows = await db.selectFrom('rate_limit').select('bucket').execute()
    const people = await db.selectFrom('person').select('person_id').execute()
    return [sessions.length, windows.length, people.length]
  }
  await t.jobs.send('remove-old-rows', {})
  await t.jobs.runAll()
  expect(await counts()).toEqual([1, 1, 1])
  t.clock.set(new Date(t.clock.now().getTime() + 30 * 3_600_000))
  await t.jobs.send('remove-old-rows', {})
  await t.jobs.runAll()
  expect(await counts()).toEqual([0, 0, 1])
})
