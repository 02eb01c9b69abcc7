import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onError } from '../../server/platform/http/problems.ts'
import { createRouter } from '../../server/platform/http/router.ts'
import { staticRoutes, withInitialData } from '../../server/platform/http/staticFiles.ts'

const script = `console.log(${JSON.stringify('abc '.repeat(800))})`
let folder = ''
let asked = 0

beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), 'bm-static-'))
  folder = join(root, 'dist')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  mkdirSync(join(folder, '.vite'))
  writeFileSync(join(root, 'secret.txt'), 'hemmelig')
  writeFileSync(join(folder, '.built-from'), 'hemmelig')
  writeFileSync(join(folder, '.vite/manifest.json'), '{}')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>x</title><div id="root"></div><!--initial-data-->')
  writeFileSync(join(folder, 'assets/main-abc123.js'), script)
  writeFileSync(join(folder, 'assets/main-abc123.js.gz'), gzipSync('made when built'))
  writeFileSync(join(folder, 'assets/small-abc123.css'), 'a{}')
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

function appOver(path: string, data: () => Promise<unknown> = async () => ({ config: { name: '</script><b>' } })) {
  const app = createRouter()
  app.onError(onError)
  app.route(
    '/',
    staticRoutes(path, () => {
      asked += 1
      return data()
    }),
  )
  const get = (address: string, headers: Record<string, string> = {}) => app.request(`http://localhost${address}`, { headers })
  return { get, page: (address: string, headers: Record<string, string> = {}) => get(address, { Accept: 'text/html,*/*', ...headers }) }
}

describe('files', () => {
  it('with a hash in their name stay for a year', async () => {
    const response = await appOver(folder).get('/assets/main-abc123.js')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await response.text()).toBe(script)
  })

  it('come compressed: as made when built, else made once', async () => {
    const { get } = appOver(folder)
    const gzip = await get('/assets/main-abc123.js', { 'Accept-Encoding': 'gzip' })
    expect(Buffer.from(await gzip.arrayBuffer())).toEqual(gzipSync('made when built'))
    const brotli = await get('/assets/main-abc123.js', { 'Accept-Encoding': 'gzip, deflate, br' })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(await brotli.arrayBuffer()).toString()).toBe(script)
    const small = await get('/assets/small-abc123.css', { 'Accept-Encoding': 'br' })
    expect(small.headers.get('content-encoding')).toBeNull()
  })

  it('answer 304 to their tag', async () => {
    const { get } = appOver(folder)
    const tag = (await get('/icon.svg')).headers.get('etag') as string
    const again = await get('/icon.svg', { 'If-None-Match': tag })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%5c..%5c..%5csecret.txt',
    '//etc/passwd',
    '/.built-from',
    '/.vite/manifest.json',
    '/assets/main-abc123.js.gz',
    '/assets/gone-000.js',
    '/index.html%00.js',
  ])('do not include %s', async (path) => {
    const response = await appOver(folder).get(path)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('hemmelig')
  })

  it('that are gone are no page, even for a browser', async () => {
    expect((await appOver(folder).page('/assets/gone-000.js')).status).toBe(404)
  })
})

describe('the page', () => {
  it.each(['/', '/bydele/maaloev', '/ideer/ny', '/index.html'])('is every other address: %s', async (path) => {
    const response = await appOver(folder).page(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.text()).toContain('<div id="root">')
  })

  it.each(['/api/nope', '/tiles/x', '/auth/nope', '/pictures/x', '/basemap/x'])('is not %s', async (path) => {
    expect((await appOver(folder).page(path)).status).toBe(404)
  })

  it('carries the first data, which cannot end its element', async () => {
    const html = await (await appOver(folder).page('/')).text()
    const found = /<script type="application\/json" id="initial-data">(.*?)<\/script>/.exec(html)
    expect(JSON.parse(found?.[1] ?? '')).toEqual({ config: { name: '</script><b>' } })
    expect(html).not.toContain('<b>')
  })

  it('keeps dollar signs and line separators of the data as they are', () => {
    const value = { a: "$& $' $1", b: '\u2028\u2029' }
    const html = withInitialData('<!--initial-data-->', value)
    expect(JSON.parse(html.replace(/<[^>]*>/g, ''))).toEqual(value)
  })

  it('asks for the data once a second at most, and answers 304 to its tag', async () => {
    asked = 0
    const { page } = appOver(folder)
    const responses = await Promise.all(Array.from({ length: 10 }, () => page('/')))
    expect(asked).toBe(1)
    const tag = responses[0]?.headers.get('etag') as string
    expect((await page('/om', { 'If-None-Match': tag })).status).toBe(304)
  })

  it('comes without data while the database is away', async () => {
    const response = await appOver(folder, () => Promise.reject(new Error('away'))).page('/')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<!--initial-data-->')
  })

  it('that is not built says what to do', async () => {
    const response = await appOver(join(folder, 'nothing')).page('/')
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
  })
})
