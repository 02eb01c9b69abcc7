import type { TranscriptFile } from '../../../server/allocation/contract.ts'
import { sha256Hex } from '../../../server/allocation/rules/sha256.ts'
import { parseTieOrder, type TieOrder } from '../../../server/allocation/rules/ties.ts'
import type { Transcript } from '../../../server/allocation/rules/transcript.ts'
import type { FrozenSetup, LogEntry } from '../../../server/elections/contract.ts'
import { brokenAt } from '../../../server/elections/rules/logChain.ts'
import type { ReceiptList } from '../../../server/voting/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { countInWorker } from '../countInWorker.ts'
import type { WorkProgress } from '../countOrder.ts'
import { type DistrictResult, getText, publishedFiles, type RoundResult } from '../result.api.ts'
import { asksEnough, type CountDifference, checkSums, compareCount, matchesSetup } from './compare.ts'
import { compareWithLog, type LogComparison } from './logEvidence.ts'

/** What a check came to. `not-here`: the file is not published; `failed`: it could not be read. */
export type Verdict = 'equal' | 'different' | 'not-here' | 'failed'

export interface DistrictCheck {
  verdict: Verdict
  /** Why there are no ballots to count. */
  reason: 'few' | 'meeting' | null
  differences: readonly CountDifference[]
  hasSameSteps: boolean
  /** Of the file that was read; null without one. */
  fileSha256: string | null
  /** Whether the file is the one whose fingerprint the result tells, and counts what was frozen; null where it cannot be told. */
  isPublishedFile: boolean | null
  isFrozenSetup: boolean | null
  sums: ReturnType<typeof checkSums>
  ballots: number
  ms: number
}

export interface WholeCheck {
  setup: Verdict
  log: LogCheck
  receipts: { verdict: Verdict; count: number }
  /** What was downloaded, held against the log; empty where the log could not be had. */
  comparisons: readonly LogComparison[]
}

interface LogCheck {
  verdict: Verdict
  brokenAt: number | null
  entries: number
  /** The hash of its last entry: who keeps it can tell later whether any of the entries was changed. */
  lastHash: string | null
}

/** What a check of the whole goes by: the set-up and the files as they were read. */
export interface ReadBefore {
  setup: Awaited<ReturnType<typeof fetchSetup>>
  districts: ReadonlyMap<string, DistrictCheck>
}

export interface CheckWatch {
  signal: AbortSignal
  onProgress: (progress: WorkProgress) => void
}

async function optional(path: string, signal: AbortSignal): Promise<string | Exclude<Verdict, 'equal' | 'different'>> {
  try {
    return await getText(path, signal)
  } catch (error) {
    if (signal.aborted) throw error
    return error instanceof ApiProblem && error.status === 404 ? 'not-here' : 'failed'
  }
}

const isText = (answer: string): boolean => answer.startsWith('{')

/** Reads the frozen set-up and holds its bytes against the fingerprint of the result. */
export async function fetchSetup({ roundYear, setupSha256 }: RoundResult, signal: AbortSignal) {
  const text = await optional(publishedFiles(roundYear).setup, signal)
  if (!isText(text)) return { verdict: text as Verdict, setup: null, sha256: null }
  const sha256 = sha256Hex(text)
  return { verdict: sha256 === setupSha256 ? ('equal' as const) : ('different' as const), setup: JSON.parse(text) as FrozenSetup, sha256 }
}

async function readLog(year: number, signal: AbortSignal): Promise<{ check: LogCheck; items: LogEntry[] | null }> {
  const text = await optional(publishedFiles(year).log, signal)
  if (!isText(text)) return { check: { verdict: text as Verdict, brokenAt: null, entries: 0, lastHash: null }, items: null }
  const { items } = JSON.parse(text) as { items: LogEntry[] }
  const broken = brokenAt(items)
  const verdict = broken === null ? 'equal' : 'different'
  return { check: { verdict, brokenAt: broken, entries: items.length, lastHash: items.at(-1)?.entryHash ?? null }, items }
}

async function readReceipts({ roundYear, districts }: RoundResult, signal: AbortSignal) {
  const text = await optional(publishedFiles(roundYear).receipts, signal)
  if (!isText(text)) return { check: { verdict: text as Verdict, count: 0 }, lists: [] }
  const { districts: lists } = JSON.parse(text) as ReceiptList
  const isRight = districts.every((district) => {
    const found = lists.find(({ districtId }) => districtId === district.districtId)
    const published = new Set(found?.receipts).size
    return district.receipts === null || published === district.receipts
  })
  const verdict: Verdict = isRight ? 'equal' : 'different'
  return { check: { verdict, count: lists.reduce((sum, { receipts }) => sum + receipts.length, 0) }, lists }
}

/** Checks what belongs to the whole vote: log and receipts, and whether the log has what was read before. */
export async function checkWhole(result: RoundResult, { setup, districts }: ReadBefore, signal: AbortSignal): Promise<WholeCheck> {
  const { check: log, items } = await readLog(result.roundYear, signal)
  const { check: receipts, lists } = await readReceipts(result, signal)
  const files = new Map([...districts].flatMap(([id, { fileSha256 }]) => (fileSha256 === null ? [] : [[id, fileSha256] as const])))
  const comparisons = items === null ? [] : compareWithLog(items, { setupSha256: setup.sha256, files, receipts: lists })
  return { setup: setup.verdict, log, receipts, comparisons }
}

const unchecked = { differences: [], hasSameSteps: true, fileSha256: null, isPublishedFile: null, isFrozenSetup: null, ms: 0 }

/** Counts a district's published file again and compares it step by step with the published count. */
export async function checkDistrict(
  district: DistrictResult,
  year: number,
  setup: FrozenSetup | null,
  watch: CheckWatch,
): Promise<DistrictCheck> {
  const sums = checkSums(district)
  const ballots = district.ballots ?? 0
  if (district.ballotFile === null || district.districtId === null) {
    return { ...unchecked, verdict: 'not-here', reason: district.isWithheld ? 'few' : 'meeting', sums, ballots }
  }
  const began = performance.now()
  const pb = await getText(district.ballotFile.url, watch.signal)
  const file = JSON.parse(await getText(publishedFiles(year).transcript(district.districtId), watch.signal)) as TranscriptFile
  const transcript = file.transcript as unknown as Transcript | null
  const { minVotes: minScore, step, remainderOffer } = file
  const tie = parseTieOrder(file.tie) as TieOrder
  const order = {
    source: { pb },
    rule: file.rule ?? 'greedy_cost',
    options: { tie, minScore, step, remainderOffer, withTranscript: true },
    withEnough: asksEnough(transcript),
  } as const
  const answer = await countInWorker(order, { signal: watch.signal, onProgress: watch.onProgress })
  const fileSha256 = sha256Hex(pb)
  const isPublishedFile = fileSha256 === district.ballotFile.sha256
  if (!answer.ok) return { ...unchecked, verdict: 'failed', reason: null, fileSha256, isPublishedFile, sums, ballots }
  const compared = compareCount(answer.count, file)
  const frozen = setup?.districts.find(({ districtId }) => districtId === district.districtId)
  const isFrozenSetup = answer.file && frozen ? matchesSetup(answer.file.frame, frozen) : null
  const isEqual = compared.differences.length === 0 && compared.hasSameSteps && isPublishedFile && isFrozenSetup !== false
  return {
    ...compared,
    verdict: isEqual && sums.isCountedWhole !== false ? 'equal' : 'different',
    reason: null,
    fileSha256,
    isPublishedFile,
    isFrozenSetup,
    sums,
    ballots: answer.count.transcript?.ballots ?? ballots,
    ms: performance.now() - began,
  }
}
