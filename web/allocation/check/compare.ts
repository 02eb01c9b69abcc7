import type { TranscriptFile } from '../../../server/allocation/contract.ts'
import type { Count } from '../../../server/allocation/rules/count.ts'
import type { Transcript } from '../../../server/allocation/rules/transcript.ts'
import type { FrozenSetup } from '../../../server/elections/contract.ts'
import type { ElectionFrame } from '../countOrder.ts'
import type { DistrictResult } from '../result.api.ts'

type District = FrozenSetup['districts'][number]
type Sums = Pick<DistrictResult, 'decidedBy' | 'ballots' | 'invalid' | 'turnout' | 'marks' | 'receipts'>

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]))
}

/** Whether two values say the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

export interface CountDifference {
  projectId: string
  published: number
  counted: number
}

/** Where a recount gives a project another amount than the published file, and whether every step is the same. */
export function compareCount(count: Count, file: Pick<TranscriptFile, 'awards' | 'transcript' | 'tiesMet'>) {
  const amounts = (awards: readonly { projectId: string; amount: number }[]) => new Map(awards.map((one) => [one.projectId, one.amount]))
  const counted = amounts(count.awards)
  const published = amounts(file.awards.map(({ projectId, amountDkk }) => ({ projectId, amount: amountDkk })))
  const ids = [...new Set([...counted.keys(), ...published.keys()])].sort()
  const differences = ids
    .map((projectId): CountDifference => ({ projectId, published: published.get(projectId) ?? 0, counted: counted.get(projectId) ?? 0 }))
    .filter((one) => one.published !== one.counted)
  const hasSameSteps = isSame(count.transcript, file.transcript) && isSame(count.tiesMet, file.tiesMet)
  return { differences, hasSameSteps }
}

/** Whether a ballot file counts what was frozen: the share, the projects with their costs and smallest amounts, the lot, the pairs. */
export function matchesSetup(election: ElectionFrame, district: District): boolean {
  const unit = election.unitsPerCurrency
  const inFile = election.projects.map(({ id, cost, smallestUseful }) => [
    id,
    cost / unit,
    smallestUseful === null ? null : smallestUseful / unit,
  ])
  const frozen = district.lines.map(({ projectId, costDkk, smallestUsefulDkk }) => [projectId, costDkk, smallestUsefulDkk])
  const lot = district.lines.toSorted((a, b) => a.lotPlace - b.lotPlace).map(({ projectId }) => projectId)
  const pairs = (all: readonly (readonly [string, string])[]) => all.map((pair) => pair.toSorted()).sort()
  return (
    election.budget / unit === district.shareDkk &&
    isSame(inFile.sort(), frozen.sort()) &&
    isSame(election.lot, lot) &&
    isSame(pairs(election.exclusivePairs), pairs(district.exclusivePairs.map(({ projectIds }) => projectIds)))
  )
}

/**
 * Sums that must agree; null where there is nothing to compare. What came by each way is what was counted, and whoever voted by
 * screen has a receipt. Of the rounds of a meeting the turnout is that of the first and the ballots are those of the last, while
 * marks and receipts are of all rounds: there only these two can be held against each other.
 */
export function checkSums({ decidedBy, ballots, invalid, turnout, marks, receipts }: Sums) {
  const by = (...channels: string[]) =>
    turnout.filter(({ channel }) => channels.includes(channel)).reduce((sum, one) => sum + one.ballots, 0)
  const refused = invalid.reduce((sum, { count }) => sum + count, 0)
  const cast = by('home', 'code', 'paper')
  const onScreen = by('home', 'code')
  const counted = (ballots ?? 0) + refused
  const isBox = decidedBy === 'ballots'
  const hasRounds = !isBox && marks !== null && receipts !== null && marks + receipts > 0
  return {
    cast,
    onScreen,
    counted,
    isCountedWhole: isBox && ballots !== null ? cast === counted : null,
    hasReceipts: isBox && receipts !== null ? receipts === onScreen : null,
    // Used codes are counted among the marks: there are never fewer than from home.
    hasMarks: isBox && marks !== null ? marks >= by('home') : null,
    hasReceiptsOfRounds: hasRounds ? receipts === marks : null,
  }
}

/** Whether some of the sums that must agree do not. */
export function areSumsWrong(sums: ReturnType<typeof checkSums>): boolean {
  return [sums.isCountedWhole, sums.hasReceipts, sums.hasMarks, sums.hasReceiptsOfRounds].includes(false)
}

/** Whether the published steps tell what would have been enough, so that a recount must ask for it too. */
export function asksEnough(transcript: Transcript | null): boolean {
  return transcript?.projects.some(({ award, enough }) => award === null && enough !== null) ?? false
}
