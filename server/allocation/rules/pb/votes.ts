import { BallotBox, type DistinctBallot } from '../ballots.ts'
import { PbRefusal } from './faults.ts'
import { readIds } from './projects.ts'
import { fieldsOf } from './rows.ts'
import { columnOf, type SectionRows } from './sections.ts'

/** What a ballot says: ticks, a ranking with the best first, or points. */
export const VOTE_TYPES = ['approval', 'choose-1', 'ordinal', 'cumulative', 'scoring'] as const
export type VoteType = (typeof VOTE_TYPES)[number]

export interface VoteForm {
  readonly voteType: VoteType
  /** Most points on a ballot; null where nothing limits them. */
  readonly mostPoints: number | null
}

export interface ReadVotes {
  readonly ballots: readonly DistinctBallot[]
  readonly blankBallots: number
}

/** Points of a ballot: of a ranking of k projects k, k − 1, …, 1; of ticks 1 each. */
function pointsOf(named: number, written: string, { voteType, mostPoints }: VoteForm, line: number): number[] {
  if (voteType === 'ordinal') return Array.from({ length: named }, (_, index) => named - index)
  if (voteType === 'approval' || voteType === 'choose-1') return Array.from({ length: named }, () => 1)
  const parts = readIds(written)
  if (parts.length !== named) throw new PbRefusal({ kind: 'points-missing', line })
  const points = parts.map((part) => {
    if (!/^\+?\d{1,9}$/.test(part)) throw new PbRefusal({ kind: 'points-malformed', text: part, line })
    return Number(part)
  })
  const sum = points.reduce((all, given) => all + given, 0)
  if (voteType === 'cumulative' && mostPoints !== null && sum > mostPoints) {
    throw new PbRefusal({ kind: 'points-over-limit', sum, limit: mostPoints, line })
  }
  return points
}

/** Reads the projects a ballot names. @errors PbRefusal: unknown, named twice, or several where one may be chosen */
function placesNamed(text: string, places: ReadonlyMap<string, number>, { voteType }: VoteForm, line: number): number[] {
  const seen = new Set<number>()
  for (const id of readIds(text)) {
    const place = places.get(id)
    if (place === undefined) throw new PbRefusal({ kind: 'project-unknown', project: id, line })
    if (seen.has(place)) throw new PbRefusal({ kind: 'project-twice-on-ballot', project: id, line })
    seen.add(place)
  }
  if (voteType === 'choose-1' && seen.size > 1) throw new PbRefusal({ kind: 'several-chosen', line })
  return [...seen]
}

/** Answers each ballot's record from what is written on it; a text that was seen before is not read again. */
function recordReader(ids: readonly string[], form: VoteForm, box: BallotBox) {
  const places = new Map(ids.map((id, place) => [id, place]))
  const known = new Map<string, { count: number }>()
  return (vote: string, points: string, line: number): { count: number } => {
    const content = points === '' ? vote : `${vote};${points}`
    const seen = known.get(content)
    if (seen !== undefined) return seen
    const named = placesNamed(vote, places, form, line)
    const record = box.recordOf(named, pointsOf(named.length, points, form, line))
    known.set(content, record)
    return record
  }
}

/** Reads the ballots, gathered by content. @errors PbRefusal @cost 90,000 ballots in 0.1 s (November 2026) */
export function readVotes(section: SectionRows, ids: readonly string[], form: VoteForm): ReadVotes {
  const [voterColumn, voteColumn] = [columnOf(section, 'VOTES', 'voter_id'), columnOf(section, 'VOTES', 'vote')]
  const hasPoints = form.voteType === 'cumulative' || form.voteType === 'scoring'
  const pointsColumn = hasPoints ? columnOf(section, 'VOTES', 'points') : -1
  const box = new BallotBox()
  const recordOf = recordReader(ids, form, box)
  const voters = new Set<string>()
  let blankBallots = 0
  for (const row of section.rows) {
    const { line } = row
    const fields = fieldsOf(row)
    const voter = fields[voterColumn] ?? ''
    if (voter === '') throw new PbRefusal({ kind: 'voter-unnamed', line })
    if (voters.has(voter)) throw new PbRefusal({ kind: 'voter-repeated', voter, line })
    voters.add(voter)
    const vote = fields[voteColumn] ?? ''
    if (vote === '') blankBallots += 1
    else recordOf(vote, fields[pointsColumn] ?? '', line).count += 1
  }
  return { ballots: box.records(), blankBallots }
}
