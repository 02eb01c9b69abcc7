import { countNaming, type Election, namingsOf } from '../election.ts'
import { type PbFault, PbRefusal, type PbWarning } from './faults.ts'
import { type PbProject, type ReadProjects, readProjects } from './projects.ts'
import { fieldsOf } from './rows.ts'
import { columnOf, readSections, type SectionRows } from './sections.ts'
import { readVotes, VOTE_TYPES, type VoteType } from './votes.ts'

/** A .pb file: what it says of itself, and the election in it. */
export interface PbFile {
  readonly meta: Readonly<Record<string, string>>
  readonly voteType: VoteType
  readonly projects: readonly PbProject[]
  readonly election: Election
  readonly warnings: readonly PbWarning[]
}

export type PbReading = { readonly ok: true; readonly file: PbFile } | { readonly ok: false; readonly fault: PbFault }

interface Meta {
  readonly values: Readonly<Record<string, string>>
  lineOf(key: string): number
}

/** Keys that a count depends on. */
const COUNTED_KEYS = ['budget', 'vote_type', 'max_sum_points', 'min_project_score_threshold']

function readMeta(section: SectionRows): Meta {
  const [keys, values] = [columnOf(section, 'META', 'key'), columnOf(section, 'META', 'value')]
  const pairs = section.rows.map((row) => {
    const fields = fieldsOf(row)
    return { key: fields[keys] ?? '', value: fields[values] ?? '', line: row.line }
  })
  const isRepeated = ({ key }: { key: string }, index: number) =>
    COUNTED_KEYS.includes(key) && pairs.findIndex((pair) => pair.key === key) < index
  const repeated = pairs.find(isRepeated)
  if (repeated !== undefined) throw new PbRefusal({ kind: 'meta-repeated', key: repeated.key, line: repeated.line })
  return {
    values: Object.fromEntries(pairs.map(({ key, value }) => [key, value])),
    lineOf: (key) => pairs.findLast((pair) => pair.key === key)?.line ?? section.line,
  }
}

function needed({ values }: Meta, key: string): string {
  const value = values[key]
  if (value === undefined || value === '') throw new PbRefusal({ kind: 'meta-missing', key, line: null })
  return value
}

function voteTypeOf(meta: Meta): VoteType {
  const text = needed(meta, 'vote_type')
  const known = VOTE_TYPES.find((type) => type === text)
  if (known === undefined) throw new PbRefusal({ kind: 'vote-type-unknown', text, line: meta.lineOf('vote_type') })
  return known
}

const wholeNumber = (text: string | undefined) => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null)

function warningsOf({ values }: Meta, rows: readonly PbProject[], election: Election): PbWarning[] {
  const warnings: PbWarning[] = []
  const [said, found] = [wholeNumber(values.num_votes), countNaming(election) + election.blankBallots]
  if (said !== null && said !== found) warnings.push({ kind: 'ballots-differ', said, found })
  const saidProjects = wholeNumber(values.num_projects)
  if (saidProjects !== null && saidProjects !== rows.length) {
    warnings.push({ kind: 'projects-differ', said: saidProjects, found: rows.length })
  }
  for (const [index, votes] of namingsOf(election).entries()) {
    const row = rows[index] as PbProject
    const saidVotes = wholeNumber(row.columns.votes)
    if (saidVotes !== null && saidVotes !== votes) warnings.push({ kind: 'votes-differ', project: row.id, said: saidVotes, found: votes })
  }
  return warnings
}

function readFile(text: string): PbFile {
  const sections = readSections(text)
  const meta = readMeta(sections.META)
  const voteType = voteTypeOf(meta)
  const read: ReadProjects = readProjects(sections.PROJECTS, needed(meta, 'budget'), meta.lineOf('budget'))
  const form = { voteType, mostPoints: wholeNumber(meta.values.max_sum_points) }
  const { rows, ...given } = read
  const ids = rows.map(({ id }) => id)
  const election: Election = { ...given, ...readVotes(sections.VOTES, ids, form) }
  return { meta: meta.values, voteType, projects: rows, election, warnings: warningsOf(meta, rows, election) }
}

/**
 * Reads a Pabulib .pb file. Forgives what real files have: byte order mark, CRLF, blank lines, blanks about values, quoted
 * text, columns in any order, decimal commas. Refuses what would be counted by guessing, with line and reason.
 * @source pabulib.org/format, June 2026
 */
export function readPb(text: string): PbReading {
  try {
    return { ok: true, file: readFile(text) }
  } catch (error) {
    if (error instanceof PbRefusal) return { ok: false, fault: error.fault }
    throw error
  }
}
