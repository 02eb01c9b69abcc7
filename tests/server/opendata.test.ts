import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { publicConfigSchema } from '../../server/opendata/contract.ts'
import { readInitialData } from '../../server/opendata/service.ts'
import { buildRound } from '../builders/round.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

interface Document {
  openapi: string
  info: { title: string; version: string; license: object }
  tags: { name: string }[]
  paths: Record<
    string,
    Record<string, { tags?: string[]; summary?: string; responses: Record<string, { description: string; 'x-problem-kinds'?: string[] }> }>
  >
  components: { schemas: Record<string, object> }
}

let test: TestApp
let document: Document
beforeAll(async () => {
  test = await createTestApp()
  document = (await (await test.send('GET', '/api/openapi.json')).json()) as Document
})
afterAll(() => test.close())

describe('the configuration of the page', () => {
  it('names the newest round until one is running, then that one', async () => {
    const before = publicConfigSchema.parse(await (await test.send('GET', '/api/config')).json())
    expect(before).toMatchObject({ municipality: 'Ballerup', isTestSignIn: true, isDemo: false, basemap: null })
    await buildRound(test.deps.db, { year: 2026, isDemo: true })
    const after = publicConfigSchema.parse(await (await test.send('GET', '/api/config')).json())
    expect(after).toMatchObject({ currentYear: 2026, isDemo: true })
  })

  it('says nothing secret', async () => {
    const secrets = {
      addressSearch: { url: 'https://address.example', token: 'token-one-secret' },
      basemap: {
        styleUrl: 'https://map.example/style?key=token-two-secret',
        pmtiles: null,
        token: 'token-two-secret',
        attribution: '© Kort',
      },
      secretKey: 'token-three-secret-token-three-secret',
    }
    const app = createApp({ ...test.deps, config: { ...test.deps.config, ...secrets } })
    const text = await (await app.request('http://localhost/api/config')).text()
    expect(JSON.parse(text).basemap).toEqual({ kind: 'style', url: '/basemap/style.json', attribution: '© Kort' })
    expect(text).not.toMatch(/secret|example/)
  })

  it('is part of what the front page is sent with', async () => {
    const data = await readInitialData(test.deps)
    expect(data.config).toEqual(await (await test.send('GET', '/api/config')).json())
    expect(data.rounds).toEqual(await (await test.send('GET', '/api/rounds')).json())
    expect(data.shares).toEqual(await (await test.send('GET', `/api/rounds/${data.config.currentYear}/shares`)).json())
  })
})

describe('the description of the interface', () => {
  it('is OpenAPI 3.1 with title, version, licence and a description of every tag', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/), license: { identifier: 'MIT' } },
    })
    const described = document.tags.map(({ name }) => name)
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    for (const { tags, summary } of operations) {
      expect(described).toEqual(expect.arrayContaining(tags ?? ['missing']))
      expect(summary?.length).toBeGreaterThan(5)
    }
  })

  it('names the kinds of each problem', () => {
    const at = document.paths['/api/districts/at']?.get
    expect(at?.responses['404']?.['x-problem-kinds']).toEqual(['not-found', 'outside-district'])
    for (const path of Object.values(document.paths)) {
      for (const { responses } of Object.values(path)) {
        for (const [status, response] of Object.entries(responses)) {
          if (Number(status) >= 400) expect(response['x-problem-kinds']?.length, `${status} ${response.description}`).toBeGreaterThan(0)
        }
      }
    }
  })

  it.each([
    '/api/rounds',
    '/api/rounds/{year}',
    '/api/districts',
    '/api/districts/at',
    '/api/rounds/{year}/ideas',
    '/api/ideas/{id}',
    '/api/places',
    '/api/config',
    '/tiles/{collection}/{z}/{x}/{y}',
    '/healthz',
    '/readyz',
  ])('has %s', (path) => {
    expect(document.paths[path]).toBeDefined()
  })

  it('has every schema it points to', () => {
    const pointed = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name as string)
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...new Set(pointed)]))
  })
})

describe('the reference page', () => {
  it('has only scripts and styles of this server, and a place for every kind of problem', async () => {
    const html = await (await test.send('GET', '/api/reference')).text()
    expect(html).not.toMatch(/<script>|style="|\son\w+=|https?:/)
    const kinds = new Set(
      JSON.stringify(document)
        .match(/"x-problem-kinds":\[[^\]]*\]/g)
        ?.flatMap((list) => JSON.parse(list.slice(18)) as string[]),
    )
    for (const kind of kinds) expect(html).toContain(`id="problem-${kind}"`)
    for (const [, address] of html.matchAll(/(?:src|href)="(\/api\/reference\/[^"]+)"/g)) {
      expect((await test.send('GET', address as string)).status, address).toBe(200)
    }
  })

  it('serves nothing else of the package', async () => {
    for (const name of ['package.json', 'index.html', '..%2fpackage.json'])
      expect((await test.send('GET', `/api/reference/${name}`)).status).toBe(404)
  })
})
