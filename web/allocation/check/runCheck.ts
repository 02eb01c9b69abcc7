import type { TranscriptFile } from '../../../server/allocation/contract.ts'
import { readPb } from '../../../server/allocation/rules/pb/pbReader.ts'
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

/** What a check came to. `not-here`: the file is not published; `failed`: it could not be read. */
export type Verdict = 'equal' | 'different' | 'not-here' | 'failed'

export interface DistrictCheck {
  verdict: Verdict
  /** Why there are no ballots to count. */
  reason: 'few' | 'meeting' | null
  differences: readonly CountDifference[]
  hasSameSteps: boolean
  /** Whether the file is the one whose fingerprint was published, and counts what was frozen; null where it cannot be told. */
  isPublishedFile: boolean | null
  isFrozenSetup: boolean | null
  sums: ReturnType<typeof checkSums>
  ballots: number
  ms: number
}

export interface WholeCheck {
  setup: Verdict
  log: { verdict: Verdict; brokenAt: number | null; entries: number }
  receipts: { verdict: Verdict; count: number }
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
  if (!isText(text)) return { verdict: text as Verdict, setup: null }
  const isEqual = sha256Hex(text) === setupSha256
  return { verdict: isEqual ? ('equal' as const) : ('different' as const), setup: JSON.parse(text) as FrozenSetup }
}

async function checkLog(year: number, signal: AbortSignal): Promise<WholeCheck['log']> {
  const text = await optional(publishedFiles(year).log, signal)
  if (!isText(text)) return { verdict: text as Verdict, brokenAt: null, entries: 0 }
  const { items } = JSON.parse(text) as { items: LogEntry[] }
  const broken = brokenAt(items)
  return { verdict: broken === null ? 'equal' : 'different', brokenAt: broken, entries: items.length }
}

async function checkReceipts({ roundYear, districts }: RoundResult, signal: AbortSignal): Promise<WholeCheck['receipts']> {
  const text = await optional(publishedFiles(roundYear).receipts, signal)
  if (!isText(text)) return { verdict: text as Verdict, count: 0 }
  const list = JSON.parse(text) as ReceiptList
  const isRight = districts.every((district) => {
    const found = list.districts.find(({ districtId }) => districtId === district.districtId)
    const published = new Set(found?.receipts).size
    return district.receipts === null || published === district.receipts
  })
  return { verdict: isRight ? 'equal' : 'different', count: list.districts.reduce((sum, { receipts }) => sum + receipts.length, 0) }
}

/** Checks what belongs to the whole vote: log and receipts. */
export async function checkWhole(result: RoundResult, setup: Verdict, signal: AbortSignal): Promise<WholeCheck> {
  return { setup, log: await checkLog(result.roundYear, signal), receipts: await checkReceipts(result, signal) }
}

const unchecked = { differences: [], hasSameSteps: true, isPublishedFile: null, isFrozenSetup: null, ms: 0 }

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
  const isPublishedFile = sha256Hex(pb) === district.ballotFile.sha256
  if (!answer.ok) return { ...unchecked, verdict: 'failed', reason: null, isPublishedFile, sums, ballots }
  const compared = compareCount(answer.count, file)
  const reading = readPb(pb)
  const frozen = setup?.districts.find(({ districtId }) => districtId === district.districtId)
  const isFrozenSetup = reading.ok && frozen ? matchesSetup(reading.file.election, frozen) : null
  const isEqual = compared.differences.length === 0 && compared.hasSameSteps && isPublishedFile && isFrozenSetup !== false
  return {
    ...compared,
    verdict: isEqual && sums.isCountedWhole ? 'equal' : 'different',
    reason: null,
    isPublishedFile,
    isFrozenSetup,
    sums,
    ballots: answer.count.transcript?.ballots ?? ballots,
    ms: performance.now() - began,
  }
}
