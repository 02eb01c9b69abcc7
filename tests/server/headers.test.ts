import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { createRouter } from '../../server/platform/http/router.ts'
import { securityHeaders } from '../../server/platform/http/securityHeaders.ts'
import { createLog } from '../../server/platform/log.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

describe('security headers', () => {
  it.each(['/api/rounds', '/nowhere', '/api/reference', '/tiles/ideas/0/0/0.mvt', '/healthz'])('stand on %s', async (path) => {
    const { headers } = await test.send('GET', path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  it('ask for https where the site has it, and let the form of signing in reach the issuer', async () => {
    const oidc = {
      issuer: 'https://login.example/realm',
      clientId: 'a',
      clientSecret: null,
      scope: 'openid',
      roleClaim: 'role',
      rollClaim: null,
    }
    const app = createApp({ ...test.deps, config: { ...test.deps.config, baseUrl: 'https://borger.example', oidc } })
    const { headers } = await app.request('https://borger.example/healthz')
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https://login.example")
  })

  it('let caches keep only what says that it may be kept', async () => {
    const app = createRouter()
    app.use(securityHeaders(test.deps.config))
    app.get('/api/planted', (context) => context.text('for you alone'))
    expect((await app.request('http://localhost/api/planted')).headers.get('cache-control')).toBe('private, no-store')
    expect((await test.send('GET', '/api/session')).headers.get('cache-control')).toMatch(/no-store/)
    expect((await test.send('GET', '/api/rounds')).headers.get('cache-control')).toMatch(/^public/)
  })
})

describe('request ids and the log', () => {
  it('keeps a sane id and replaces another', async () => {
    const kept = await test.send('GET', '/healthz', { headers: { 'X-Request-Id': 'proxy-0123456789' } })
    expect(kept.headers.get('x-request-id')).toBe('proxy-0123456789')
    for (const odd of ['short', 'x'.repeat(65), 'with space 123', '<script>123']) {
      const replaced = await test.send('GET', '/healthz', { headers: { 'X-Request-Id': odd } })
      expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('names a problem by the request’s id', async () => {
    const response = await test.send('GET', '/nowhere', { headers: { 'X-Request-Id': 'proxy-0123456789' } })
    expect(await response.json()).toMatchObject({ kind: 'not-found', instance: 'proxy-0123456789' })
  })

  it('writes one line per request, with the route’s pattern and no address, path or query', async () => {
    const lines: unknown[] = []
    const log = createLog('silent')
    log.child = (() => ({ info: (fields: object) => lines.push(fields), warn: () => {}, error: () => {} })) as unknown as typeof log.child
    const app = createApp({ ...test.deps, log })
    await app.request('http://localhost/api/ideas/near?lng=12.36181&lat=55.73381&q=hemmelig', {
      headers: { 'X-Forwarded-For': '203.0.113.77' },
    })
    await app.request('http://localhost/api/rounds/2018')
    expect(lines).toEqual([
      { method: 'GET', route: '/api/ideas/near', status: 200, ms: expect.any(Number) },
      { method: 'GET', route: '/api/rounds/:year', status: 200, ms: expect.any(Number) },
    ])
  })
})

describe('compression', () => {
  it('answers large JSON in the coding the client takes', async () => {
    const plain = await (await test.send('GET', '/api/rounds')).text()
    const brotli = await test.send('GET', '/api/rounds', { headers: { 'Accept-Encoding': 'gzip, br' } })
    const gzip = await test.send('GET', '/api/rounds', { headers: { 'Accept-Encoding': 'gzip' } })
    expect([brotli.headers.get('content-encoding'), gzip.headers.get('content-encoding')]).toEqual(['br', 'gzip'])
    expect(brotli.headers.get('vary')).toContain('Accept-Encoding')
    expect(brotliDecompressSync(await brotli.arrayBuffer()).toString()).toBe(plain)
    expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(plain)
  })

  it('leaves small answers alone', async () => {
    const response = await test.send('GET', '/healthz', { headers: { 'Accept-Encoding': 'br' } })
    expect(response.headers.get('content-encoding')).toBeNull()
  })
})
