import type { LogEntry } from '../../../server/elections/contract.ts'
import type { ReceiptList } from '../../../server/voting/contract.ts'
import { merkleRoot } from '../../../server/voting/rules/merkle.ts'

/** What this browser was given. */
export interface Downloaded {
  /** SHA-256 of the set-up; null where it could not be had. */
  setupSha256: string | null
  /** SHA-256 of the ballot files that were read, by district. */
  files: ReadonlyMap<string, string>
  receipts: ReceiptList['districts']
}

/** One thing held against the log. `unlogged`: the log does not name it; `gone`: the log names what is not to be had any more. */
export interface LogComparison {
  what: 'setup' | 'file' | 'receipts'
  districtId: string | null
  found: 'equal' | 'different' | 'unlogged' | 'gone'
}

/** The set-up that was frozen last before the vote opened: what is written afterwards changes nothing of it. */
function frozenIn(items: readonly LogEntry[]): string | null {
  const opened = items.findIndex(({ action }) => action === 'vote-opened')
  const before = opened < 0 ? items : items.slice(0, opened)
  const entry = before.findLast(({ action }) => action === 'setup-frozen')
  return typeof entry?.detail.sha256 === 'string' ? entry.detail.sha256 : null
}

/** The first publication stands: a later one would be a second file. */
function filesIn(items: readonly LogEntry[]): Map<string, string> {
  const detail = items.find(({ action }) => action === 'publish-ballot-files')?.detail
  return new Map(Object.entries((detail?.files ?? {}) as Record<string, string>))
}

/** Roots over the receipts as they were when the boxes were closed. Whether as many ballots lay beside them the sums of a district tell. */
function rootsIn(items: readonly LogEntry[]): Map<string, string> {
  const closings = items.filter(({ action }) => action === 'boxes-closed')
  const roots = closings.flatMap(({ detail }) => (detail.districts ?? []) as { districtId: string; merkleRoot: string }[])
  // Of two for one district the first stands.
  return new Map(roots.toReversed().map(({ districtId, merkleRoot: root }) => [districtId, root]))
}

function compareEach<Logged, Had>(
  what: LogComparison['what'],
  logged: ReadonlyMap<string, Logged>,
  had: ReadonlyMap<string, Had>,
  isSame: (logged: Logged, had: Had) => boolean,
): LogComparison[] {
  const ids = [...new Set([...logged.keys(), ...had.keys()])].sort()
  return ids.map((districtId) => {
    const [one, other] = [logged.get(districtId), had.get(districtId)]
    if (one === undefined) return { what, districtId, found: 'unlogged' }
    if (other === undefined) return { what, districtId, found: 'gone' }
    return { what, districtId, found: isSame(one, other) ? 'equal' : 'different' }
  })
}

function compareSetup(logged: string | null, had: string | null): LogComparison {
  const found = logged === null ? 'unlogged' : had === null ? 'gone' : logged === had ? 'equal' : 'different'
  return { what: 'setup', districtId: null, found }
}

/**
 * Holds what was downloaded against what the log of the vote has of it. The result page tells a file's fingerprint as the file is
 * now; the log tells it as it was when it was published, and is a chain in which no line can be changed by itself.
 * @cost the root of 10,000 receipts is some 100 ms
 */
export function compareWithLog(items: readonly LogEntry[], { setupSha256, files, receipts }: Downloaded): LogComparison[] {
  const lists = new Map(receipts.map((list) => [list.districtId, list.receipts]))
  return [
    compareSetup(frozenIn(items), setupSha256),
    ...compareEach('file', filesIn(items), files, (logged, had) => logged === had),
    ...compareEach('receipts', rootsIn(items), lists, (root, list) => root === merkleRoot(list)),
  ]
}
