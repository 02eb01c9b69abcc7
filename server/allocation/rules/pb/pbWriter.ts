import { writeAmount } from '../amount.ts'
import type { DistinctBallot } from '../ballots.ts'
import { countNaming, type Election, namingsOf, type Project, scoresOf } from '../election.ts'
import type { RuleName } from '../ruleNames.ts'
import { OWN_COLUMNS } from './projects.ts'
import type { VoteType } from './votes.ts'

/** What is written into a file. */
export interface PbContents {
  /** Keys of META besides those that follow from the election, in the order in which they are to stand. */
  readonly meta: Readonly<Record<string, string>>
  readonly voteType: VoteType
  /** Columns of PROJECTS beside id, cost, votes and score, by project id: `name`, `category`, `latitude` … */
  readonly columns?: ReadonlyMap<string, Readonly<Record<string, string>>>
  readonly election: Election
  /** Ids of the funded projects; the column is left out where nothing is decided. */
  readonly selected?: readonly string[] | null
}

/** A whole number from 0 up to, not including, a limit, every one as likely. */
export type RandomBelow = (limit: number) => number

const VOTER_IDS = 2 ** 31

function field(text: string): string {
  return /[;"\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const row = (fields: readonly string[]) => fields.map(field).join(';')

interface Column {
  readonly name: string
  readonly cell: (project: Project, place: number) => string
}

/** Columns of our own, as far as the election needs them. */
function ownColumns({ projects, unitsPerCurrency, exclusivePairs, lot }: Election): Column[] {
  const smallest = ({ smallestUseful }: Project) => (smallestUseful === null ? '' : writeAmount(smallestUseful, unitsPerCurrency))
  const excluded = ({ id }: Project) => exclusivePairs.flatMap(([one, other]) => (one === id ? [other] : [])).join()
  return [
    ...(projects.some(({ smallestUseful }) => smallestUseful !== null) ? [{ name: OWN_COLUMNS.smallestUseful, cell: smallest }] : []),
    ...(exclusivePairs.length > 0 ? [{ name: OWN_COLUMNS.excludes, cell: excluded }] : []),
    ...(lot === null ? [] : [{ name: OWN_COLUMNS.lot, cell: ({ id }: Project) => String(lot.indexOf(id) + 1) }]),
  ]
}

function projectRows({ election, voteType, columns = new Map(), selected = null }: PbContents): string[] {
  const { projects, unitsPerCurrency } = election
  const [votes, scores] = [namingsOf(election), scoresOf(election)]
  const hasScore = voteType !== 'approval' && voteType !== 'choose-1'
  const given = [...new Set([...columns.values()].flatMap((values) => Object.keys(values)))]
  const shown: Column[] = [
    { name: 'project_id', cell: ({ id }) => id },
    { name: 'cost', cell: ({ cost }) => writeAmount(cost, unitsPerCurrency) },
    { name: 'votes', cell: (_project, place) => String(votes[place]) },
    ...(hasScore ? [{ name: 'score', cell: (_project: Project, place: number) => String(scores[place]) }] : []),
    ...given.map((name): Column => ({ name, cell: ({ id }) => columns.get(id)?.[name] ?? '' })),
    ...(selected === null ? [] : [{ name: 'selected', cell: ({ id }: Project) => String(Number(selected.includes(id))) }]),
    ...ownColumns(election),
  ]
  return [row(shown.map(({ name }) => name)), ...projects.map((project, place) => row(shown.map(({ cell }) => cell(project, place))))]
}

/** Names of a ballot in the order in which they are written: a ranking best first. */
function voteCells({ projects, points }: DistinctBallot, election: Election, voteType: VoteType): string[] {
  const named = projects.map((project, index) => ({ id: election.projects[project]?.id as string, points: points[index] as number }))
  if (voteType === 'ordinal') named.sort((a, b) => b.points - a.points)
  const ids = named.map(({ id }) => id).join()
  return voteType === 'cumulative' || voteType === 'scoring' ? [ids, named.map(({ points: given }) => given).join()] : [ids]
}

function shuffle<Value>(values: Value[], randomBelow: RandomBelow): Value[] {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = randomBelow(last + 1)
    ;[values[last], values[other]] = [values[other] as Value, values[last] as Value]
  }
  return values
}

function voteRows({ election, voteType }: PbContents, randomBelow: RandomBelow): string[] {
  const hasPoints = voteType === 'cumulative' || voteType === 'scoring'
  const cells = election.ballots.flatMap((ballot) => Array.from({ length: ballot.count }, () => voteCells(ballot, election, voteType)))
  const blank = Array.from({ length: election.blankBallots }, () => (hasPoints ? ['', ''] : ['']))
  const voters = new Set<number>()
  while (voters.size < cells.length + blank.length) voters.add(randomBelow(VOTER_IDS))
  const ids = [...voters]
  const rows = shuffle([...cells, ...blank], randomBelow).map((vote, index) => row([String(ids[index]), ...vote]))
  return [row(['voter_id', 'vote', ...(hasPoints ? ['points'] : [])]), ...rows]
}

/**
 * Writes a .pb file whose rows tell nothing but the ballots: voter ids are fresh random numbers, rows are shuffled, and there
 * is no column about the voter, the time or the place. What our own rules need besides (lot, smallest useful amounts,
 * exclusive pairs) stands in columns that other readers pass over.
 * @source pabulib.org/format, June 2026
 */
export function writePb(contents: PbContents, randomBelow: RandomBelow): string {
  const { election, voteType, meta } = contents
  const derived = {
    num_projects: String(election.projects.length),
    num_votes: String(countNaming(election) + election.blankBallots),
    budget: writeAmount(election.budget, election.unitsPerCurrency),
    vote_type: voteType,
  }
  const metaRows = Object.entries({ ...meta, ...derived }).map(([key, value]) => row([key, value]))
  const lines = ['META', 'key;value', ...metaRows, 'PROJECTS', ...projectRows(contents), 'VOTES', ...voteRows(contents, randomBelow)]
  return `${lines.join('\n')}\n`
}

/** The word the format has for a rule; the exact variant belongs into the comment. */
export function pabulibRule(rule: RuleName, minScore: number): string {
  if (rule === 'greedy_cost') return minScore > 1 ? 'greedy-threshold' : 'greedy'
  if (rule === 'greedy_cost-noskip') return 'greedy-no-skip'
  if (rule === 'greedy_cost-noskip80') return 'greedy-custom'
  if (/^mes_\w+\+add1/.test(rule)) return 'equalshares/add1'
  return /^mes_/.test(rule) ? 'equalshares' : 'unknown'
}

/** The file's name, for example `Denmark_Ballerup_2026_Måløv.pb`. */
export function pbFileName({
  country,
  unit,
  instance,
  subunit,
}: Readonly<Record<'country' | 'unit' | 'instance' | 'subunit', string>>): string {
  return `${[country, unit, instance, subunit].map((part) => part.trim().replaceAll(/[\s/]+/g, '_')).join('_')}.pb`
}
