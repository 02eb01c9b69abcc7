import type { CastBallot } from '../../allocation/rules/election.ts'
import type { ElectionDistrict } from '../../elections/contract.ts'
import type { Choices } from '../contract.ts'

/** Why a ballot is not taken; the kinds of problems the room answers with. */
export type BallotFault = 'too-many-choices' | 'over-budget' | 'not-on-ballot' | 'ballot-malformed'

/** What a ballot is checked against. */
export type BallotSheet = Pick<ElectionDistrict, 'shareDkk' | 'settings' | 'lines'>

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function countFault({ settings, shareDkk, lines }: BallotSheet, { projectIds, points = [] }: Choices): BallotFault | null {
  const { ballotKind, maxChoices, pointsPerProject } = settings
  if (ballotKind === 'choose-one' && projectIds.length > 1) return 'too-many-choices'
  if (ballotKind === 'approval-limited' && projectIds.length > maxChoices) return 'too-many-choices'
  if (ballotKind === 'points' && (sum(points) > settings.points || points.some((one) => one > pointsPerProject))) return 'too-many-choices'
  if (ballotKind !== 'knapsack') return null
  const cost = sum(lines.filter(({ projectId }) => projectIds.includes(projectId)).map(({ costDkk }) => costDkk))
  return cost > shareDkk ? 'over-budget' : null
}

/** What is wrong with a ballot; null when it may go into the box. A blank one may. */
export function faultOfChoices(sheet: BallotSheet, choices: Choices): BallotFault | null {
  const { projectIds, points } = choices
  if (new Set(projectIds).size !== projectIds.length) return 'ballot-malformed'
  const wantsPoints = sheet.settings.ballotKind === 'points' && projectIds.length > 0
  if (wantsPoints ? points?.length !== projectIds.length : (points?.length ?? 0) > 0) return 'ballot-malformed'
  const onBallot = new Set(sheet.lines.map(({ projectId }) => projectId))
  if (!projectIds.every((id) => onBallot.has(id))) return 'not-on-ballot'
  return countFault(sheet, choices)
}

/**
 * The one writing of a ballot: ids sorted by code units, commas between, `id:points` where there are points, empty when blank.
 * Ids hold neither commas nor colons.
 */
export function canonicalBallot({ projectIds, points }: Choices): string {
  const marks = projectIds.map((id, index) => (points?.[index] === undefined ? id : `${id}:${points[index]}`))
  return marks.sort().join(',')
}

/** A ballot read back from its one writing. */
export function readBallot(ballot: string): CastBallot {
  const marks = ballot === '' ? [] : ballot.split(',').map((mark) => mark.split(':') as [string, string?])
  const projects = marks.map(([id]) => id)
  return marks.some(([, points]) => points !== undefined) ? { projects, points: marks.map(([, points]) => Number(points)) } : { projects }
}

/** The longest writing a ballot of a district can have, so that what is sealed is as long for every ballot. @unit characters */
export function longestBallot({ lines }: Pick<BallotSheet, 'lines'>): number {
  // A comma and three digits of points for each.
  return sum(lines.map(({ projectId }) => projectId.length + ',:100'.length))
}
