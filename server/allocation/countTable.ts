import type { Count } from './rules/count.ts'
import { countNaming, type Election, scoresOf } from './rules/election.ts'
import type { ProjectOutcome, Reason, StageRecord } from './rules/transcript.ts'

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const say = (value: number) => number.format(value)

/** Rows as columns: the first to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  return rows.map(line)
}

function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'fits':
      return `fits, rank ${reason.rank}`
    case 'topped-up':
      return `topped up with ${say(reason.otherMoney)} of other money`
    case 'free':
      return 'costs nothing'
    case 'bought':
      return `bought in round ${reason.round} by ${say(reason.effectiveVotes)} effective votes`
    case 'earned':
      return `earned in round ${reason.round}`
    case 'in-best-set':
      return 'in the best set'
    case 'given-remainder':
      return `given the remainder, ${say(reason.amount)}`
    case 'too-few-votes':
      return `${say(reason.votes)} votes, ${say(reason.needed)} needed`
    case 'over-pool':
      return `dearer than the pool of ${say(reason.pool)}`
    case 'excluded':
      return `excluded by ${reason.by}`
    case 'did-not-fit':
      return `${say(reason.left)} left, ${say(reason.missing)} missing`
    case 'after-stop':
      return `the walk had ended at ${reason.stoppedBy}`
    case 'supporters-short':
      return `its supporters had ${say(reason.moneyLeft)} of ${say(reason.moneyAtStart)} left, ${say(reason.missing)} missing`
    case 'outweighed':
      return 'other sets weigh more'
  }
}

function enoughWords({ enough }: ProjectOutcome): string {
  if (enough === null) return ''
  const ways = [
    ...(enough.cost === null ? [] : [`a cost of ${say(enough.cost)}`]),
    ...(enough.moreVotes === null ? [] : [`${say(enough.moreVotes)} votes more`]),
  ]
  return ways.length === 0 ? '' : `; enough: ${ways.join(' or ')}`
}

function stageLines(stage: StageRecord): string[] {
  switch (stage.kind) {
    case 'walk': {
      const cells = stage.lines.map((line) =>
        [line.projectId, line.rank, line.votes, line.cost, line.leftBefore, line.leftAfter]
          .map((value) => (typeof value === 'number' ? say(value) : value))
          .concat(line.verdict.kind),
      )
      return ['', ...columns([['project', 'rank', 'votes', 'cost', 'left before', 'left after', 'verdict'], ...cells])]
    }
    case 'equal-shares': {
      const cells = stage.rounds.map((round) => [
        round.projectId,
        ...[round.round, round.cost, round.effectiveVotes, round.supporterPays, round.payers, round.payersOfAll].map(say),
      ])
      const head = ['project', 'round', 'cost', 'effective votes', 'supporter pays', 'payers', 'of them all they had']
      return ['', `${say(stage.endowment)} per ballot after ${stage.increments} increments (${stage.stop})`, ...columns([head, ...cells])]
    }
    case 'phragmen':
      return [
        '',
        ...columns([
          ['project', 'round', 'time', 'left'],
          ...stage.rounds.map((r) => [r.projectId, ...[r.round, r.time, r.left].map(say)]),
        ]),
      ]
    case 'best-set':
      return ['', `sum ${say(stage.welfare)}, ${stage.isUniqueOptimum ? 'reached by this set only' : 'reached by other sets too'}`]
    case 'remainder':
      return ['', `remainder of ${say(stage.left)}: ${stage.projectId ?? 'nobody takes it'}`]
  }
}

/** A count as a table for the terminal. */
export function countTable(election: Election, count: Count): string {
  const awards = new Map(count.awards.map(({ projectId, amount }) => [projectId, amount]))
  const scores = scoresOf(election)
  const pool = election.budget / election.unitsPerCurrency
  const outcomes = new Map(count.transcript?.projects.map((outcome) => [outcome.projectId, outcome]))
  const rows = election.projects
    .map((project, place) => ({ ...project, score: scores[place] as number, award: awards.get(project.id) }))
    .sort((a, b) => Number(b.award !== undefined) - Number(a.award !== undefined) || b.score - a.score)
    .map(({ id, cost, score, award }) => {
      const outcome = outcomes.get(id)
      const why = outcome === undefined ? [] : [`   ${outcome.reasons.map(reasonWords).join('; ')}${enoughWords(outcome)}`]
      return { cells: [id, say(score), say(cost / election.unitsPerCurrency), award === undefined ? '–' : say(award)], why: why.join('') }
    })
  const table = columns([['project', 'votes', 'cost', 'funded'], ...rows.map(({ cells }) => cells)])
  return [
    `${count.rule}, ties by ${count.tie}: ${count.selected.length} of ${election.projects.length} projects, ${say(count.totalCost)} of ${say(pool)}`,
    `${say(countNaming(election) + election.blankBallots)} ballots, ${say(election.blankBallots)} of them blank; ${count.tiesMet.length} ties met`,
    '',
    ...table.map((line, index) => `${line}${rows[index - 1]?.why ?? ''}`),
    ...(count.transcript?.stages.flatMap(stageLines) ?? []),
  ].join('\n')
}
