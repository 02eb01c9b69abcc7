import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeCursor } from '../../server/kernel/page.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

describe('probe', () => {
  it('errors', async () => {
    const { sql } = await import('kysely')
    for (const [lng, lat] of [
      [99, 0],
      [99.5, 0],
      [98, 0.1],
      [-81, 0],
      [99, 10],
      [12, 90],
      [189 - 360, 5],
    ]) {
      try {
        console.log(
          lng,
          lat,
          (
            await sql`select ST_AsText(ST_Transform(ST_SetSRID(ST_MakePoint(${lng}::float8, ${lat}::float8), 4326), 25832)) as t`.execute(
              test.database.db,
            )
          ).rows,
        )
      } catch (e: any) {
        console.log(lng, lat, e.code, e.message)
      }
      const r = await test.send('GET', `/api/ideas/near?lng=${lng}&lat=${lat}`)
      console.log(r.status)
    }
    console.log(
      (await test.send('GET', '/api/rounds/2018/ideas?bbox=98,-1,100,1')).status,
      (await test.send('GET', '/api/rounds/2018/ideas?bbox=98.999,-0.001,99.001,0.001')).status,
    )
  })
})
