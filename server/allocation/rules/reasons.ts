import { type Contest, excluderOf, idAt, isAdmitted } from './contest.ts'
import type { LoserView } from './equalShares/chronicle.ts'
import { type Enough, enoughInWalk } from './greedy.ts'
import { awardsOf, type Stage } from './stages.ts'
import type { EqualSharesRound, ProjectOutcome, Reason } from './transcript.ts'

/** What the last run of Equal Shares looked like. */
export interface EqualSharesView {
  readonly rounds: readonly EqualSharesRound[]
  readonly losers: ReadonlyMap<number, LoserView>
}

interface Case {
  readonly contest: Contest
  readonly view: EqualSharesView | null
  readonly project: number
  /** Funded by this stage or an earlier one. */
  readonly isFunded: (project: number) => boolean
}

const inCurrency = ({ election }: Contest, units: number) => units / election.unitsPerCurrency

/** Why a project may not be funded by any rule; null when it may. */
function notAdmitted(contest: Contest, project: number): Reason | null {
  const { scores, minScore, costs, budget, practice } = contest
  const votes = scores[project] as number
  if (votes < minScore) return { kind: 'too-few-votes', votes, needed: minScore }
  const cost = costs[project] as number
  if (practice === 'reference' || cost <= budget) return null
  return { kind: 'over-pool', cost: inCurrency(contest, cost), pool: inCurrency(contest, budget) }
}

function misfit(contest: Contest, project: number, left: number): Reason {
  const cost = contest.costs[project] as number
  return {
    kind: 'did-not-fit',
    cost: inCurrency(contest, cost),
    left: inCurrency(contest, left),
    missing: inCurrency(contest, cost - left),
  }
}

function walkReason({ contest, project }: Case, stage: Extract<Stage, { kind: 'walk' }>): Reason | null {
  const index = stage.walk.rows.findIndex((row) => row.project === project)
  const row = stage.walk.rows[index]
  if (row === undefined) return null
  const { verdict, leftBefore } = row
  switch (verdict.kind) {
    case 'funded':
      return { kind: 'fits', rank: index + 1 }
    case 'topped-up':
      return { kind: 'topped-up', rank: index + 1, otherMoney: inCurrency(contest, verdict.otherMoney) }
    case 'did-not-fit':
      return misfit(contest, project, leftBefore)
    case 'after-stop':
      return { kind: 'after-stop', stoppedBy: idAt(contest.election, verdict.stoppedBy) }
    case 'excluded':
      return { kind: 'excluded', by: idAt(contest.election, verdict.by) }
  }
}

function equalSharesReason(given: Case, { outcome }: Extract<Stage, { kind: 'equal-shares' }>): Reason | null {
  const { contest, project, view, isFunded } = given
  if (outcome.run.free.includes(project)) return { kind: 'free' }
  const id = idAt(contest.election, project)
  const round = view?.rounds.find(({ projectId }) => projectId === id)
  if (round !== undefined) return { kind: 'bought', round: round.round, effectiveVotes: round.effectiveVotes }
  const by = excluderOf(contest, project, isFunded)
  if (by !== null) return { kind: 'excluded', by: idAt(contest.election, by) }
  const loser = view?.losers.get(project)
  if (loser === undefined) return null
  const cost = inCurrency(contest, contest.costs[project] as number)
  return { kind: 'supporters-short', cost, ...loser }
}

function phragmenReason({ contest, project, isFunded }: Case, { run }: Extract<Stage, { kind: 'phragmen' }>): Reason | null {
  const turn = run.purchases.findIndex((purchase) => purchase.project === project)
  if (turn !== -1) return { kind: 'earned', round: turn + 1 }
  const by = excluderOf(contest, project, isFunded)
  if (by !== null) return { kind: 'excluded', by: idAt(contest.election, by) }
  const left = run.purchases.at(-1)?.leftAfter ?? contest.budget
  const [stoppedBy] = run.misfits
  if (run.misfits.includes(project)) return misfit(contest, project, left)
  return stoppedBy === undefined ? null : { kind: 'after-stop', stoppedBy: idAt(contest.election, stoppedBy) }
}

function reasonIn(given: Case, stage: Stage): Reason | null {
  const { contest, project, isFunded } = given
  switch (stage.kind) {
    case 'walk':
      return walkReason(given, stage)
    case 'equal-shares':
      return equalSharesReason(given, stage)
    case 'phragmen':
      return phragmenReason(given, stage)
    case 'best-set': {
      if (stage.outcome.funded.includes(project)) return { kind: 'in-best-set' }
      const by = excluderOf(contest, project, isFunded)
      return by === null ? { kind: 'outweighed' } : { kind: 'excluded', by: idAt(contest.election, by) }
    }
    case 'remainder':
      if (stage.remainder?.project !== project) return null
      return { kind: 'given-remainder', amount: inCurrency(contest, stage.remainder.amount) }
  }
}

/** What would have been enough in a count that is one walk; other rules are asked by counting again (`enough.ts`). */
function enoughOf(contest: Contest, stages: readonly Stage[], project: number): Enough | null {
  const [first, ...others] = stages.filter(({ kind }) => kind !== 'remainder')
  if (first?.kind !== 'walk' || others.length > 0) return null
  const all = contest.costs.map((_cost, place) => place)
  const { cost, moreVotes } = enoughInWalk(contest, all, first.rule, first.start, project)
  return { cost: cost === null ? null : inCurrency(contest, cost), moreVotes }
}

/** Tells what became of a project and why, stage by stage. */
export function outcomeOf(contest: Contest, stages: readonly Stage[], view: EqualSharesView | null, project: number): ProjectOutcome {
  const awards = new Map<number, number>()
  const barred = notAdmitted(contest, project)
  const reasons: Reason[] = barred === null ? [] : [barred]
  for (const stage of stages) {
    const isOpen = !awards.has(project)
    for (const [funded, amount] of awardsOf(contest, stage)) awards.set(funded, amount)
    const given = { contest, view, project, isFunded: (other: number) => awards.has(other) }
    const reason = isOpen && isAdmitted(contest, project) ? reasonIn(given, stage) : null
    if (reason !== null) reasons.push(reason)
  }
  const award = awards.get(project)
  return {
    projectId: idAt(contest.election, project),
    votes: contest.scores[project] as number,
    cost: inCurrency(contest, contest.costs[project] as number),
    award: award === undefined ? null : inCurrency(contest, award),
    reasons,
    enough: award === undefined ? enoughOf(contest, stages, project) : null,
  }
}
