import type { StageRecord } from '../../../server/allocation/rules/transcript.ts'
import type { DistrictResult } from '../result.api.ts'

/** A piece of what one ballot held, and where it went. */
export interface TrailPiece {
  /** Null: not spent. */
  projectId: string | null
  /** @unit kroner, rounded by who shows them */
  amount: number
  /** Whether the example ballot chose the project. */
  isChosen: boolean
}

/** What became of the share's money that no ballot paid for its own projects. */
export interface TrailRest {
  /** What projects got of it in the end. */
  given: readonly { projectId: string; amount: number }[]
  left: number
  /** The same for each ballot. */
  leftEach: number
}

export interface ShareTrail {
  /** What the example ballot chose: the most popular winner and the most popular loser. */
  chosen: readonly string[]
  /** One ballot's part of the share. */
  part: number
  /**
   * What a ballot could spend. Equal shares raises it above the part until as much of the share as possible is spent: all that
   * ballots pay together comes from the share, but what one of them does not spend is no money any more.
   */
  held: number
  isRaised: boolean
  /** Of what was held. */
  pieces: readonly TrailPiece[]
  /** `average`: everybody's part went where the share went; `own`: by equal shares each ballot pays for what it chose. */
  how: 'average' | 'own'
  /** By equal shares only; else it is among the pieces. */
  rest: TrailRest | null
}

type Counted = Pick<DistrictResult, 'projects' | 'shareDkk' | 'ballots' | 'blankBallots' | 'transcript' | 'leftDkk'>
type EqualShares = Extract<StageRecord, { kind: 'equal-shares' }>

/** Less than this is what rounding leaves. @unit kroner */
const NOTHING = 0.5

function exampleOf({ projects }: Counted): string[] {
  const byVotes = projects.toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0))
  return (['won', 'lost'] as const).flatMap((outcome) => byVotes.find((one) => one.outcome === outcome && one.votes)?.projectId ?? [])
}

function withUnspent(pieces: readonly TrailPiece[], unspent: number): TrailPiece[] {
  return [...pieces, ...(unspent > NOTHING ? [{ projectId: null, amount: unspent, isChosen: false }] : [])]
}

function averagePieces({ projects, leftDkk }: Counted, chosen: readonly string[], sharers: number): TrailPiece[] {
  const won = projects.filter(({ awardedDkk }) => awardedDkk)
  const pieces = won.map(({ projectId, awardedDkk }) => ({
    projectId,
    amount: (awardedDkk ?? 0) / sharers,
    isChosen: chosen.includes(projectId),
  }))
  return withUnspent(pieces, (leftDkk ?? 0) / sharers)
}

function paidPieces({ endowment, rounds }: EqualShares, chosen: readonly string[]): TrailPiece[] {
  let held = endowment
  const pieces: TrailPiece[] = []
  for (const { projectId, supporterPays } of rounds) {
    if (!chosen.includes(projectId)) continue
    const amount = Math.min(held, supporterPays)
    held -= amount
    if (amount > 0) pieces.push({ projectId, amount, isChosen: true })
  }
  return withUnspent(pieces, held)
}

/** What was not bought by its supporters but funded after them, from the share itself. */
function restOf({ projects, leftDkk }: Counted, { rounds, free }: EqualShares, sharers: number): TrailRest {
  const bought = new Set([...free, ...rounds.map(({ projectId }) => projectId)])
  const given = projects.flatMap(({ projectId, awardedDkk }) =>
    awardedDkk && !bought.has(projectId) ? [{ projectId, amount: awardedDkk }] : [],
  )
  return { given, left: leftDkk ?? 0, leftEach: (leftDkk ?? 0) / sharers }
}

/**
 * Where the part of one invented ballot went. Never that of a real one: what it chose is made up from the result alone.
 * By most votes nobody has money of their own, so that everybody's part is taken to go where the share went.
 */
export function shareTrail(district: Counted): ShareTrail | null {
  const { shareDkk, ballots, blankBallots, transcript } = district
  const sharers = (ballots ?? 0) - (blankBallots ?? 0)
  const chosen = exampleOf(district)
  if (shareDkk === null || sharers <= 0 || chosen.length === 0) return null
  const part = shareDkk / sharers
  const stage = transcript?.stages.find((one) => one.kind === 'equal-shares')
  if (stage === undefined) {
    return { chosen, part, held: part, isRaised: false, pieces: averagePieces(district, chosen, sharers), how: 'average', rest: null }
  }
  const pieces = paidPieces(stage, chosen)
  const rest = restOf(district, stage, sharers)
  return { chosen, part, held: stage.endowment, isRaised: stage.increments > 0, pieces, how: 'own', rest }
}
