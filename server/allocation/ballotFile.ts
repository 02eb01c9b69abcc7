import { randomInt } from 'node:crypto'
import type { BallotKind, ElectionDistrict } from '../elections/contract.ts'
import { copenhagenDate } from '../kernel/time.ts'
import { FEWEST_PUBLISHED_BALLOTS } from './limits.ts'
import { countNaming, type Election } from './rules/election.ts'
import { pabulibRule, pbFileName, writePb } from './rules/pb/pbWriter.ts'
import { variantComment } from './rules/pb/terms.ts'
import type { VoteType } from './rules/pb/votes.ts'

/** What a file says of the vote beside its ballots. */
export interface BallotFileFrame {
  municipality: string
  roundYear: number
  district: ElectionDistrict
  setupSha256: string
  /** Category and place of each project. */
  places: ReadonlyMap<string, { category: string; point: [number, number] | null }>
}

const VOTE_TYPES: Readonly<Record<BallotKind, VoteType>> = {
  approval: 'approval',
  'approval-limited': 'approval',
  'choose-one': 'choose-1',
  knapsack: 'approval',
  points: 'cumulative',
}

const pbDate = (instant: string) => copenhagenDate(new Date(instant)).split('-').reverse().join('.')

/** The name a district's file is downloaded under. */
export function ballotFileName({
  municipality,
  roundYear,
  district,
}: Pick<BallotFileFrame, 'municipality' | 'roundYear' | 'district'>): string {
  return pbFileName({ country: 'Denmark', unit: municipality, instance: String(roundYear), subunit: district.name })
}

/**
 * The ballots of a district as a .pb file, shuffled with numbers of the operating system's generator; null where fewer than 20
 * were cast. Written once at counting and kept, so that everybody downloads the same bytes.
 * @source pabulib.org/format
 */
export function writeBallotFile(frame: BallotFileFrame, election: Election, selected: readonly string[]): string | null {
  if (countNaming(election) + election.blankBallots < FEWEST_PUBLISHED_BALLOTS) return null
  const { municipality, roundYear, district, setupSha256, places } = frame
  const { settings, lines, name } = district
  const { ballotKind, rule, tie, minVotes, remainderOffer } = settings
  const meta = {
    description: `Borgermillionen ${roundYear}, ${name}`,
    country: 'Denmark',
    unit: municipality,
    subunit: name,
    instance: String(roundYear),
    district: name,
    date_begin: pbDate(settings.opensAt),
    date_end: pbDate(settings.closesAt),
    language: 'da',
    currency: 'DKK',
    rule: pabulibRule(rule, minVotes),
    ...(minVotes > 1 ? { min_project_score_threshold: String(minVotes) } : {}),
    ...(ballotKind === 'approval-limited' ? { max_length: String(settings.maxChoices) } : {}),
    ...(ballotKind === 'knapsack' ? { max_sum_cost: String(district.shareDkk) } : {}),
    ...(ballotKind === 'points' ? { max_points: String(settings.pointsPerProject), max_sum_points: String(settings.points) } : {}),
    comment: `${variantComment({ rule, tie, minScore: minVotes, step: 1, remainderOffer })} #2: setup_sha256=${setupSha256}`,
  }
  const columns = new Map(
    lines.map(({ projectId, title }) => {
      const { category = '', point = null } = places.get(projectId) ?? {}
      const [longitude, latitude] = point ?? []
      return [projectId, { name: title, category, latitude: String(latitude ?? ''), longitude: String(longitude ?? '') }]
    }),
  )
  return writePb({ meta, voteType: VOTE_TYPES[ballotKind], columns, election, selected }, (limit) => randomInt(limit))
}
