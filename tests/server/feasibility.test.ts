import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CheckResult } from '../../server/feasibility/contract.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { buildConstraint } from '../builders/constraint.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

// A square of 100 m in Ballerup Syd; everything lies around it.
const [E, N] = [709_800, 6_181_900]
const square = `POLYGON((${E} ${N},${E + 100} ${N},${E + 100} ${N + 100},${E} ${N + 100},${E} ${N}))`

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

async function wire(wkt: string): Promise<unknown> {
  const { rows } = await sql<{ geometry: unknown }>`
    select ST_AsGeoJSON(ST_Transform(ST_GeomFromText(${wkt}, 25832), 4326), 15)::json as geometry`.execute(t.deps.db)
  return rows[0]?.geometry
}

async function check(wkt: string, installationType: InstallationType | null = null): Promise<CheckResult> {
  const response = await t.send('POST', '/api/feasibility/check', { body: { geometry: await wire(wkt), installationType } })
  expect(response.status, await response.clone().text()).toBe(200)
  return bodyOf<CheckResult>(response)
}

describe('a place', () => {
  it('is told what it meets', async () => {
    await buildConstraint(t.deps.db, 'par3', [{ wkt: square, label: 'Mose', sourceId: 'p3-1' }])
    const result = await check(`POINT(${E + 50} ${N + 50})`)
    expect(result).toMatchObject({ verdict: 'stop', partial: true })
  })
})
