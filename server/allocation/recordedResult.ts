import type { Round, Share } from '../rounds/contract.ts'
import type { DistrictResult, ResultProject } from './contract.ts'

/** A project as the sources tell of it. */
export interface RecordedProject
  extends Pick<ResultProject, 'projectId' | 'title' | 'category' | 'point' | 'outcome' | 'awardedDkk' | 'mergedFrom'> {
  districtId: string | null
  awardNote: string | null
}

type RecordedBallot = Round['record']['ballots'][number]

const unknown = {
  ballotKind: null,
  rule: null,
  tie: null,
  minVotes: null,
  remainderOffer: null,
  leftGoesTo: null,
  rollSize: null,
  blankBallots: null,
  invalid: [],
  turnout: [],
  marks: null,
  receipts: null,
  fundedPerBallot: null,
  transcript: null,
  tiesMet: [],
  totalsReasons: [],
  minutes: null,
  other: null,
  isWithheld: false,
  undecidedReason: null,
  ballotFile: null,
  passedOn: [],
} as const satisfies Partial<DistrictResult>

/** Ballots of a meeting: who stood, and who fell by not standing in the next one or by fewer votes in the last. */
function roundsOf(ballots: readonly RecordedBallot[]): DistrictResult['knockOut'] {
  if (ballots.length === 0) return null
  return ballots
    .toSorted((a, b) => a.round - b.round)
    .map(({ round, votes, note }, index, all) => {
      const standing = (votes ?? []).toSorted((a, b) => b.votes - a.votes)
      const isLast = index === all.length - 1
      return {
        round,
        standing,
        out: isLast ? standing.slice(1).map(({ projectId }) => projectId) : [],
        tie: null,
        method: null,
        blankVotes: null,
        note,
      }
    })
}

function votesOf(ballots: readonly RecordedBallot[], projectId: string): number | null {
  const last = ballots.toSorted((a, b) => b.round - a.round).find(({ votes }) => votes?.some((line) => line.projectId === projectId))
  return last?.votes?.find((line) => line.projectId === projectId)?.votes ?? null
}

function recordedDistrict(
  { districtId, name, shareDkk }: { districtId: string | null; name: string | null; shareDkk: number | null },
  projects: readonly RecordedProject[],
  ballots: readonly RecordedBallot[],
): DistrictResult {
  const isKnown = projects.length > 0 && projects.every(({ awardedDkk }) => awardedDkk !== null)
  const awardedDkk = isKnown ? projects.reduce((sum, project) => sum + (project.awardedDkk ?? 0), 0) : null
  const lastVotes = ballots.toSorted((a, b) => b.round - a.round)[0]?.votes
  return {
    ...unknown,
    invalid: [],
    turnout: [],
    tiesMet: [],
    totalsReasons: [],
    passedOn: [],
    districtId,
    name,
    shareDkk,
    decidedBy: ballots.length > 1 ? 'knock-out' : null,
    ballots: lastVotes ? lastVotes.reduce((sum, { votes }) => sum + votes, 0) : null,
    projects: projects
      .map(({ districtId: _, awardNote, ...project }) => ({
        ...project,
        lineNumber: null,
        costDkk: null,
        votes: votesOf(ballots, project.projectId),
        awardSource: null,
        note: awardNote,
      }))
      .sort((a, b) => Number(b.outcome === 'won') - Number(a.outcome === 'won') || (b.votes ?? -1) - (a.votes ?? -1)),
    awardedDkk,
    leftDkk: awardedDkk === null || shareDkk === null ? null : shareDkk - awardedDkk,
    knockOut: roundsOf(ballots),
  }
}

/**
 * An earlier round in the shape of a counted one, as far as its sources go; unknown is null. Districts in the order given, then
 * what no source puts into a district.
 */
export function recordedDistricts(
  shares: readonly Pick<Share, 'districtId' | 'name' | 'shareDkk'>[],
  projects: readonly RecordedProject[],
  ballots: readonly RecordedBallot[],
): DistrictResult[] {
  const of = (id: string | null) => projects.filter(({ districtId }) => districtId === id)
  const districts = shares.map((share) =>
    recordedDistrict(
      share,
      of(share.districtId),
      ballots.filter(({ districtId }) => districtId === share.districtId),
    ),
  )
  const homeless = of(null)
  return homeless.length === 0
    ? districts
    : [...districts, recordedDistrict({ districtId: null, name: null, shareDkk: null }, homeless, [])]
}
