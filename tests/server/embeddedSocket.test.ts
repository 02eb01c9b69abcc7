import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readConfig } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { serveDatabase } from '../../server/platform/db/embeddedSocket.ts'
import { copyFolder } from '../setup/copyFolder.ts'

/** The template of this run, where it has one: to make a database takes seconds. */
function copyTemplate(target: string): void {
  const template = inject('template')
  if (template.kind === 'folder') copyFolder(join(template.folder, 'postgres'), target)
}

let folder: string
let pool: pg.Pool
let stop: () => Promise<void>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bm-s-'))
  copyTemplate(join(folder, 'postgres'))
  const database = await PGlite.create(join(folder, 'postgres'))
  const stopServing = await serveDatabase(database, join(folder, '.s.PGSQL.5432'), () => {})
  pool = new pg.Pool({ host: folder, user: 'postgres', database: 'postgres', max: 8 })
  pool.on('error', () => {})
  await pool.query('create table number (value integer primary key)')
  await pool.query('insert into number values (1)')
  stop = async () => {
    await pool.end()
    await stopServing()
    await database.close()
  }
})
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

const failing: [string, unknown[] | undefined][] = [
  ['selec', undefined],
  ['selec $1', [1]],
  ['select 1/0', undefined],
  ['select 1/$1::integer', [0]],
  ['select $1::integer', ['word']],
  ['select 1/(value - $1::integer) from number', [1]],
  ['insert into number values ($1)', [1]],
]

describe('the embedded database behind its socket', () => {
  test.each(failing)('answers to the right question after %s failed', async (statement, values) => {
    const client = await pool.connect()
    for (const inTransaction of [false, true]) {
      if (inTransaction) await client.query('begin')
      await expect(client.query(statement, values)).rejects.toThrow()
      if (inTransaction) {
        await expect(client.query('select 1')).rejects.toThrow(/transaction is aborted/)
        await client.query('rollback')
      }
      for (const value of [7, 8, 9]) expect((await client.query('select $1::integer as value', [value])).rows).toEqual([{ value }])
    }
    client.release()
  })

  test('keeps eight connections apart, with failures and transactions among them', async () => {
    const work = async (width: number) => {
      for (let index = 0; index < 60; index++) {
        if (index % 7 === 3) await expect(pool.query('select 1/$1::integer', [0])).rejects.toThrow()
        const columns = Array.from({ length: width }, (_, column) => `$${column + 1}::integer as c${column}`)
        const values = columns.map(() => width * 1000 + index)
        const client = await pool.connect()
        if (index % 5 === 1) await client.query('begin')
        const { rows } = await client.query(`select ${columns}`, values)
        if (index % 5 === 1) await client.query('commit')
        client.release()
        expect(Object.values(rows[0])).toEqual(values)
      }
    }
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(work))
  })

  test('ends the transaction of a connection that was lost', async () => {
    const client = await pool.connect()
    await client.query('begin')
    await client.query('insert into number values (99)')
    client.release(true)
    expect((await pool.query('select count(*)::integer as count from number')).rows).toEqual([{ count: 1 }])
  })

  test('carries a question and an answer of megabytes', async () => {
    const text = 'æ'.repeat(2_000_000)
    expect((await pool.query('select $1::text as text', [text])).rows[0].text).toBe(text)
  })
})

test('an exception inside PostGIS fails the question and the database comes back', async () => {
  const local = mkdtempSync(join(tmpdir(), 'bm-broken-'))
  copyTemplate(join(local, 'postgres'))
  const { pool: broken, close } = await openDatabase(readConfig({ NODE_ENV: 'test', LOCAL_DIR: local }))
  const crossing = `select ST_Difference('POLYGON((0 0,2 2,2 0,0 2,0 0))'::geometry, 'POLYGON((0 0,1 1,1 0,0 1,0 0))'::geometry) where 1 = $1::integer`
  await expect(broken.query(crossing, [1])).rejects.toThrow()
  await expect
    .poll(
      () =>
        broken.query('select 2 as two').then(
          ({ rows }) => rows,
          () => null,
        ),
      { timeout: 60_000, interval: 250 },
    )
    .toEqual([{ two: 2 }])
  await close()
  rmSync(local, { recursive: true, force: true })
}, 120_000)
