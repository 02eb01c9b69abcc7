import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Place } from '../../server/places/contract.ts'
import { createPlaceService, findStreetDistrict } from '../../server/places/service.ts'
import { createLog } from '../../server/platform/log.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'
import { startUpstream, type UpstreamServer } from '../setup/upstream.ts'

const TOKEN = 'hemmelig-token-1234'
const HOUSE = '0a3f5090-48fe-32b8-e044-0003ba298018'
const FAR = '0a3f5090-48fe-32b8-e044-0003ba298019'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

async function search(q: string, limit = 8): Promise<Place[]> {
  const response = await test.send('GET', `/api/places?q=${encodeURIComponent(q)}&limit=${limit}`)
  expect(response.status).toBe(200)
  const body = (await response.json()) as { items: Place[]; addressServiceAnswered: boolean | null }
  expect(body.addressServiceAnswered).toBeNull()
  return body.items
}

describe('the gazetteer', () => {
  it.each(['Måløv St.', 'måløv st', 'Maaloev st', 'MALOV ST'])('finds Måløv St. as the first for "%s"', async (words) => {
    expect((await search(words))[0]).toMatchObject({ name: 'Måløv St.', kind: 'station', districtId: 'maaloev', source: 'gazetteer' })
  })

  it.each([
    ['somos', 'Sømosen'],
    ['sømosn', 'Sømosen'],
    ['Kulturhus Maaloev', 'Kulturhus Måløv'],
    ['harrestrup adal', 'Harrestrup Ådal (Haren)'],
    ['haren', 'Harrestrup Ådal (Haren)'],
    ['soendergaards alle', 'Søndergårds Allé'],
    ['centret', 'Ballerup Centret'],
  ])('finds for "%s" first %s', async (words, name) => {
    const [first] = await search(words)
    expect(first?.name).toBe(name)
  })

  it('names the district by the outlines and keeps to the limit', async () => {
    const places = await search('ballerup', 3)
    expect(places).toHaveLength(3)
    expect(places.every(({ districtId }) => districtId !== null)).toBe(true)
  })

  it('folds names in the database as in the rules', async () => {
    const names = ['Ærøvej Ål', 'Ægirs Å', 'Crème Brûlée Plads', 'AAEØ oeaa', 'Ängelholm & Östra', 'Ærøæøå-Æe', '  x_%  ']
    for (const [index, name] of names.entries()) {
      await sql`insert into place values (${`fold-${index}`}, ${name}, 'test', (select label_point from current_district_area limit 1), null, 'good')`.execute(
        test.deps.db,
      )
      expect((await search(name))[0]?.name, name).toBe(name)
    }
  })

  it.each(['%', '_', "' or 1=1 --", '\\', '🙂'])('takes %s for what it is', async (words) => {
    expect(Array.isArray(await search(words))).toBe(true)
  })

  it.each(['', 'limit=0&q=a', `q=${'x'.repeat(101)}`, 'q=a%00b'])('refuses "%s"', async (query) => {
    expect((await test.send('GET', `/api/places?${query}`)).status).toBe(422)
  })

  it('knows the district of a street it knows', async () => {
    expect(await findStreetDistrict(test.deps.db, 'soendergaards alle')).toBe('maaloev')
    expect(await findStreetDistrict(test.deps.db, 'Harrestrupvej')).toBe('skovlunde')
    expect(await findStreetDistrict(test.deps.db, 'Ballerup St.')).toBeNull()
    expect(await findStreetDistrict(test.deps.db, 'Ukendt Vej')).toBeNull()
  })
})

describe('the address service', () => {
  let upstream: UpstreamServer
  let logged = ''
  afterEach(() => upstream.close())

  const json = (response: ServerResponse, body: unknown, status = 200) => {
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body))
  }

  function good(path: string, response: ServerResponse) {
    const { pathname } = new URL(path, 'http://x')
    if (pathname === '/husnumre/soeg') {
      return json(response, {
        status: 'ok',
        beskrivelse: '',
        fund: [
          { type: 'vejnavn', titel: 'Hold-an Vej', vejnavn: 'Hold-an Vej' },
          { type: 'husnummer', id: HOUSE, titel: 'Hold-an Vej 7, 2750 Ballerup' },
          { type: 'husnummer', id: FAR, titel: 'Hold-an Vej 7, 8000 Aarhus C' },
          { type: 'husnummer', id: 'no-uuid', titel: 'Broken' },
        ],
      })
    }
    const [x, y] = pathname.endsWith(FAR) ? [574_370, 6_225_111] : [711_000, 6_181_700]
    json(response, {
      status: 'ok',
      husnummer: { adgangspunkt: { geometri: { type: 'Point', coordinates: [x, y] }, koordinater: { x, y } } },
    })
  }

  async function ask(handle: (path: string, response: ServerResponse) => void, words = 'Hold-an Vej 7') {
    upstream = await startUpstream((request, response) => handle(request.url ?? '', response))
    logged = ''
    const log = createLog('silent')
    log.warn = ((...entry: unknown[]) => {
      logged += JSON.stringify(entry)
    }) as typeof log.warn
    const config = { ...test.deps.config, addressSearch: { url: upstream.url, token: TOKEN } }
    const service = createPlaceService({ db: test.deps.db, config, log })
    const began = performance.now()
    return { answer: await service.search(words, 8), ms: performance.now() - began, service }
  }

  function expectGazetteerOnly({ answer }: { answer: { items: Place[]; addressServiceAnswered: boolean | null } }) {
    expect(answer.addressServiceAnswered).toBe(false)
    expect(answer.items.every(({ source }) => source === 'gazetteer')).toBe(true)
    expect(logged).not.toBe('')
    expect(logged).not.toContain(TOKEN)
    expect(logged).not.toContain('Hold')
  }

  it('adds addresses of the surroundings with their district, and asks only once for the same words', async () => {
    const { answer, service } = await ask(good)
    expect(answer.addressServiceAnswered).toBe(true)
    expect(answer.items[0]).toMatchObject({
      name: 'Hold-an Vej 7, 2750 Ballerup',
      kind: 'address',
      source: 'address-service',
      accuracy: 'good',
      districtId: 'ballerup-syd',
    })
    expect(answer.items.map(({ name }) => name)).not.toContain('Hold-an Vej 7, 8000 Aarhus C')
    expect(upstream.asked.every((path) => path.includes(`token=${TOKEN}`))).toBe(true)
    expect(JSON.stringify(answer)).not.toContain(TOKEN)
    const count = upstream.asked.length
    await service.search('HOLD AN VEJ 7', 8)
    expect(upstream.asked).toHaveLength(count)
  })

  it('is not waited for longer than 1.5 s', async () => {
    const result = await ask(() => {})
    expectGazetteerOnly(result)
    expect(result.ms).toBeLessThan(2_500)
    expect(result.ms).toBeGreaterThan(1_300)
  })

  it.each<[string, (path: string, response: ServerResponse) => void]>([
    ['an error', (_path, response) => json(response, { status: 'fejl' }, 500)],
    ['a wrong token', (_path, response) => json(response, { status: 'fejl', beskrivelse: 'token' }, 401)],
    ['a failure with status 200', (_path, response) => json(response, { status: 'fejl', beskrivelse: 'nej', fund: [] })],
    ['garbage', (_path, response) => response.end('<html>maintenance</html>')],
    ['another form', (_path, response) => json(response, [{ adresse: 1 }])],
    ['an endless body', (_path, response) => response.end('['.repeat(2_000_000))],
    ['a broken connection', (_path, response) => response.destroy()],
    ['look-ups that fail', (path, response) => (path.includes('/soeg') ? good(path, response) : json(response, {}, 500))],
  ])('is done without after %s', async (_name, handle) => {
    expectGazetteerOnly(await ask(handle))
  })

  it('is not followed elsewhere', async () => {
    const elsewhere = await startUpstream((request, response) => good(request.url ?? '', response))
    const result = await ask((path, response) => {
      response.writeHead(302, { Location: `${elsewhere.url}${path}` })
      response.end()
    })
    expectGazetteerOnly(result)
    expect(elsewhere.asked).toEqual([])
    await elsewhere.close()
  })

  it('is not asked for two letters', async () => {
    const { answer } = await ask(good, 'Ho')
    expect(answer.addressServiceAnswered).toBeNull()
    expect(upstream.asked).toEqual([])
  })
})

it('limits searches per address', async () => {
  const limited = await createTestApp()
  await sql`insert into rate_limit select 'search-places:address:' || 'x', now(), 1`.execute(limited.deps.db)
  const first = await limited.send('GET', '/api/places?q=a')
  expect(first.status).toBe(200)
  await limited.deps.db.updateTable('rate_limit').set({ request_count: 600 }).where('bucket', '<>', 'search-places:address:x').execute()
  const refused = await limited.send('GET', '/api/places?q=a')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  await limited.close()
})
