import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PbFault } from './faults.ts'
import { readPb } from './pbReader.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../../tests/fixtures/pb/${name}.pb`, import.meta.url), 'utf8')

const META = ['META', 'key;value', 'budget;100', 'vote_type;approval']
const PROJECTS = ['PROJECTS', 'project_id;cost', 'A;50', 'B;60']
const VOTES = ['VOTES', 'voter_id;vote', '1;A']

/** A file with some parts replaced. */
function pb({ meta = META, projects = PROJECTS, votes = VOTES }: { meta?: string[]; projects?: string[]; votes?: string[] } = {}): string {
  return [...meta, ...projects, ...votes].join('\n')
}

function fileOf(text: string) {
  const reading = readPb(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.fault))
  return reading.file
}

describe('the reader forgives', () => {
  it('byte order mark, blanks, blank lines, quoted names and blanks after commas', () => {
    const { election, meta, projects } = fileOf(fixture('format_messy'))
    expect(meta.unit).toBe('Testby')
    expect(projects[0]?.columns.name).toBe('Legeplads "Den Gyldne"; etape II')
    expect(election.ballots).toEqual([
      { projects: [0, 1], points: [1, 1], count: 3 },
      { projects: [2], points: [1], count: 2 },
      { projects: [1], points: [1], count: 1 },
    ])
  })

  it('CRLF, trailing separators and quoted line ends', () => {
    const text = pb({ projects: ['PROJECTS;;', 'name;project_id;cost', '"Bænk\nved søen";A;50', ' B navn ; B ; 60 '] })
    const { projects, election } = fileOf(text.replaceAll('\n', '\r\n'))
    expect(projects.map(({ columns }) => columns.name)).toEqual(['Bænk\r\nved søen', 'B navn'])
    expect(election.projects.map(({ id, cost }) => [id, cost])).toEqual([
      ['A', 50],
      ['B', 60],
    ])
  })

  it('counts lines through quoted line ends', () => {
    const projects = ['PROJECTS', 'project_id;cost;name', 'A;50;"one\ntwo"', 'A;60;x']
    expect(readPb(pb({ projects }))).toEqual({ ok: false, fault: { kind: 'project-repeated', project: 'A', line: 9 } })
  })

  it('decimals with point or comma, in the one unit that none needs more of', () => {
    const { election } = fileOf(
      pb({
        meta: ['META', 'key;value', 'budget;100,50', 'vote_type;approval'],
        projects: ['PROJECTS', 'project_id;cost', 'A;50.250', 'B;60'],
      }),
    )
    expect(election).toMatchObject({ budget: 10_050, unitsPerCurrency: 100, projects: [{ cost: 5025 }, { cost: 6000 }] })
  })

  it('names the same ballot in another order as the same', () => {
    expect(fileOf(pb({ votes: ['VOTES', 'vote;voter_id', 'A,B;1', 'B, A;2', ';3'] })).election).toMatchObject({
      ballots: [{ count: 2 }],
      blankBallots: 1,
    })
  })

  it('numbers that do not add up, with a warning', () => {
    const file = fileOf(
      pb({ meta: [...META, 'num_votes;7', 'num_projects;3'], projects: ['PROJECTS', 'project_id;cost;votes', 'A;50;1', 'B;60;4'] }),
    )
    expect(file.warnings).toEqual([
      { kind: 'ballots-differ', said: 7, found: 1 },
      { kind: 'projects-differ', said: 3, found: 2 },
      { kind: 'votes-differ', project: 'B', said: 4, found: 0 },
    ])
  })
})

describe('points', () => {
  it('of a ranking of k are k, k − 1, …, 1', () => {
    const { election } = fileOf(
      pb({ meta: ['META', 'key;value', 'budget;100', 'vote_type;ordinal'], votes: ['VOTES', 'voter_id;vote', '1;B,A', '2;B'] }),
    )
    expect(election.ballots).toEqual([
      { projects: [0, 1], points: [1, 2], count: 1 },
      { projects: [1], points: [1], count: 1 },
    ])
  })

  it('stand in the order of the projects', () => {
    expect(fileOf(fixture('points')).election.ballots[0]).toEqual({ projects: [0, 1], points: [5, 1], count: 3 })
  })
})

describe('our own columns', () => {
  it('are the lot, smallest useful amounts and exclusive pairs', () => {
    const projects = ['PROJECTS', 'project_id;cost;lot;smallest_useful;excludes', 'A;50;2;;B', 'B;60;1;40;A']
    expect(fileOf(pb({ projects })).election).toMatchObject({
      lot: ['B', 'A'],
      exclusivePairs: [['A', 'B']],
      projects: [{ smallestUseful: null }, { smallestUseful: 40 }],
    })
  })
})

const cumulative = (row: string) => ({
  meta: ['META', 'key;value', 'budget;100', 'vote_type;cumulative', 'max_sum_points;5'],
  votes: ['VOTES', 'voter_id;vote;points', row],
})

describe('the reader refuses', () => {
  it.each<[string, string, PbFault]>([
    ['a project listed twice', fixture('invalid_duplicate_project'), { kind: 'project-repeated', project: 'A', line: 18 }],
    ['a negative cost', fixture('invalid_negative_cost'), { kind: 'amount-negative', of: 'A', line: 17 }],
    ['no budget', fixture('invalid_no_budget'), { kind: 'meta-missing', key: 'budget', line: null }],
    ['an unknown project', fixture('invalid_unknown_project'), { kind: 'project-unknown', project: 'Z', line: 22 }],
    ['nothing', '', { kind: 'section-missing', section: 'META', line: null }],
    ['no ballots', [...META, ...PROJECTS].join('\n'), { kind: 'section-missing', section: 'VOTES', line: null }],
    ['a section twice', pb({ votes: [...VOTES, 'META', 'key;value'] }), { kind: 'section-repeated', section: 'META', line: 12 }],
    ['text before META', `hello\n${pb()}`, { kind: 'before-sections', text: 'hello', line: 1 }],
    [
      'no cost column',
      pb({ projects: ['PROJECTS', 'project_id;name', 'A;x'] }),
      { kind: 'column-missing', section: 'PROJECTS', column: 'cost', line: 6 },
    ],
    [
      'two cost columns',
      pb({ projects: ['PROJECTS', 'project_id;cost;cost', 'A;5;6'] }),
      { kind: 'column-repeated', section: 'PROJECTS', column: 'cost', line: 6 },
    ],
    ['two budgets', pb({ meta: [...META, 'budget;200'] }), { kind: 'meta-repeated', key: 'budget', line: 5 }],
    ['an empty cost', pb({ projects: ['PROJECTS', 'project_id;cost', 'A;'] }), { kind: 'amount-malformed', of: 'A', text: '', line: 7 }],
    [
      'a cost with thousands',
      pb({ projects: ['PROJECTS', 'project_id;cost', 'A;1.000.000'] }),
      { kind: 'amount-malformed', of: 'A', text: '1.000.000', line: 7 },
    ],
    [
      'a cost beyond counting',
      pb({ projects: ['PROJECTS', 'project_id;cost', `A;${'9'.repeat(16)}`] }),
      { kind: 'amount-too-large', of: 'A', line: 7 },
    ],
    [
      'a negative budget',
      pb({ meta: ['META', 'key;value', 'budget;-1', 'vote_type;approval'] }),
      { kind: 'amount-negative', of: 'budget', line: 3 },
    ],
    [
      'an unknown form of vote',
      pb({ meta: ['META', 'key;value', 'budget;1', 'vote_type;oral'] }),
      { kind: 'vote-type-unknown', text: 'oral', line: 4 },
    ],
    ['a voter twice', pb({ votes: [...VOTES, '1;B'] }), { kind: 'voter-repeated', voter: '1', line: 12 }],
    ['a ballot without voter', pb({ votes: [...VOTES, ';B'] }), { kind: 'voter-unnamed', line: 12 }],
    ['a project without id', pb({ projects: [...PROJECTS, ';5'] }), { kind: 'project-unnamed', line: 9 }],
    ['a project twice on a ballot', pb({ votes: [...VOTES, '2;B,A, B'] }), { kind: 'project-twice-on-ballot', project: 'B', line: 12 }],
    ['an empty place on a ballot', pb({ votes: [...VOTES, '2;B,,A'] }), { kind: 'project-unknown', project: '', line: 12 }],
    [
      'several of one',
      pb({ meta: ['META', 'key;value', 'budget;1', 'vote_type;choose-1'], votes: ['VOTES', 'voter_id;vote', '1;A,B'] }),
      { kind: 'several-chosen', line: 11 },
    ],
    ['points that are missing', pb(cumulative('1;A,B;3')), { kind: 'points-missing', line: 12 }],
    ['points that are empty', pb(cumulative('1;A;')), { kind: 'points-missing', line: 12 }],
    ['points below zero', pb(cumulative('1;A,B;3,-1')), { kind: 'points-malformed', text: '-1', line: 12 }],
    ['too many points', pb(cumulative('1;A,B;3,3')), { kind: 'points-over-limit', sum: 6, limit: 5, line: 12 }],
    ['a quote left open', pb({ projects: ['PROJECTS', 'project_id;cost;name', 'A;50;"x'] }), { kind: 'quote-left-open', line: 7 }],
    ['a lot with gaps', pb({ projects: ['PROJECTS', 'project_id;cost;lot', 'A;5;1', 'B;6;3'] }), { kind: 'lot-malformed', line: 6 }],
    [
      'an excluded stranger',
      pb({ projects: ['PROJECTS', 'project_id;cost;excludes', 'A;5;Z'] }),
      { kind: 'project-unknown', project: 'Z', line: 7 },
    ],
  ])('%s', (_what, text, fault) => {
    expect(readPb(text)).toEqual({ ok: false, fault })
  })
})
