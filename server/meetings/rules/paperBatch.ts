import { sha256Hex } from '../../allocation/rules/sha256.ts'
import type { BallotLine, DistrictSettings } from '../../elections/contract.ts'
import { canonicalJson } from '../../elections/rules/canonicalJson.ts'
import type { Invalid, Tally } from '../contract.ts'

/** What a paper ballot of a district may say. */
export interface PaperBallot {
  readonly lines: readonly Pick<BallotLine, 'projectId' | 'costDkk'>[]
  readonly settings: Pick<DistrictSettings, 'ballotKind' | 'maxChoices' | 'points' | 'pointsPerProject'>
  readonly shareDkk: number
}

export type PaperFault = 'not-on-ballot' | 'named-twice' | 'too-many-choices' | 'over-budget' | 'points-do-not-match'

function pointsFault(points: readonly number[] | undefined, tally: Tally, { settings }: PaperBallot): PaperFault | null {
  if (settings.ballotKind !== 'points') return points === undefined ? null : 'points-do-not-match'
  if (points === undefined) return tally.projectIds.length === 0 ? null : 'points-do-not-match'
  if (points.length !== tally.projectIds.length || points.some((one) => one > settings.pointsPerProject)) return 'points-do-not-match'
  return points.reduce((sum, one) => sum + one, 0) > settings.points ? 'too-many-choices' : null
}

/** Why a ballot filled in like this does not count; null when it does. A blank one counts as blank. */
export function faultOf(tally: Tally, ballot: PaperBallot): PaperFault | null {
  const { projectIds, points } = tally
  const costs = projectIds.map((id) => ballot.lines.find(({ projectId }) => projectId === id)?.costDkk)
  if (costs.some((cost) => cost === undefined)) return 'not-on-ballot'
  if (new Set(projectIds).size !== projectIds.length) return 'named-twice'
  const { ballotKind, maxChoices } = ballot.settings
  if (ballotKind === 'choose-one' && projectIds.length > 1) return 'too-many-choices'
  if (ballotKind === 'approval-limited' && projectIds.length > maxChoices) return 'too-many-choices'
  const cost = costs.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  if (ballotKind === 'knapsack' && cost > ballot.shareDkk) return 'over-budget'
  return pointsFault(points, tally, ballot)
}

/** The same tallies in one writing: projects in the order of the ballot, every way of filling in once, sorted. */
export function gathered(tallies: readonly Tally[], lines: PaperBallot['lines']): Tally[] {
  const place = new Map(lines.map(({ projectId }, index) => [projectId, index]))
  const sums = new Map<string, Tally>()
  for (const { projectIds, points, ballots } of tallies) {
    const order = projectIds
      .map((_id, index) => index)
      .sort((a, b) => (place.get(projectIds[a] ?? '') ?? 0) - (place.get(projectIds[b] ?? '') ?? 0))
    const tally = {
      projectIds: order.map((index) => projectIds[index] as string),
      ...(points === undefined || points.length === 0 ? {} : { points: order.map((index) => points[index] as number) }),
    }
    const key = canonicalJson([tally.projectIds, tally.points ?? null])
    sums.set(key, { ...tally, ballots: ballots + (sums.get(key)?.ballots ?? 0) })
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
}

/** Papers that do not count, each reason once, sorted. */
export function gatheredInvalid(invalid: readonly Invalid[]): Invalid[] {
  const sums = new Map<Invalid['reason'], number>()
  for (const { reason, ballots } of invalid) sums.set(reason, ballots + (sums.get(reason) ?? 0))
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, ballots]) => ({ reason, ballots }))
}

/** How many papers were entered, valid or not. */
export function papersIn({ tallies, invalid }: { tallies: readonly Tally[]; invalid: readonly Invalid[] }): number {
  return [...tallies, ...invalid].reduce((sum, { ballots }) => sum + ballots, 0)
}

/** Hash of a batch's content, gathered before: the same pile entered under two labels has the same. */
export function contentHash(tallies: readonly Tally[], invalid: readonly Invalid[]): string {
  const rows = tallies.map(({ projectIds, points, ballots }) => [projectIds, points ?? null, ballots] as const)
  return sha256Hex(canonicalJson({ tallies: rows, invalid: invalid.map(({ reason, ballots }) => [reason, ballots] as const) }))
}
