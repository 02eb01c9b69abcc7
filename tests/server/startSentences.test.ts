import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest'
import { readConfig, StartError } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { lockFolder } from '../../server/platform/db/folderLock.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import { type ChildServer, endChild, startChild } from '../setup/childServer.ts'
import { type Script, startScriptedPostgres } from '../setup/scriptedPostgres.ts'
import { databaseUrl, runOnServer } from '../setup/templateDatabase.ts'

const folder = mkdtempSync(join(tmpdir(), 'bm-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const children: ChildServer[] = []
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const child of children.splice(0)) await endChild(child)
  for (const clean of cleanUp.splice(0)) await clean()
})

/** Starts, waits for the end, and answers the sentence; anything beside one sentence and exit code 1 fails. */
async function sentenceOf(environment: Record<string, string>): Promise<string> {
  const child = startChild({ LOCAL_DIR: join(folder, 'local'), ...environment })
  children.push(child)
  const { code } = await child.ended
  const { stderr, stdout } = child.output
  expect([code, stderr.trim().split('\n').length], `${stdout}\n${stderr}`).toEqual([1, 1])
  expect(stderr).not.toMatch(/^\s+at |\.ts:\d|node:internal|undefined|\[object/m)
  // What it was told to end may need a moment.
  for (let wait = 0; wait < 30 && child.isRunning(); wait++) await pause(100)
  expect(child.isRunning(), 'something is left running').toBe(false)
  expect(existsSync(join(folder, 'local/process.lock')), 'the folder is still locked').toBe(false)
  const [, sentence] = /^Borgermillionen cannot start\. (.+)\n$/.exec(stderr) ?? []
  expect(sentence, stderr).toMatch(/^[A-Z].*[.;>0-9]$|npm start$/)
  return sentence as string
}

async function listenSomewhere(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  cleanUp.push(() => server.close())
  return (server.address() as { port: number }).port
}

async function scripted(script: Script): Promise<Record<string, string>> {
  const { url, close } = await startScriptedPostgres(script)
  cleanUp.push(close)
  return { DATABASE_URL: url }
}

describe('a start that cannot go on says why', () => {
  it('port taken', async () => {
    const port = await listenSomewhere()
    expect(await sentenceOf({ PORT: String(port) })).toContain(`Port ${port} is already in use`)
  })

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '99999'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['DATABASE_URL', 'mysql://localhost/million'],
    ['DATABASE_POOL_SIZE', '0'],
    ['BASE_URL', 'example.dk'],
    ['BASE_URL', 'https://example.dk/million'],
    ['NODE_ENV', 'prod'],
    ['LOG_LEVEL', 'loud'],
    ['SECRET_KEY', 'short'],
  ])('%s=%s is not usable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is not usable: .+README`))
  })

  it('a variable is not usable', async () => {
    expect(await sentenceOf({ PORT: 'eighty' })).toMatch(/^PORT is not usable/)
  })

  it('a variable is missing in production', async () => {
    const oidc = { OIDC_ISSUER: 'https://broker.example', OIDC_CLIENT_ID: 'million' }
    expect(await sentenceOf({ NODE_ENV: 'production' })).toMatch(/^OIDC_ISSUER is missing/)
    expect(() => readConfig({ NODE_ENV: 'production', ...oidc })).toThrow(/^SECRET_KEY is missing/)
    const secret = { ...oidc, SECRET_KEY: 'x'.repeat(32), VOTING_KEY: 'y'.repeat(32) }
    expect(() => readConfig({ NODE_ENV: 'production', ...oidc, SECRET_KEY: 'x'.repeat(32) })).toThrow(/^VOTING_KEY is missing/)
    for (const address of [{}, { BASE_URL: 'http://million.example' }]) {
      expect(() => readConfig({ NODE_ENV: 'production', ...secret, ...address })).toThrow(/^BASE_URL is missing or not https/)
    }
    expect(readConfig({ NODE_ENV: 'production', ...secret, BASE_URL: 'HTTPS://Million.example/' }).baseUrl).toBe('https://million.example')
    expect(() => readConfig({ OIDC_ISSUER: oidc.OIDC_ISSUER })).toThrow(/OIDC_CLIENT_ID is missing/)
  })

  it('the folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    for (const path of [file, join(file, 'below'), '/sys/nothing/here']) {
      expect(() => lockFolder(path), path).toThrow(/^The folder .+ cannot be written \(E\w+\)\. .+LOCAL_DIR/)
    }
    expect(await sentenceOf({ LOCAL_DIR: file })).toMatch(/cannot be written \(E\w+\)/)
    expect(() => createFolderStorage(join(file, 'below'))).toThrow(/^The folder for pictures, .+STORAGE_DIR/)
  })

  it('another process has the folder', async () => {
    const taken = join(folder, 'taken')
    const unlock = lockFolder(taken)
    cleanUp.push(unlock)
    expect(await sentenceOf({ LOCAL_DIR: taken })).toContain(`${taken} is already in use by process ${process.pid}`)
    expect(existsSync(join(taken, 'process.lock')), 'the lock of the other').toBe(true)
  })

  it('nothing listens where DATABASE_URL points', async () => {
    const port = await listenSomewhere()
    for (const clean of cleanUp.splice(0)) await clean()
    expect(await sentenceOf({ DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/million` })).toContain(
      'cannot be reached: nothing listens at that address',
    )
  })

  it('what listens there never answers', async () => {
    await expect(openDatabase(readConfig(await scripted({ startup: 'silence' })))).rejects.toThrow(
      /^The database in DATABASE_URL cannot be reached: /,
    )
  })
})

const may = [/has_schema_privilege/, ['t']] as const
const installed = [/from pg_extension/, ['1']] as const
const may_not_create = { code: '42501', message: 'permission denied to create extension "postgis"' }

describe('a database server that refuses', () => {
  it.each<[string, Script, RegExp]>([
    [
      'a wrong password',
      { startup: { code: '28P01', message: 'password authentication failed for user "citizen"' } },
      /the password is wrong/,
    ],
    ['an unknown user', { startup: { code: '28000', message: 'no pg_hba.conf entry' } }, /the user may not connect/],
    ['a missing database', { startup: { code: '3D000', message: 'database "million" does not exist' } }, /the database does not exist/],
    ['creating tables', { replies: [[/has_schema_privilege/, ['f']]] }, /may not create tables\. .*GRANT CREATE/],
    ['to have PostGIS', { replies: [may] }, /no extension "postgis"\. Install it/],
    [
      'creating the extension',
      { replies: [may, [/pg_available/, ['1']], [/create extension/, may_not_create]] },
      /may not create the extension "postgis".*CREATE EXTENSION postgis;/,
    ],
    ['a PostGIS of today', { replies: [may, installed, [/postgis_lib_version/, ['3.2.9']]] }, /PostGIS 3\.2\.9; at least 3\.3 is needed/],
    ['a PostGIS of this decade', { replies: [may, installed, [/postgis_lib_version/, ['2.5.0']]] }, /PostGIS 2\.5\.0; at least 3\.3/],
  ])('%s is named', async (_what, script, sentence) => {
    const opening = openDatabase(readConfig(await scripted(script)))
    await expect(opening).rejects.toThrow(StartError)
    await expect(opening).rejects.toThrow(sentence)
  })

  // The same said by a real server: only where one is at hand, since the embedded database has a single user who may do all.
  const template = inject('template')
  const real = template.kind === 'server' ? template : null

  it(`is understood when ${real ? 'a real server' : 'the script of one'} says so`, { timeout: 90_000 }, async () => {
    if (real === null) {
      expect(await sentenceOf(await scripted({ startup: { code: '3D000', message: 'database "x" does not exist' } }))).toContain(
        'does not exist',
      )
      return
    }
    const name = `bm_start_${process.pid}`
    const run = (statement: string, database = 'postgres') => runOnServer(databaseUrl(real.adminUrl, database), statement)
    await run(`create role ${name} login password 'secret-of-a-test'`)
    await run(`create database ${name}`)
    cleanUp.push(async () => {
      await run(`drop database ${name} with (force)`)
      await run(`drop role ${name}`)
    })
    const as = new URL(databaseUrl(real.adminUrl, name))
    Object.assign(as, { username: name, password: 'secret-of-a-test' })
    const environment = { DATABASE_URL: as.toString() }
    expect(await sentenceOf({ DATABASE_URL: databaseUrl(real.adminUrl, `${name}_missing`) })).toContain('the database does not exist')
    expect(await sentenceOf(environment)).toMatch(/may not create tables/)
    await run(`grant create, usage on schema public to ${name}`, name)
    expect(await sentenceOf(environment)).toMatch(/may not create the extension "postgis"/)
    await run('create extension postgis', name)
    await run('create extension pg_trgm', name)
    // The role belongs to the whole server: another database may have made it already.
    const sentence = await sentenceOf(environment)
    expect(sentence).toMatch(/role that keeps the ballot box\. Let an administrator run: .*GRANT CREATE ON SCHEMA/)
    for (const statement of sentence
      .replace(/^.* run: /, '')
      .replace(/\.$/, '')
      .split('; '))
      await run(statement, name)
    expect(await sentenceOf(environment)).toMatch(/GRANT CREATE ON DATABASE/)
  })
})
