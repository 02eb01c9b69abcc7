import { type Contest, idAt } from './contest.ts'
import { countNaming, type Election } from './election.ts'
import { Chronicle } from './equalShares/chronicle.ts'
import { runEqualShares } from './equalShares/run.ts'
import type { Verdict, WalkRow } from './greedy.ts'
import { roundRational } from './rational.ts'
import { type EqualSharesView, outcomeOf } from './reasons.ts'
import type { Stage } from './stages.ts'
import type { StageRecord, Transcript, WalkLine, WalkVerdict } from './transcript.ts'

const DECIMALS = 6

type EqualSharesStage = Extract<Stage, { kind: 'equal-shares' }>

function verdictOf({ election }: Contest, verdict: Verdict, missing: number): WalkVerdict {
  switch (verdict.kind) {
    case 'funded':
      return { kind: 'funded' }
    case 'did-not-fit':
      return { kind: 'did-not-fit', missing: missing / election.unitsPerCurrency }
    case 'after-stop':
      return { kind: 'after-stop', stoppedBy: idAt(election, verdict.stoppedBy) }
    case 'excluded':
      return { kind: 'excluded', by: idAt(election, verdict.by) }
    case 'topped-up':
      return { kind: 'topped-up', otherMoney: verdict.otherMoney / election.unitsPerCurrency }
  }
}

function lineOf(contest: Contest, { project, leftBefore, leftAfter, verdict }: WalkRow, index: number): WalkLine {
  const { unitsPerCurrency } = contest.election
  const cost = contest.costs[project] as number
  return {
    rank: index + 1,
    projectId: idAt(contest.election, project),
    votes: contest.scores[project] as number,
    cost: cost / unitsPerCurrency,
    leftBefore: leftBefore / unitsPerCurrency,
    leftAfter: leftAfter / unitsPerCurrency,
    verdict: verdictOf(contest, verdict, cost - leftBefore),
  }
}

function recordOf(contest: Contest, stage: Stage, view: EqualSharesView | null): StageRecord {
  const { election } = contest
  const { unitsPerCurrency } = election
  switch (stage.kind) {
    case 'walk': {
      const lines = stage.walk.rows.map((row, index) => lineOf(contest, row, index))
      return { kind: 'walk', measure: stage.rule.measure, left: stage.start.left / unitsPerCurrency, lines }
    }
    case 'equal-shares': {
      const { run, increments, stop } = stage.outcome
      const { numerator, denominator } = run.endowment
      const endowment = roundRational({ numerator, denominator: denominator * BigInt(unitsPerCurrency) }, DECIMALS)
      const free = run.free.map((project) => idAt(election, project))
      return { kind: 'equal-shares', utility: stage.utility, increments, endowment, stop, free, rounds: view?.rounds ?? [] }
    }
    case 'phragmen': {
      const rounds = stage.run.purchases.map(({ project, time, leftAfter }, index) => ({
        round: index + 1,
        projectId: idAt(election, project),
        time: roundRational({ ...time, denominator: time.denominator * BigInt(unitsPerCurrency) }, DECIMALS),
        left: leftAfter / unitsPerCurrency,
      }))
      return { kind: 'phragmen', rounds }
    }
    case 'best-set':
      return { kind: 'best-set', ...optimumOf(contest.election, stage) }
    case 'remainder':
      return {
        kind: 'remainder',
        left: stage.left / unitsPerCurrency,
        projectId: stage.remainder === null ? null : idAt(election, stage.remainder.project),
      }
  }
}

/** The best sum, with costs in currency, and whether only this set has it. */
export function optimumOf(
  { unitsPerCurrency }: Election,
  { measure, outcome }: Extract<Stage, { kind: 'best-set' }>,
): { welfare: number; isUniqueOptimum: boolean } {
  return { welfare: outcome.welfare / (measure === 'cost' ? unitsPerCurrency : 1), isUniqueOptimum: outcome.isUniqueOptimum }
}

/** Runs the run that counts once more and writes it down. */
function viewOf(contest: Contest, { electorate, utility, outcome }: EqualSharesStage): EqualSharesView {
  const chronicle = new Chronicle(contest, electorate.weights.length)
  runEqualShares(contest, electorate, utility, outcome.run.endowment, chronicle)
  return { rounds: chronicle.rounds, losers: chronicle.losers() }
}

/** Writes down how a count went, stage by stage and project by project. */
export function writeTranscript(contest: Contest, stages: readonly Stage[]): Transcript {
  const { election, sharers, budget } = contest
  const equalShares = stages.find((stage) => stage.kind === 'equal-shares')
  const view = equalShares === undefined ? null : viewOf(contest, equalShares)
  return {
    pool: budget / election.unitsPerCurrency,
    ballots: countNaming(election) + election.blankBallots,
    blankBallots: election.blankBallots,
    sharers,
    stages: stages.map((stage) => recordOf(contest, stage, view)),
    projects: election.projects.map((_project, place) => outcomeOf(contest, stages, view, place)),
  }
}
