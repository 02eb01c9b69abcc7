import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../kernel/problem.ts'
import type { AppEnv } from './environment.ts'
import { limitBody } from './limitBody.ts'

const KIB = 1024
let server: ReturnType<typeof serve>
beforeAll(async () => {
  const app = new Hono<AppEnv>()
  app.use(limitBody())
  app.post('/', async (context) => context.text(String((await context.req.text()).length)))
  app.onError((error, context) => context.text(error instanceof Problem ? error.kind : 'another error', 413))
  await new Promise((listening) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, listening)
  })
})
afterAll(() => new Promise((closed) => server.close(closed)))

/** Sends so many bytes over a real connection, their number told or in chunks; answers what came back. */
function send(bytes: number, headers: Record<string, string>): Promise<string> {
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    const sending = request({ port, host: '127.0.0.1', method: 'POST', headers }, (response) => {
      response.setEncoding('utf8')
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => done(text))
    })
    sending.on('error', fail)
    // In two pieces, so that chunks are chunks.
    sending.write('a'.repeat(Math.ceil(bytes / 2)))
    sending.end('a'.repeat(Math.floor(bytes / 2)))
  })
}

describe('a body', () => {
  it.each([
    ['within the limit', 200 * KIB, String(200 * KIB)],
    ['at the limit', 256 * KIB, String(256 * KIB)],
    ['over it', 256 * KIB + 1, 'too-large'],
  ])('%s, its length told or not', async (_what, bytes, answer) => {
    expect(await send(bytes, { 'Content-Length': String(bytes) })).toBe(answer)
    expect(await send(bytes, { 'Transfer-Encoding': 'chunked' })).toBe(answer)
  })
})
