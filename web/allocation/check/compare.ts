import type { TranscriptFile } from '../../../server/allocation/contract.ts'
import type { Count } from '../../../server/allocation/rules/count.ts'
import type { Election } from '../../../server/allocation/rules/election.ts'
import type { Transcript } from '../../../server/allocation/rules/transcript.ts'
import type { FrozenSetup } from '../../../server/elections/contract.ts'
import type { DistrictResult } from '../result.api.ts'

type District = FrozenSetup['districts'][number]

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
export function matchesSetup(election: Election, district: District): boolean {
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

/** Sums that must agree: what came by each way is what was counted, and whoever voted by screen has a receipt. */
export function checkSums({ ballots, invalid, turnout, marks, receipts }: DistrictResult) {
  const by = (...channels: string[]) =>
    turnout.filter(({ channel }) => channels.includes(channel)).reduce((sum, one) => sum + one.ballots, 0)
  const refused = invalid.reduce((sum, { count }) => sum + count, 0)
  const cast = by('home', 'code', 'paper')
  const onScreen = by('home', 'code')
  return {
    cast,
    onScreen,
    counted: (ballots ?? 0) + refused,
    isCountedWhole: ballots === null || cast === (ballots ?? 0) + refused,
    hasReceipts: receipts === null ? null : receipts === onScreen,
    // Codes that were handed out without a name leave no mark: there may be fewer marks than ballots, never fewer than from home.
    hasMarks: marks === null ? null : marks >= by('home'),
  }
}

/** Whether the published steps tell what would have been enough, so that a recount must ask for it too. */
export function asksEnough(transcript: Transcript | null): boolean {
  return transcript?.projects.some(({ award, enough }) => award === null && enough !== null) ?? false
}
