import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { ballotsOfPb, makeKeys, openReceipts, readPrivateKey, type SealedExport } from '../../server/voting/audit.ts'
import { compareWithFile } from '../../server/voting/auditCheck.ts'
import { readFrozenAuditors } from '../../server/voting/auditors.ts'
import { closeBoxes } from '../../server/voting/box.ts'
import { selectSealed } from '../../server/voting/boxQueries.ts'
import type { ReceiptList } from '../../server/voting/contract.ts'
import { destroyOpenings, exportOpenings } from '../../server/voting/openings.ts'
import { loadRoll } from '../../server/voting/roll.ts'
import { readRollSizes } from '../../server/voting/service.ts'
import { newCast } from '../builders/castVote.ts'
import { buildRound } from '../builders/round.ts'
import { buildVote } from '../builders/vote.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const command = resolve(import.meta.dirname, '../../server/voting/auditor.ts')
const folder = mkdtempSync(join(tmpdir(), 'bm-auditor-'))
const at = (name: string) => join(folder, name)
const [first, second] = [makeKeys(), makeKeys()]

let t: TestApp
let organiser: SignedIn
let setup: FrozenSetup
beforeAll(async () => {
  t = await createTestApp()
  organiser = await t.signIn('organiser')
  setup = await buildVote(t.deps.db, { state: 'frozen', auditorKeys: [first.publicKey, second.publicKey] })
})
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true })
})

const name = (year: number, body: object) => t.send('PUT', `/api/rounds/${year}/auditors`, { as: organiser, body })

describe('auditors', () => {
  it('are named with their keys in a draft, and stand for everybody to see', async () => {
    await buildVote(t.deps.db, { year: 2027, state: 'draft' })
    const [first, second] = [makeKeys(), makeKeys()]
    expect((await name(2027, { position: 1, name: 'Revisor Et', publicKey: first.publicKey })).status).toBe(200)
    expect(await readFrozenAuditors(t.deps.db, 2027)).toEqual([{ position: 1, name: 'Revisor Et', fingerprint: first.fingerprint }])
    for (const publicKey of ['short', 'A'.repeat(43), first.publicKey]) {
      const refused = await name(2027, { position: 2, name: 'Revisor To', publicKey })
      expect([refused.status, (await bodyOf(refused)).kind]).toEqual([422, 'key-refused'])
    }
    expect((await name(2027, { position: 2, name: 'Revisor To', publicKey: second.publicKey })).status).toBe(200)
    expect(await t.read('/api/rounds/2027/auditors')).toEqual({
      items: [
        { position: 1, name: 'Revisor Et', publicKey: first.publicKey, fingerprint: first.fingerprint },
        { position: 2, name: 'Revisor To', publicKey: second.publicKey, fingerprint: second.fingerprint },
      ],
    })
    const log = await t.deps.db.selectFrom('election_log').select('action').execute()
    expect(log.map(({ action }) => action)).toEqual(['auditor-named', 'auditor-named'])
  })

  it('are not named once the set-up is frozen, whatever comes after', async () => {
    const late = async (state: string) => {
      const answer = await name(2026, { position: 2, name: 'En anden', publicKey: makeKeys().publicKey })
      expect([answer.status, await bodyOf(answer)]).toMatchObject([409, { kind: 'frozen', state }])
    }
    await late('frozen')
    await expect(t.deps.db.deleteFrom('voting_auditor').execute()).rejects.toMatchObject({ code: '23001' })
    await t.deps.db.updateTable('election').set({ state: 'open', opened_at: t.clock.now() }).where('round_year', '=', 2026).execute()
    await late('open')
    expect((await readFrozenAuditors(t.deps.db, 2026)).map(({ fingerprint }) => fingerprint)).toEqual([
      first.fingerprint,
      second.fingerprint,
    ])
    expect(await t.deps.db.selectFrom('election_log').where('round_year', '=', 2026).select('action').execute()).toEqual([])
  })
})

describe('what is sealed', () => {
  it('is as long for every ballot of a district, opens with both keys, and every receipt is the hash of its ballot', async () => {
    const lines = setup.districts[0]?.lines.map(({ projectId }) => projectId) as string[]
    const sent: string[] = []
    for (const projectIds of [[], lines, [lines[1] as string], [lines[1] as string]]) {
      const as = await t.signIn('citizen', 'ballerup-nord')
      const response = await t.send('POST', '/api/rounds/2026/ballots', {
        as,
        body: newCast(setup, 'ballerup-nord', { choices: { projectIds } }),
      })
      expect(response.status, await response.clone().text()).toBe(201)
      sent.push((await bodyOf(response)).receipt)
    }
    expect(await selectSealed(t.deps.db, 2026), 'nothing before the box is closed').toEqual([])
    await t.deps.db.transaction().execute((trx) => closeBoxes(trx, 2026, { actorName: 'Test organiser', at: t.clock.now() }))
    const rows = await selectSealed(t.deps.db, 2026)
    expect(new Set(rows.map(({ sealed }) => sealed?.length)).size).toBe(1)
    const receipts = rows.map(({ sealed, ...row }) => ({ ...row, sealed: sealed?.toString('base64') ?? null }))
    const sealed = { format: 'borgermillionen-sealed-1', roundYear: 2026, receipts } as const
    writeFileSync(at('sealed.json'), JSON.stringify(sealed))
    writeFileSync(at('receipts.json'), JSON.stringify(await t.read('/api/rounds/2026/receipts')))
    const keys = [first, second].map(({ privatePem }) => readPrivateKey(privatePem, 'a key'))
    const opened = openReceipts(sealed, keys)
    expect(opened.map(({ receipt }) => receipt)).toEqual(sent.toSorted())
    expect(opened.map(({ fault }) => fault)).toEqual([null, null, null, null])
    expect(opened.map(({ opening }) => opening?.ballot).sort()).toEqual(['', lines[1], lines[1], lines.toSorted().join(',')].sort())
    for (const wrong of [keys.toReversed(), keys.slice(0, 1)]) {
      expect(openReceipts(sealed, wrong).map(({ fault }) => fault)).toEqual(
        Array(4).fill(expect.stringMatching(/not-opened|not-an-opening/)),
      )
    }
    const swapped = { ...sealed, receipts: receipts.map((one, index) => ({ ...one, sealed: receipts[(index + 1) % 4]?.sealed ?? null })) }
    expect(openReceipts(swapped, keys).map(({ fault }) => fault)).toEqual(Array(4).fill('another-hash'))
    const file = new Map([
      ['', 1],
      [lines[1] as string, 3],
    ])
    const { missing, withoutReceipt } = compareWithFile(opened, file)
    expect([missing.length, withoutReceipt]).toEqual([1, 1])
  })

  it('the command makes keys, opens, and checks against what is published', { timeout: 180_000 }, () => {
    const run = (...words: string[]) => {
      try {
        return {
          code: 0,
          out: execFileSync(process.execPath, [command, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
        }
      } catch (error) {
        const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
        return { code: status, out: stdout + stderr }
      }
    }
    expect(run('keys', '--out', at('mine.pem')).out).toMatch(/Public key for the organiser: [\w-]{43}\n.*fingerprint.*: [0-9a-f]{64}/)
    expect(statSync(at('mine.pem')).mode & 0o777).toBe(0o600)
    expect(run('keys', '--out', at('mine.pem'))).toMatchObject({ code: 1, out: expect.stringContaining('EEXIST') })
    writeFileSync(at('first.pem'), first.privatePem)
    writeFileSync(at('second.pem'), second.privatePem)
    const [lineA, lineB, lineC] = (setup.districts[0]?.lines ?? []).map(({ projectId }) => projectId) as [string, string, string]
    const pb = (votes: string[]) =>
      [
        'META',
        'key;value',
        'description;x',
        'country;Danmark',
        'unit;Ballerup',
        'instance;2026',
        'num_projects;3',
        `num_votes;${votes.length}`,
        'budget;164646',
        'vote_type;approval',
        'rule;greedy',
        'PROJECTS',
        'project_id;cost',
        ...[lineA, lineB, lineC].map((id) => `${id};40000`),
        'VOTES',
        'voter_id;vote',
        ...votes.map((vote, index) => `${index};${vote}`),
      ].join('\n')
    const all = [lineA, lineB, lineC].join(',')
    writeFileSync(at('right.pb'), pb([lineB, all, '', lineB, lineA]))
    writeFileSync(at('wrong.pb'), pb([lineB, all, '', lineA]))
    const keys = ['--key', at('first.pem'), '--key', at('second.pem')]
    const list = ['--receipts', at('receipts.json')]
    const check = (...words: string[]) => run('check', at('sealed.json'), ...words)
    const against = (file: string, papers: string) =>
      check(...list, ...keys, '--district', 'ballerup-nord', '--pb', at(file), '--paper', papers)
    const right = against('right.pb', '1')
    expect(right.code).toBe(0)
    const { districts } = JSON.parse(readFileSync(at('receipts.json'), 'utf8')) as ReceiptList
    for (const sentence of [
      `ballerup-nord: the export has each of the 4 published receipts; their root is ${districts[0]?.merkleRoot}.`,
      'skovlunde: the export has each of the 0 published receipts',
      '4 of 4 receipts are the hash of a ballot of their district.',
      '4 of 4 ballots with a receipt are in',
      '1 ballots there have no receipt: as many as there were papers.',
    ]) {
      expect(right.out).toContain(sentence)
    }
    expect(against('wrong.pb', '0')).toMatchObject({ code: 2, out: expect.stringContaining('its ballot is not in the file') })
    const stuffed = '1 ballots there have no receipt, but there were 0 valid papers.'
    expect(against('right.pb', '0')).toMatchObject({ code: 2, out: expect.stringContaining(stuffed) })
    const missing = (what: string) => ({ code: 1, out: expect.stringContaining(`--${what} is missing`) })
    expect(check(...keys)).toMatchObject(missing('receipts'))
    expect(check(...list, ...keys, '--district', 'ballerup-nord', '--pb', at('right.pb'))).toMatchObject(missing('paper'))
    const whole = JSON.parse(readFileSync(at('sealed.json'), 'utf8')) as SealedExport
    writeFileSync(at('short.json'), JSON.stringify({ ...whole, receipts: whole.receipts.slice(1) }))
    expect(run('check', at('short.json'), ...list, ...keys)).toMatchObject({
      code: 2,
      out: expect.stringContaining('ballerup-nord: the export leaves out 1 of 4 published receipts; it is not whole.'),
    })
    expect(run('open', at('sealed.json'), ...keys, '--out', at('opened.json')).out).toContain('4 of 4 receipts opened')
    expect(JSON.parse(readFileSync(at('opened.json'), 'utf8'))[0].opening).toMatch(/^borgermillionen-receipt-1\n2026\nballerup-nord\n/)
    expect(check(...list, '--key', at('first.pem'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('Both auditors'),
    })
    expect(check(...list, '--key', at('right.pb'), '--key', at('second.pem')).out).toContain('is no private key')
    expect(() => ballotsOfPb('x', 'x.pb')).toThrow('x.pb is no .pb file')
  })

  it('is handed out and, once the vote is over, destroyed; the log says so, and the receipts stay', async () => {
    const year = 2026
    const log = async () => {
      const entries = await t.deps.db.selectFrom('election_log').select(['action', 'detail']).orderBy('entry_number').execute()
      return entries.filter(({ action }) => action.startsWith('openings-'))
    }
    const go = (change: object) => t.deps.db.updateTable('election').set(change).where('round_year', '=', year).execute()
    const at = t.clock.now()
    await go({ state: 'ended', ended_at: at })
    await go({ state: 'closed', closed_at: at })
    expect((await exportOpenings(t.deps, year)).receipts.map(({ sealed }) => typeof sealed)).toEqual(Array(4).fill('string'))
    const exported = [{ action: 'openings-exported', detail: { count: 4 } }]
    for (const state of ['closed', 'counted']) {
      if (state === 'counted') await go({ state, counted_at: at })
      await expect(destroyOpenings(t.deps, year)).rejects.toThrow(`is ${state}: its openings are destroyed when it is published or stopped`)
    }
    expect(await log()).toEqual(exported)
    await go({ state: 'published', published_at: at })
    expect(await destroyOpenings(t.deps, year)).toBe(4)
    expect((await selectSealed(t.deps.db, year)).map(({ sealed }) => sealed)).toEqual([null, null, null, null])
    await expect(destroyOpenings(t.deps, year)).rejects.toThrow('There are no sealed openings of 2026')
    expect(await log()).toEqual([...exported, { action: 'openings-destroyed', detail: { count: 4 } }])
    await expect(exportOpenings(t.deps, 2035)).rejects.toThrow('There are no receipts of 2035')
    await expect(destroyOpenings(t.deps, 2035)).rejects.toThrow('There is no vote of 2035')
  })

  it('is destroyed with a vote that was stopped while it was open', async () => {
    const year = 2033
    const open = await buildVote(t.deps.db, { year, opensAt: '2026-05-01T06:00:00.000Z', closesAt: '2026-05-20T18:00:00.000Z' })
    const receipt = { round_year: year, district_id: open.districts[0]?.districtId as string, receipt_hash: Buffer.alloc(32, 1) }
    await t.deps.db
      .insertInto('receipt')
      .values({ ...receipt, sealed: Buffer.from('sealed') })
      .execute()
    await expect(destroyOpenings(t.deps, year)).rejects.toThrow('The vote of 2033 is open')
    const stopped = { state: 'stopped', stopped_at: t.clock.now(), stop_reason: 'Der manglede et projekt.' }
    await t.deps.db.updateTable('election').set(stopped).where('round_year', '=', year).execute()
    expect(await destroyOpenings(t.deps, year)).toBe(1)
  })
})

describe('a roll', () => {
  const columns = { district: 'district', number: 'number' }
  const load = (year: number, text: string) => loadRoll(t.deps.db, t.deps.config, { year, text, columns, at: t.clock.now() })

  it('is loaded whole, and again in the place of the first; nobody is on it by name or number', async () => {
    await buildRound(t.deps.db, { year: 2031 })
    await load(2031, '\uFEFFName;District;Number\r\n"Ane ""A"" Olsen";maaloev;"010180-1234"\r\nBo;skovlunde;0202801234\r\n\r\n')
    expect([...(await readRollSizes(t.deps.db, 2031))]).toEqual([
      ['maaloev', 1],
      ['skovlunde', 1],
    ])
    await load(2031, 'number,district\n1,maaloev\n2,maaloev\n')
    expect([...(await readRollSizes(t.deps.db, 2031))]).toEqual([['maaloev', 2]])
  })

  it.each([
    ['a column that is missing', 'district,cpr\nmaaloev,1', 'must name the columns'],
    ['a district nobody knows', 'district,number\natlantis,1', 'Line 2 names the district "atlantis"'],
    ['a person twice, however written', 'district,number\nmaaloev,0101-80\nmaaloev,010180', 'Line 3 has the number of line 2'],
    ['nobody', 'district,number\n', 'nobody in it'],
    ['a person without number', 'district,number\nmaaloev,', 'Line 2 has no number'],
  ])('with %s changes nothing', async (_what, text, sentence) => {
    const before = await readRollSizes(t.deps.db, 2031)
    await expect(load(2031, text)).rejects.toThrow(sentence)
    expect(await readRollSizes(t.deps.db, 2031)).toEqual(before)
  })

  it('of a round that is not there, or of a vote that is frozen, is refused', async () => {
    await expect(load(2035, 'district,number\nmaaloev,1')).rejects.toThrow('There is no round of 2035')
    await expect(load(2026, 'district,number\nmaaloev,1')).rejects.toThrow('its roll is fixed')
    await buildVote(t.deps.db, { year: 2032, state: 'draft' })
    await load(2032, 'district,number\nmaaloev,1')
    const log = await t.deps.db.selectFrom('election_log').select(['action', 'detail']).where('round_year', '=', 2032).execute()
    expect(log).toEqual([{ action: 'roll-loaded', detail: { districts: [{ districtId: 'maaloev', people: 1 }] } }])
  })
})
