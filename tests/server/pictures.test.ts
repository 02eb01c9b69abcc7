import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Picture } from '../../server/files/contract.ts'
import { PICTURE_MAX_BYTES } from '../../server/files/limits.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { newIdea } from '../builders/idea.ts'
import { flatPicture, phonePhoto, pictureForm } from '../builders/picture.ts'
import { buildRound } from '../builders/round.ts'
import { createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

let test: TestApp
let citizen: SignedIn

beforeAll(async () => {
  test = await createTestApp()
  await buildRound(test.deps.db)
})
afterAll(() => test.close())
beforeEach(async () => {
  citizen = await test.signIn()
})

const upload = (form: FormData, as: SignedIn | undefined = citizen) =>
  test.send('POST', '/api/pictures', { body: form, ...(as ? { as } : {}) })
const uploaded = async (as = citizen): Promise<Picture> => {
  const response = await upload(pictureForm(await flatPicture(400, 300)), as)
  expect(response.status).toBe(201)
  return (await response.json()) as Picture
}
const kindOf = async (response: Response) => [response.status, ((await response.json()) as { kind: string }).kind]
const storedFiles = async () =>
  [...(await test.deps.storage.list('incoming/')), ...(await test.deps.storage.list('pictures/'))].map(({ key }) => key)

async function postIdea(pictureIds: string[], as = citizen): Promise<Idea> {
  const response = await test.send('POST', '/api/rounds/2026/ideas', { as, body: newIdea({ pictureIds }) })
  expect(response.status).toBe(201)
  return (await response.json()) as Idea
}

describe('a picture that is sent', () => {
  it('is kept upright and measured, and becomes ready', async () => {
    const response = await upload(pictureForm(await phonePhoto()))
    expect(response.status).toBe(201)
    const picture = (await response.json()) as Picture
    expect(picture).toMatchObject({ status: 'pending', altText: 'Et billede af Bydammen', width: 1000, height: 1800, variants: [] })
    await test.jobs.runAll()
    const ready = (await (await test.send('GET', `/api/pictures/${picture.pictureId}`, { as: citizen })).json()) as Picture
    expect(ready.status).toBe('ready')
    expect(ready.variants.map(({ width, format }) => `${width}.${format}`)).toEqual([
      '320.avif',
      '320.webp',
      '800.avif',
      '800.webp',
      '1000.avif',
      '1000.webp',
    ])
    for (const { url, format } of ready.variants) {
      const file = await test.send('GET', url, { as: citizen })
      expect(file.status).toBe(200)
      expect(file.headers.get('content-type')).toBe(`image/${format}`)
      expect(file.headers.get('cache-control')).toBe('private, no-cache')
      expect(file.headers.get('x-content-type-options')).toBe('nosniff')
      expect(file.headers.get('content-security-policy')).toContain('sandbox')
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100)
    }
  })

  it.each([
    ['a WebP called a text', 'webp', 'note.txt', 'text/plain'],
    ['a PNG called HTML', 'png', 'page.html', 'text/html'],
    ['an AVIF without a type', 'avif', 'x', ''],
  ] as const)('is judged by its content: %s', async (_what, format, name, type) => {
    expect((await upload(pictureForm(await flatPicture(40, 30, format), { name, type }))).status).toBe(201)
  })

  it.each([
    ['an HTML page', '<!doctype html><script>alert(1)</script>'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a PDF', '%PDF-1.7\n'],
    ['a HEIC', '\0\0\0\x1cftypheic\0\0\0\0mif1heic'],
  ])('is refused when it is %s named .jpg', async (_what, content) => {
    expect(await kindOf(await upload(pictureForm(content)))).toEqual([415, 'picture-format'])
  })

  it('is refused as GIF', async () => {
    expect(await kindOf(await upload(pictureForm(await flatPicture(4, 4, 'gif'))))).toEqual([415, 'picture-format'])
  })

  it('is refused when it unfolds to 60 megapixels', async () => {
    const bomb = await flatPicture(10_000, 6000)
    expect(bomb.byteLength).toBeLessThan(1_000_000)
    expect(await kindOf(await upload(pictureForm(bomb)))).toEqual([422, 'picture-too-many-pixels'])
  })

  it.each([0.02, 0.5, 0.99])('is refused when only %d of a JPEG arrived', async (part) => {
    const whole = await phonePhoto()
    const cut = whole.slice(0, Math.floor(whole.byteLength * part))
    expect(await kindOf(await upload(pictureForm(cut)))).toEqual([422, 'picture-unreadable'])
  })

  it('is refused when a PNG’s pixels are damaged', async () => {
    const bytes = await flatPicture(600, 600)
    bytes.fill(0x55, 60, 200)
    expect(await kindOf(await upload(pictureForm(bytes)))).toEqual([422, 'picture-unreadable'])
  })

  it.each([[null], [''], ['   ']])('needs an alternative text: %j', async (altText) => {
    expect(await kindOf(await upload(pictureForm(await flatPicture(4, 4), { altText })))).toEqual([422, 'alt-text-missing'])
  })

  it.each([['ab'], ['x'.repeat(301)], ['linje\nskift'], ['a\u0000bc']])('refuses the alternative text %j', async (altText) => {
    const response = await upload(pictureForm(await flatPicture(4, 4), { altText }))
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ kind: 'invalid-request', errors: [{ pointer: '/altText' }] })
  })

  it('needs a file, a form and somebody signed in', async () => {
    const empty = new FormData()
    empty.append('altText', 'Et billede')
    expect(await kindOf(await upload(empty))).toEqual([422, 'invalid-request'])
    empty.append('file', 'tekst')
    expect(await kindOf(await upload(empty))).toEqual([422, 'invalid-request'])
    expect(await kindOf(await test.send('POST', '/api/pictures', { as: citizen, body: { a: 1 } }))).toEqual([415, 'unsupported-media-type'])
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    expect(await kindOf(await test.send('POST', '/api/pictures', { as: citizen, body: '"--x"', headers }))).toEqual([
      400,
      'malformed-request',
    ])
    const visitor = await test.send('POST', '/api/pictures', { body: pictureForm(await flatPicture(4, 4)) })
    expect(visitor.status).toBeGreaterThanOrEqual(401)
    expect(visitor.status).toBeLessThanOrEqual(403)
  })

  it('is refused one byte beyond 12 MB, by what is declared and by what comes', async () => {
    const form = pictureForm(new Uint8Array(PICTURE_MAX_BYTES + 1))
    expect(await kindOf(await upload(form))).toEqual([413, 'picture-too-large'])
    const headers = { 'Content-Length': '99999999', 'Content-Type': 'multipart/form-data; boundary=x' }
    expect(await kindOf(await test.send('POST', '/api/pictures', { as: citizen, body: '"x"', headers }))).toEqual([
      413,
      'picture-too-large',
    ])
  })
})

describe('a body without end', () => {
  it('is cut off at the limit, over a real connection', async () => {
    const server = createServer(getRequestListener(test.app.fetch))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    let sent = 0
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    const endless = Readable.from(
      (async function* () {
        yield Buffer.from(head)
        for (; sent < 400; sent += 1) yield Buffer.alloc(1024 * 1024)
      })(),
    )
    const headers = {
      ...citizen.headers,
      Origin: new URL(test.deps.config.baseUrl).origin,
      'Content-Type': 'multipart/form-data; boundary=x',
    }
    const outgoing = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/pictures', headers })
    const answer = new Promise<[number | undefined, string]>((done, fail) => {
      outgoing.on('response', async (response) => done([response.statusCode, await textOf(response)]))
      outgoing.on('error', fail)
    })
    endless.pipe(outgoing)
    const [status, body] = await answer
    expect([status, JSON.parse(body).kind]).toEqual([413, 'picture-too-large'])
    expect(sent).toBeLessThan(100)
    endless.destroy()
    outgoing.destroy()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
})

describe('many pictures at once', () => {
  it('keeps twelve parallel uploads and refuses the thirteenth', async () => {
    const photo = await phonePhoto(900, 600)
    const answers = await Promise.all(Array.from({ length: 14 }, () => upload(pictureForm(photo))))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(12)
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect(await kindOf(refused)).toEqual([409, 'too-many-pictures'])
    }
    await test.jobs.runAll()
    const rows = await test.deps.db.selectFrom('picture').select('status').where('person_id', '=', citizen.personId).execute()
    expect(rows.map(({ status }) => status)).toEqual(Array(12).fill('ready'))
    expect((await storedFiles()).filter((key) => key.startsWith('incoming/'))).toEqual([])
  })

  it('stops after sixty in an hour', async () => {
    await test.deps.db
      .insertInto('rate_limit')
      .values({ bucket: `upload-picture:person:${citizen.personId}`, window_start: test.clock.now(), request_count: 60 })
      .execute()
    const response = await upload(pictureForm(await flatPicture(4, 4)))
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await kindOf(response)).toEqual([429, 'too-many-requests'])
  })
})

describe('who may see and change a picture', () => {
  it('is its owner alone while it is on no idea', async () => {
    const { pictureId } = await uploaded()
    await test.jobs.runAll()
    const other = await test.signIn('moderator')
    for (const path of [`/api/pictures/${pictureId}`, `/pictures/${pictureId}/320.webp`]) {
      expect((await test.send('GET', path, { as: citizen })).status).toBe(200)
      expect((await test.send('GET', path)).status).toBe(404)
      expect((await test.send('GET', path, { as: other })).status).toBe(404)
    }
    expect((await test.send('PATCH', `/api/pictures/${pictureId}`, { as: other, body: { altText: 'Noget andet' } })).status).toBe(404)
    expect((await test.send('DELETE', `/api/pictures/${pictureId}`, { as: other })).status).toBe(404)
  })

  it('is everybody while its idea is public, and nobody when it is hidden', async () => {
    const { pictureId } = await uploaded()
    await test.jobs.runAll()
    const { ideaId, pictures } = await postIdea([pictureId])
    expect(pictures.map((picture) => picture.pictureId)).toEqual([pictureId])
    const path = `/pictures/${pictureId}/320.avif`
    const file = await test.send('GET', path)
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600'])
    const known = await test.send('GET', path, { headers: { 'If-None-Match': file.headers.get('etag') ?? '' } })
    expect([known.status, await known.text()]).toEqual([304, ''])
    expect((await test.send('HEAD', path)).status).toBe(200)
    await test.deps.db.updateTable('idea').set({ status: 'hidden' }).where('idea_id', '=', ideaId).execute()
    for (const hidden of [path, `/api/pictures/${pictureId}`]) {
      const answer = await test.send('GET', hidden, { as: citizen })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
    }
  })

  it('lets the owner change the text and remove what no idea shows', async () => {
    const { pictureId } = await uploaded()
    const changed = await test.send('PATCH', `/api/pictures/${pictureId}`, { as: citizen, body: { altText: '  Ænder på dammen ' } })
    expect(await changed.json()).toMatchObject({ pictureId, altText: 'Ænder på dammen' })
    expect((await test.send('DELETE', `/api/pictures/${pictureId}`, { as: citizen })).status).toBe(204)
    expect((await test.send('GET', `/api/pictures/${pictureId}`, { as: citizen })).status).toBe(404)
    await test.jobs.runAll()
    expect((await storedFiles()).filter((key) => key.includes(pictureId))).toEqual([])
  })

  it('keeps a picture that is in use', async () => {
    const { pictureId } = await uploaded()
    await postIdea([pictureId])
    expect(await kindOf(await test.send('DELETE', `/api/pictures/${pictureId}`, { as: citizen }))).toEqual([409, 'picture-in-use'])
  })

  it.each(['0.webp', '320.svg', '320.png', '99.webp', '..%2f..%2fetc%2fpasswd', '320.webp%00', '-1.avif', '320'])(
    'has no file %s',
    async (file) => {
      const { pictureId } = await uploaded()
      await test.jobs.runAll()
      expect((await test.send('GET', `/pictures/${pictureId}/${file}`, { as: citizen })).status).toBe(404)
      expect((await test.send('GET', `/pictures/no-picture/${file}`, { as: citizen })).status).toBe(404)
    },
  )
})

describe('pictures on an idea', () => {
  it('stand in the order asked for; the others leave it and their owner', async () => {
    const [a, b, c] = [await uploaded(), await uploaded(), await uploaded()].map(({ pictureId }) => pictureId) as [string, string, string]
    const idea = await postIdea([a, b])
    const response = await test.send('PATCH', `/api/rounds/2026/ideas/${idea.ideaId}`, {
      as: citizen,
      body: { version: idea.version, pictureIds: [c, a] },
    })
    expect(response.status).toBe(200)
    const changed = (await response.json()) as Idea
    expect(changed.pictures.map(({ pictureId }) => pictureId)).toEqual([c, a])
    expect((await test.send('GET', `/api/pictures/${b}`, { as: citizen })).status).toBe(404)
  })

  it('are one’s own, sent before, each once and on one idea', async () => {
    const mine = (await uploaded()).pictureId
    const theirs = (await uploaded(await test.signIn())).pictureId
    const used = (await uploaded()).pictureId
    await postIdea([used])
    for (const pictureIds of [[theirs], [used], [mine, mine], [crypto.randomUUID()]]) {
      const response = await test.send('POST', '/api/rounds/2026/ideas', { as: citizen, body: newIdea({ pictureIds }) })
      expect(await kindOf(response)).toEqual([422, 'picture-unknown'])
    }
    expect((await test.send('GET', `/api/pictures/${mine}`, { as: citizen })).status).toBe(200)
  })
})
