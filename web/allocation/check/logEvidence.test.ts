import { expect, test } from 'vitest'
import { sha256Hex } from '../../../server/allocation/rules/sha256.ts'
import type { LogEntry } from '../../../server/elections/contract.ts'
import { brokenAt, FIRST_HASH, hashOfEntry } from '../../../server/elections/rules/logChain.ts'
import { merkleRoot } from '../../../server/voting/rules/merkle.ts'
import { compareWithLog, type Downloaded } from './logEvidence.ts'

/** A log whose chain holds. */
function chained(...actions: readonly (readonly [string, LogEntry['detail']])[]): LogEntry[] {
  const items: LogEntry[] = []
  for (const [action, detail] of actions) {
    const previousHash = items.at(-1)?.entryHash ?? FIRST_HASH
    const entry = { entryNumber: items.length + 1, action, actorName: 'clock', detail, at: '2026-05-21T08:00:00.000Z', previousHash }
    items.push({ ...entry, entryHash: hashOfEntry(entry) })
  }
  return items
}

const setup = '{"format":"borgermillionen-election-1"}'
const pb = 'META\nkey;value\nVOTES\nvoter_id;vote\n1;toilet\n'
const receipts = ['one', 'two', 'three'].map(sha256Hex).sort()
const list = { districtId: 'skovlunde', ballots: 3, merkleRoot: merkleRoot(receipts), receipts }
const items = chained(
  ['setup-frozen', { sha256: sha256Hex('an earlier draft') }],
  ['setup-thawed', { reason: 'A cost was wrong.' }],
  ['setup-frozen', { sha256: sha256Hex(setup) }],
  ['vote-opened', {}],
  ['boxes-closed', { districts: [{ districtId: 'skovlunde', ballots: 3, merkleRoot: merkleRoot(receipts) }] }],
  ['publish-ballot-files', { files: { skovlunde: sha256Hex(pb) } }],
)
const downloaded: Downloaded = { setupSha256: sha256Hex(setup), files: new Map([['skovlunde', sha256Hex(pb)]]), receipts: [list] }
const found = (given: Partial<Downloaded>, log = items) =>
  compareWithLog(log, { ...downloaded, ...given }).map(({ what, found: is }) => [what, is])

test('what was downloaded is what the log has', () => {
  expect(brokenAt(items)).toBeNull()
  expect(compareWithLog(items, downloaded)).toEqual([
    { what: 'setup', districtId: null, found: 'equal' },
    { what: 'file', districtId: 'skovlunde', found: 'equal' },
    { what: 'receipts', districtId: 'skovlunde', found: 'equal' },
  ])
})

test('a ballot file that was changed after publication is told, though its address gives the fingerprint of the new one', () => {
  const changed = pb.replace('toilet', 'skater')
  expect(found({ files: new Map([['skovlunde', sha256Hex(changed)]]) })).toContainEqual(['file', 'different'])
})

test('so is another set-up, and a receipt that was taken out, put in or exchanged, whatever root the list gives itself', () => {
  expect(found({ setupSha256: sha256Hex('an earlier draft') })).toContainEqual(['setup', 'different'])
  for (const others of [receipts.slice(1), [...receipts, sha256Hex('four')], [sha256Hex('four'), ...receipts.slice(1)]]) {
    const forged = { ...list, ballots: others.length, receipts: others, merkleRoot: merkleRoot(others) }
    expect(found({ receipts: [forged] })).toContainEqual(['receipts', 'different'])
  }
})

test('a set-up that was frozen once more after the opening, and a file published a second time, change nothing', () => {
  const later = chained(
    ...items.map(({ action, detail }) => [action, detail] as const),
    ['setup-frozen', { sha256: sha256Hex('another') }],
    ['publish-ballot-files', { files: { skovlunde: sha256Hex('another') } }],
  )
  expect(found({}, later).every(([, is]) => is === 'equal')).toBe(true)
})

test('what the log does not name, and what is not to be had any more, is told', () => {
  expect(found({}, items.slice(0, 2))).toEqual([
    ['setup', 'different'],
    ['file', 'unlogged'],
    ['receipts', 'unlogged'],
  ])
  expect(found({ setupSha256: null, files: new Map(), receipts: [] })).toEqual([
    ['setup', 'gone'],
    ['file', 'gone'],
    ['receipts', 'gone'],
  ])
  expect(
    compareWithLog(chained(['setup-frozen', { sha256: sha256Hex(setup) }]), { ...downloaded, files: new Map(), receipts: [] }),
  ).toHaveLength(1)
})
