import type { BallotKind, BallotLine, ElectionDistrict } from '../../../server/elections/contract.ts'
import type { Choices, CodeStanding } from '../../../server/voting/contract.ts'

/** What lies on the table in the booth: the district's projects, or those that still stand in a knock-out round. */
export interface Ballot {
  districtId: string
  name: string
  shareDkk: number
  /** 0: the district's ballot; from 1: a knock-out round. */
  roundNumber: number
  kind: BallotKind
  maxChoices: number
  points: number
  pointsPerProject: number
  lines: readonly BallotLine[]
  exclusivePairs: ElectionDistrict['exclusivePairs']
  remainderOffer: boolean
  rule: ElectionDistrict['settings']['rule']
}

/** What is marked: project id to its points, or to 1. */
export type Marks = Readonly<Record<string, number>>

/** The ballot of a district, narrowed to what a code opens. In a knock-out round one names one project. */
export function ballotOf(district: ElectionDistrict, standing: Pick<CodeStanding, 'roundNumber' | 'projectIds'> | null): Ballot {
  const { settings, lines, exclusivePairs, districtId, name, shareDkk } = district
  const roundNumber = standing?.roundNumber ?? 0
  const { maxChoices, points, pointsPerProject, remainderOffer, rule } = settings
  return {
    districtId,
    name,
    shareDkk,
    roundNumber,
    kind: roundNumber > 0 ? 'choose-one' : settings.ballotKind,
    maxChoices,
    points,
    pointsPerProject,
    lines: standing ? lines.filter(({ projectId }) => standing.projectIds.includes(projectId)) : lines,
    exclusivePairs: roundNumber > 0 ? [] : exclusivePairs,
    remainderOffer,
    rule,
  }
}

/** The lines that are marked, in the order of the ballot. */
export function markedLines({ lines }: Ballot, marks: Marks): BallotLine[] {
  return lines.filter(({ projectId }) => (marks[projectId] ?? 0) > 0)
}

/** @unit whole kroner */
export function spentDkk(ballot: Ballot, marks: Marks): number {
  return markedLines(ballot, marks).reduce((sum, { costDkk }) => sum + costDkk, 0)
}

export function pointsGiven(ballot: Ballot, marks: Marks): number {
  return markedLines(ballot, marks).reduce((sum, { projectId }) => sum + (marks[projectId] ?? 0), 0)
}

/** Why a project cannot be marked beside those that are. */
export type Block = { reason: 'full' } | { reason: 'too-dear'; leftDkk: number } | null

export function blockOf(ballot: Ballot, marks: Marks, line: BallotLine): Block {
  if ((marks[line.projectId] ?? 0) > 0) return null
  if (ballot.kind === 'approval-limited' && markedLines(ballot, marks).length >= ballot.maxChoices) return { reason: 'full' }
  const leftDkk = ballot.shareDkk - spentDkk(ballot, marks)
  return ballot.kind === 'knapsack' && line.costDkk > leftDkk ? { reason: 'too-dear', leftDkk } : null
}

/** Marks a project or takes its mark back; what is blocked stays as it is. */
export function toggled(ballot: Ballot, marks: Marks, line: BallotLine): Marks {
  const { projectId } = line
  if ((marks[projectId] ?? 0) > 0) return without(marks, projectId)
  if (blockOf(ballot, marks, line)) return marks
  return ballot.kind === 'choose-one' ? { [projectId]: 1 } : { ...marks, [projectId]: 1 }
}

/** How many points a project may get beside what the others have. */
export function mostPoints(ballot: Ballot, marks: Marks, { projectId }: BallotLine): number {
  const own = marks[projectId] ?? 0
  return Math.min(ballot.pointsPerProject, own + ballot.points - pointsGiven(ballot, marks))
}

export function withPoints(ballot: Ballot, marks: Marks, line: BallotLine, points: number): Marks {
  const wanted = Math.max(0, Math.min(points, mostPoints(ballot, marks, line)))
  return wanted === 0 ? without(marks, line.projectId) : { ...marks, [line.projectId]: wanted }
}

function without(marks: Marks, projectId: string): Marks {
  return Object.fromEntries(Object.entries(marks).filter(([id]) => id !== projectId))
}

/** What is sent: the marks in the order of the ballot. */
export function choicesOf(ballot: Ballot, marks: Marks): Choices {
  const projectIds = markedLines(ballot, marks).map(({ projectId }) => projectId)
  return ballot.kind === 'points' ? { projectIds, points: projectIds.map((projectId) => marks[projectId] ?? 0) } : { projectIds }
}

/** The numbers on the ballot of the projects that cannot win beside this one, with the reason. */
export function rivalsOf({ exclusivePairs, lines }: Ballot, projectId: string): { lineNumber: number; title: string; reason: string }[] {
  return exclusivePairs.flatMap(({ projectIds, reason }) => {
    if (!projectIds.includes(projectId)) return []
    const rival = lines.find((line) => line.projectId !== projectId && projectIds.includes(line.projectId))
    return rival ? [{ lineNumber: rival.lineNumber, title: rival.title, reason }] : []
  })
}
