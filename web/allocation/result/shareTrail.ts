import type { DistrictResult } from '../result.api.ts'

/** A piece of one ballot's part of the share, and where it went. */
export interface TrailPiece {
  /** Null: left over. */
  projectId: string | null
  /** @unit kroner, rounded by who shows them */
  amount: number
  /** Whether the example ballot chose the project. */
  isChosen: boolean
}

export interface ShareTrail {
  /** What the example ballot chose: the most popular winner and the most popular loser. */
  chosen: readonly string[]
  /** One ballot's part of the share. */
  part: number
  pieces: readonly TrailPiece[]
  /** `average`: everybody's part went where the share went; `own`: by equal shares each ballot pays for what it chose. */
  how: 'average' | 'own'
}

type Counted = Pick<DistrictResult, 'projects' | 'shareDkk' | 'ballots' | 'blankBallots' | 'transcript' | 'leftDkk'>

function exampleOf({ projects }: Counted): string[] {
  const byVotes = projects.toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0))
  return (['won', 'lost'] as const).flatMap((outcome) => byVotes.find((one) => one.outcome === outcome && one.votes)?.projectId ?? [])
}

/**
 * Where the part of one invented ballot went. Never that of a real one: what it chose is made up from the result alone.
 * By most votes nobody has money of their own, so that everybody's part is taken to go where the share went.
 */
export function shareTrail(district: Counted): ShareTrail | null {
  const { shareDkk, ballots, blankBallots, transcript, projects, leftDkk } = district
  const sharers = (ballots ?? 0) - (blankBallots ?? 0)
  const chosen = exampleOf(district)
  if (shareDkk === null || sharers <= 0 || chosen.length === 0) return null
  const stage = transcript?.stages.find((one) => one.kind === 'equal-shares')
  if (stage === undefined) {
    const won = projects.filter(({ awardedDkk }) => awardedDkk)
    const pieces = won.map(({ projectId, awardedDkk }) => ({
      projectId,
      amount: (awardedDkk ?? 0) / sharers,
      isChosen: chosen.includes(projectId),
    }))
    const left = (leftDkk ?? 0) / sharers
    return {
      chosen,
      part: shareDkk / sharers,
      pieces: [...pieces, ...(left > 0 ? [{ projectId: null, amount: left, isChosen: false }] : [])],
      how: 'average',
    }
  }
  let held = stage.endowment
  const pieces: TrailPiece[] = []
  for (const { projectId, supporterPays } of stage.rounds) {
    if (!chosen.includes(projectId)) continue
    const amount = Math.min(held, supporterPays)
    held -= amount
    if (amount > 0) pieces.push({ projectId, amount, isChosen: true })
  }
  return {
    chosen,
    part: stage.endowment,
    pieces: [...pieces, ...(held > 0.5 ? [{ projectId: null, amount: held, isChosen: false }] : [])],
    how: 'own',
  }
}
