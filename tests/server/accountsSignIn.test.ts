import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testPeople } from '../../server/accounts/developmentPeople.ts'
import { startAccountsServer } from '../setup/accountsServer.ts'
import { CookieBrowser } from '../setup/cookieBrowser.ts'

let server: Awaited<ReturnType<typeof startAccountsServer>>
beforeAll(async () => {
  server = await startAccountsServer()
})
afterAll(() => server.close())

const newBrowser = () => new CookieBrowser(server.baseUrl)

describe('a sign-in through the test page', () => {
  test('leads back to the page it began on, with a session', async () => {
    const browser = newBrowser()
    expect(await browser.session()).toEqual({ person: null, csrfToken: null, expiresAt: null, isTestSignIn: true })
    const end = await browser.signIn('maaloev', '/auth/sign-in?returnTo=%2Fideer%2Fny%3Ftrin%3D2%23kort')
    expect([end.status, end.headers.get('location')]).toEqual([302, '/ideer/ny?trin=2'])
    expect(end.headers.get('cache-control')).toBe('no-store')
    expect(browser.cookie('session')?.line).toMatch(/^session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
    const session = await browser.session()
    expect(session.person).toMatchObject({ displayName: 'Testborger Måløv', role: 'citizen', districtId: 'maaloev' })
    expect(session.csrfToken).toMatch(/^[\w-]{43}$/)
    expect(session.expiresAt).toBe(new Date(server.deps.clock.now().getTime() + 12 * 3_600_000).toISOString())
  })

  test.each([
    ['skovlunde', 'citizen', 'skovlunde'],
    ['maaloev', 'citizen', 'maaloev'],
    ['ballerup-nord', 'citizen', 'ballerup-nord'],
    ['ballerup-syd', 'citizen', 'ballerup-syd'],
    ['child', 'citizen', 'maaloev'],
    ['planner', 'planner', null],
    ['organiser', 'organiser', null],
    ['moderator', 'moderator', null],
    ['decision-maker', 'decision-maker', null],
    ['admin', 'admin', null],
  ])('%s becomes %s of %s', async (key, role, districtId) => {
    const browser = newBrowser()
    await browser.signIn(key)
    expect((await browser.session()).person).toMatchObject({ role, districtId })
  })

  test('one browser can be one person after another; the session before ends', async () => {
    const browser = newBrowser()
    await browser.signIn('planner')
    const before = browser.cookie('session')
    await browser.signIn('skovlunde')
    expect((await browser.session()).person?.displayName).toBe('Testborger Skovlunde')
    expect(browser.cookie('session')?.value).not.toBe(before?.value)
    const old = await fetch(`${server.baseUrl}/api/session`, { headers: { Cookie: `session=${before?.value}` } })
    expect(await old.json()).toMatchObject({ person: null })
  })

  test('keeps of a person only what it says it keeps', async () => {
    const person = testPeople.find(({ key }) => key === 'skovlunde')
    const browser = newBrowser()
    await browser.signIn('skovlunde')
    const personId = (await browser.session()).person?.personId as string
    const row = await server.deps.db.selectFrom('person').selectAll().where('person_id', '=', personId).executeTakeFirstOrThrow()
    expect(Object.keys(row).sort()).toEqual(['created_at', 'display_name', 'district_id', 'issuer', 'person_id', 'role', 'subject'])
    expect(row.subject).toMatch(/^[\w-]{43}$/)
    const sessions = await server.deps.db.selectFrom('session').selectAll().where('person_id', '=', personId).execute()
    const kept = JSON.stringify([row, sessions])
    for (const secret of [
      person?.birthdate,
      person?.address?.street_address,
      person?.address?.postal_code,
      browser.cookie('session')?.value,
    ]) {
      expect(secret).toBeTruthy()
      expect(kept).not.toContain(secret)
    }
  })

  test('ten at once make one person', async () => {
    const { db } = server.deps
    const count = async () => Number((await db.selectFrom('person').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)
    await newBrowser().signIn('organiser')
    await db.deleteFrom('person').where('display_name', '=', 'Testprojektleder').execute()
    const before = await count()
    const browsers = Array.from({ length: 10 }, newBrowser)
    const callbacks = await Promise.all(browsers.map((browser) => browser.choose({ person: 'organiser' })))
    const ends = await Promise.all(browsers.map((browser, index) => browser.send(callbacks[index] as string)))
    expect(ends.map((end) => end.headers.get('location'))).toEqual(Array(10).fill('/'))
    const sessions = await Promise.all(browsers.map((browser) => browser.session()))
    expect(new Set(sessions.map(({ person }) => person?.personId)).size).toBe(1)
    expect(await count()).toBe(before + 1)
  })
})

describe('the test page', () => {
  test('speaks the language it was asked for, under a strict policy', async () => {
    const { page, path } = await newBrowser().openPeople('/auth/sign-in?lang=en')
    expect(page.status).toBe(200)
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe-inline')
    const html = await page.text()
    expect(html).toContain('<html lang="en">')
    expect(html).toContain(`action="${path}"`)
    const style = await fetch(`${server.baseUrl}/test-login/style.css`)
    expect(style.headers.get('content-type')).toContain('text/css')
  })

  test('opened without a sign-in explains itself', async () => {
    for (const path of ['/test-login/interaction/none', '/test-login/auth/none', '/test-login/auth', '/test-login/none', '/test-login']) {
      const page = await newBrowser().send(path)
      expect(page.status).toBeGreaterThanOrEqual(400)
      expect(page.status).toBeLessThan(500)
    }
  })

  test('takes no form from another site', async () => {
    const browser = newBrowser()
    const { path } = await browser.openPeople()
    const init = { method: 'POST', body: new URLSearchParams({ person: 'admin' }), headers: { Origin: 'https://evil.example' } }
    expect((await browser.send(path, init)).status).toBe(400)
  })
})

describe('a callback is refused', () => {
  const failed = (kind: string, path = '/') => `${path}?signInProblem=${kind}`

  test('the second time', async () => {
    const browser = newBrowser()
    const callback = await browser.choose({ person: 'skovlunde' })
    expect((await browser.send(callback)).headers.get('location')).toBe('/')
    const again = await browser.send(callback)
    expect(again.headers.get('location')).toBe(failed('sign-in-expired'))
    expect(again.headers.getSetCookie()).toEqual([])
  })

  test('when two arrive at once: one of them', async () => {
    const browser = newBrowser()
    const callback = await browser.choose({ person: 'skovlunde' })
    const ends = await Promise.all([browser.send(callback), browser.send(callback)])
    expect(ends.map((end) => end.headers.get('location')).sort()).toEqual(['/', failed('sign-in-expired')])
  })

  test('with another state, or none', async () => {
    const browser = newBrowser()
    const callback = new URL(await browser.choose({ person: 'skovlunde' }))
    for (const state of ['x'.repeat(43), 'short', '']) {
      callback.searchParams.set('state', state)
      expect((await browser.send(callback.href)).headers.get('location')).toBe(failed('sign-in-expired'))
    }
    expect((await browser.send('/auth/callback')).headers.get('location')).toBe(failed('sign-in-expired'))
    expect((await browser.session()).person).toBeNull()
  })

  test('with another nonce, verifier, code or issuer', async () => {
    const { db } = server.deps
    const spoil: ((callback: URL) => unknown)[] = [
      () => db.updateTable('sign_in_attempt').set({ nonce: 'another' }).execute(),
      () =>
        db
          .updateTable('sign_in_attempt')
          .set({ code_verifier: 'x'.repeat(43) })
          .execute(),
      (callback) => callback.searchParams.set('code', 'another'),
      (callback) => callback.searchParams.set('iss', 'https://evil.example'),
    ]
    for (const change of spoil) {
      const browser = newBrowser()
      const callback = new URL(await browser.choose({ person: 'skovlunde' }, '/auth/sign-in?returnTo=/om'))
      await change(callback)
      expect((await browser.send(callback.href)).headers.get('location')).toBe(failed('sign-in-failed', '/om'))
      expect((await browser.session()).person).toBeNull()
    }
  })

  test('in another browser, which does not use it up', async () => {
    const [mine, yours] = [newBrowser(), newBrowser()]
    const callback = await mine.choose({ person: 'skovlunde' })
    await yours.openPeople()
    expect((await yours.send(callback)).headers.get('location')).toBe(failed('sign-in-expired'))
    expect((await yours.session()).person).toBeNull()
    expect((await mine.send(callback)).headers.get('location')).toBe('/')
  })

  test('after ten minutes', async () => {
    const browser = newBrowser()
    const callback = await browser.choose({ person: 'skovlunde' }, '/auth/sign-in?returnTo=/om')
    const start = server.deps.clock.now()
    server.deps.clock.set(new Date(start.getTime() + 600_000))
    expect((await browser.send(callback)).headers.get('location')).toBe(failed('sign-in-expired', '/om'))
    server.deps.clock.set(start)
  })

  test('when the person changed their mind', async () => {
    const browser = newBrowser()
    const callback = await browser.choose({ cancel: 'yes' }, '/auth/sign-in?returnTo=/ideer/ny')
    expect(callback).toContain('error=access_denied')
    expect((await browser.send(callback)).headers.get('location')).toBe(failed('sign-in-failed', '/ideer/ny'))
  })

  test('while sign-ins in two tabs of one browser both work', async () => {
    const browser = newBrowser()
    const callbacks = [await browser.choose({ person: 'skovlunde' }), await browser.choose({ person: 'planner' })]
    for (const callback of callbacks) expect((await browser.send(callback)).headers.get('location')).toBe('/')
  })
})
