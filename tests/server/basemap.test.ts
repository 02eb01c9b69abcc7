import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { createLog } from '../../server/platform/log.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'
import { startUpstream, type UpstreamServer } from '../setup/upstream.ts'

const TOKEN = 'hemmelig-token-1234'
const BASE = 'http://borger.example'

interface Style {
  sprite: string
  glyphs: string
  sources: Record<string, { tiles?: string[]; data?: string; url?: string; maxzoom?: number; attribution?: string }>
}
type Handle = (path: string, response: ServerResponse, headers: Record<string, string | string[] | undefined>) => void

let test: TestApp
let upstream: UpstreamServer
let logged = ''
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())
afterEach(() => upstream?.close())

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}

const style = {
  version: 8,
  metadata: { 'provider:key': TOKEN },
  sprite: 'sprites/pale?token={token}',
  glyphs: 'fonts/{fontstack}/{range}.pbf?token={token}',
  sources: {
    streets: { type: 'vector', url: 'streets.json?token={token}' },
    hills: { type: 'raster', tiles: ['hills/{z}/{x}/{y}{ratio}.png?token={token}'] },
    lakes: { type: 'geojson', data: 'lakes.geojson' },
  },
  layers: [{ id: 'streets', type: 'line', source: 'streets', 'source-layer': 'streets' }],
}

const provider: Handle = (path, response) => {
  const { pathname, searchParams } = new URL(path, 'http://x')
  if (pathname !== '/lakes.geojson' && searchParams.get('token') !== TOKEN) {
    response.writeHead(401)
    return response.end()
  }
  if (pathname === '/style.json') return json(response, style)
  if (pathname === '/streets.json') {
    return json(response, {
      tilejson: '3.0.0',
      tiles: [`/tiles/{z}/{x}/{y}.mvt?token=${TOKEN}`],
      maxzoom: 14,
      attribution: '© Kort',
      grids: [`/g?${TOKEN}`],
    })
  }
  if (pathname.startsWith('/tiles/')) {
    response.writeHead(200, {
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'gzip',
      ETag: '"t1"',
      'Cache-Control': 'max-age=60',
      'Set-Cookie': 'a=b',
      'X-Key': TOKEN,
    })
    return response.end(gzipSync(`tile ${pathname}`))
  }
  if (pathname.startsWith('/hills/') || pathname.endsWith('.png')) {
    response.writeHead(200, { 'Content-Type': 'image/png' })
    return response.end('png')
  }
  if (pathname.startsWith('/fonts/')) {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    return response.end(decodeURIComponent(pathname))
  }
  json(response, {})
}

async function appWith(handle: Handle, basemap: Partial<TestApp['deps']['config']['basemap']> = {}) {
  upstream = await startUpstream((request, response) => handle(request.url ?? '', response, request.headers))
  logged = ''
  const log = createLog('silent')
  log.warn = ((...entry: unknown[]) => {
    logged += JSON.stringify(entry)
  }) as typeof log.warn
  const config = {
    ...test.deps.config,
    baseUrl: BASE,
    basemap: { styleUrl: `${upstream.url}/style.json?token={token}`, pmtiles: null, token: TOKEN, attribution: null, ...basemap },
  }
  const app = createApp({ ...test.deps, config, log })
  const get = (address: string, headers: Record<string, string> = {}) => app.request(new URL(address, BASE).toString(), { headers })
  return { get, style: async () => (await (await get('/basemap/style.json')).json()) as Style }
}

const fill = (template: string) =>
  template.replace('{z}/{x}/{y}', '14/8754/5122').replace('{ratio}', '@2x').replace('{fontstack}/{range}', 'Noto%20Sans%20Regular/0-255')

describe('the style', () => {
  it('has only addresses of this server, and nowhere the token or the provider', async () => {
    const { get } = await appWith(provider)
    const response = await get('/basemap/style.json')
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).not.toContain(TOKEN)
    expect(text).not.toContain(upstream.url)
    expect(JSON.stringify([...response.headers])).not.toContain(TOKEN)
    const { sources, sprite, glyphs } = JSON.parse(text) as Style
    const addresses = [sprite, glyphs, sources.streets?.tiles?.[0], sources.hills?.tiles?.[0], sources.lakes?.data]
    for (const address of addresses) expect(address).toMatch(/^\/basemap\/proxy\/\w{12}\//)
    expect(sources.streets).toMatchObject({ maxzoom: 14, attribution: '© Kort' })
    expect(sources.streets).not.toHaveProperty('url')
  })

  it('is fetched once for many', async () => {
    const { get } = await appWith(provider)
    await Promise.all(Array.from({ length: 10 }, () => get('/basemap/style.json')))
    await get('/basemap/style.json')
    expect(upstream.asked.filter((path) => path.startsWith('/style.json'))).toHaveLength(1)
  })

  it('is 404 where none is configured', async () => {
    const { get } = await appWith(provider, { styleUrl: null })
    expect((await get('/basemap/style.json')).status).toBe(404)
    expect((await get('/basemap/proxy/abc/1/2/3.mvt')).status).toBe(404)
  })

  it.each<[string, Handle]>([
    ['does not answer', () => {}],
    ['has an error', (_path, response) => response.writeHead(500).end()],
    ['knows no such style', (_path, response) => response.writeHead(404).end()],
    ['leads to another host', (_path, response) => response.writeHead(302, { Location: 'http://localhost:9/style.json' }).end()],
    ['leads in circles', (path, response) => response.writeHead(302, { Location: path }).end()],
    ['sends garbage', (_path, response) => response.end('<html>')],
    ['sends another form', (_path, response) => json(response, { version: 7, sources: {}, layers: [] })],
    ['never ends', (_path, response) => response.end(Buffer.alloc(3 * 1024 * 1024, ' '))],
    [
      'writes the token into a layer',
      (_path, response) => json(response, { ...style, sources: {}, layers: [{ id: TOKEN, type: 'background' }] }),
    ],
    [
      'names a place in a house network',
      (_path, response) => json(response, { ...style, sources: { a: { type: 'vector', url: 'ftp://10.0.0.1/a' } } }),
    ],
  ])('is "basemap-away" when the provider %s', async (_name, handle) => {
    const { get } = await appWith(handle)
    const began = performance.now()
    const response = await get('/basemap/style.json')
    expect(response.status).toBe(503)
    const text = await response.text()
    expect(JSON.parse(text).kind).toBe('basemap-away')
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(logged).not.toBe('')
    for (const said of [text, logged]) {
      expect(said).not.toContain(TOKEN)
      expect(said).not.toContain('127.0.0.1')
    }
    const count = upstream.asked.length
    await get('/basemap/style.json')
    expect(upstream.asked).toHaveLength(count)
  })
})

describe('its parts', () => {
  it('come through with the token added here, coding, age and tag kept, cookies and the rest left out', async () => {
    const { get, style: readStyle } = await appWith(provider)
    const address = fill((await readStyle()).sources.streets?.tiles?.[0] as string)
    const response = await get(address, { 'Accept-Encoding': 'gzip', Cookie: 'session=x', 'X-Forwarded-For': '203.0.113.7' })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
      etag: '"t1"',
      'cache-control': 'max-age=60',
    })
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(JSON.stringify([...response.headers])).not.toContain(TOKEN)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(gzipSync('tile /tiles/14/8754/5122.mvt'))
  })

  it('include raster tiles, letters, signs and features', async () => {
    const { get, style: readStyle } = await appWith(provider)
    const { sources, glyphs, sprite } = await readStyle()
    for (const address of [
      fill(sources.hills?.tiles?.[0] as string),
      fill(glyphs),
      `${sprite}@2x.png`,
      `${sprite}.json`,
      sources.lakes?.data as string,
    ]) {
      const response = await get(address)
      expect(response.status, address).toBe(200)
    }
    expect(await (await get(fill(glyphs))).text()).toBe('/fonts/Noto Sans Regular/0-255.pbf')
  })

  it('tell the provider nothing of who asks', async () => {
    const seen: Record<string, unknown>[] = []
    const { get, style: readStyle } = await appWith((path, response, headers) => {
      seen.push(headers)
      provider(path, response, headers)
    })
    await get(fill((await readStyle()).glyphs), {
      Cookie: 'session=x',
      Referer: 'http://borger.example/ideer/7',
      'User-Agent': 'Phone',
      'X-Forwarded-For': '203.0.113.7',
    })
    for (const headers of seen) expect(JSON.stringify(headers)).not.toMatch(/session|ideer|Phone|203\.0/)
  })

  it('are only those the style names', async () => {
    const { get, style: readStyle } = await appWith(provider)
    const address = (await readStyle()).sources.streets?.tiles?.[0] as string
    const count = upstream.asked.length
    const wrong = [
      '/basemap/proxy/unknown/1/2/3.mvt',
      address.replace('{z}/{x}/{y}.mvt', 'admin'),
      address.replace('{z}/{x}/{y}.mvt', '1/2/3.mvt/../../../style.json'),
      address.replace('{z}/{x}/{y}.mvt', '1/..%2f..%2fstyle/3.mvt'),
      address.replace('{z}/{x}/{y}.mvt', '1/2/3.mvt%00'),
    ]
    for (const path of wrong) expect((await get(path)).status, path).toBe(404)
    expect(upstream.asked).toHaveLength(count)
  })

  it.each<[string, Handle, number]>([
    ['missing', (_path, response) => response.writeHead(404).end(`no ${TOKEN}`), 404],
    ['empty', (_path, response) => response.writeHead(204).end(), 204],
    ['known already', (_path, response) => response.writeHead(304).end(), 304],
    ['of another kind', (_path, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<script>'), 503],
    ['elsewhere', (_path, response) => response.writeHead(302, { Location: 'http://localhost:9/x' }).end(), 503],
    ['refused', (_path, response) => response.writeHead(403).end(TOKEN), 503],
    ['huge', (_path, response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(Buffer.alloc(9 * 1024 * 1024)), 503],
    ['broken off', (_path, response) => response.destroy(), 503],
    ['slow', () => {}, 503],
  ])('are answered when %s', async (_name, handle, status) => {
    const { get, style: readStyle } = await appWith((path, response, headers) =>
      path.startsWith('/hills/') ? handle(path, response, headers) : provider(path, response, headers),
    )
    const response = await get(fill((await readStyle()).sources.hills?.tiles?.[0] as string))
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain(TOKEN)
    expect(logged).not.toContain(TOKEN)
  })
})

describe('a PMTiles file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bm-pmtiles-'))
  const path = join(folder, 'dk.pmtiles')
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256))
  writeFileSync(path, bytes)
  afterAll(() => rmSync(folder, { recursive: true }))
  const open = () => appWith(provider, { styleUrl: null, pmtiles: path })

  it('is read in ranges', async () => {
    const { get } = await open()
    const response = await get('/basemap/file.pmtiles', { Range: 'bytes=100-199' })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 100-199/1000')
    expect(response.headers.get('content-length')).toBe('100')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes.subarray(100, 200))
  })

  it('is read whole, and from a tag that is no longer right', async () => {
    const { get } = await open()
    const whole = await get('/basemap/file.pmtiles')
    expect([whole.status, whole.headers.get('accept-ranges'), (await whole.arrayBuffer()).byteLength]).toEqual([200, 'bytes', 1000])
    const again = await get('/basemap/file.pmtiles', { Range: 'bytes=0-9', 'If-Range': '"other"' })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([200, 1000])
  })

  it('ends where it ends', async () => {
    const { get } = await open()
    const response = await get('/basemap/file.pmtiles', { Range: 'bytes=1000-' })
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1000'])
  })

  it('is 404 where it is gone or not configured', async () => {
    expect((await (await appWith(provider)).get('/basemap/file.pmtiles')).status).toBe(404)
    await upstream.close()
    const gone = await appWith(provider, { styleUrl: null, pmtiles: join(folder, 'gone.pmtiles') })
    expect((await gone.get('/basemap/file.pmtiles')).status).toBe(404)
  })
})
