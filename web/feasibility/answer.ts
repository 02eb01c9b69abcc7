import type { CheckResult, Finding } from '../../server/feasibility/contract.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import type { Severity, Verdict } from '../../server/kernel/severity.ts'
import type { ShownConstraint } from '../map/mapContract.ts'

/** What the light shows. `unsure`: nothing was found, but not everything was checked; it is never green. */
export type Light = Verdict | 'unsure'

const REASONS_SHOWN = 3
const LAYERS_ON_MAP = 8
const RANK: Readonly<Record<Verdict, number>> = { clear: 0, ask: 1, permit: 2, stop: 3 }
const LIGHT_OF_SEVERITY: Readonly<Record<Severity, Light>> = { 0: 'clear', 1: 'ask', 2: 'permit', 3: 'stop' }

/** In the order of the choice; the record keeps it equal to the server's list. */
const typeOrder: Readonly<Record<InstallationType, number>> = {
  bench: 1,
  planting: 2,
  playground: 3,
  'multi-court': 4,
  shelter: 5,
  sculpture: 6,
  lighting: 7,
  other: 8,
}
export const TYPE_CHOICES = (Object.keys(typeOrder) as InstallationType[]).sort((a, b) => typeOrder[a] - typeOrder[b])

export function lightOf({ verdict, partial }: Pick<CheckResult, 'verdict' | 'partial'>): Light {
  return verdict === 'clear' && partial ? 'unsure' : verdict
}

export function lightOfSeverity(severity: Severity): Light {
  return LIGHT_OF_SEVERITY[severity]
}

/** The weightiest reasons to show at once, and the rest behind a fold. The server sends the worst first. */
export function reasonsOf({ findings }: Pick<CheckResult, 'findings'>): { first: Finding[]; more: Finding[] } {
  const weighty = findings.filter(({ severity }) => severity > 0)
  const first = weighty.slice(0, REASONS_SHOWN)
  return { first, more: findings.filter((finding) => !first.includes(finding)) }
}

/** Names of the layers that say nothing about this place. */
export function notCheckedNames({ notChecked, datasets }: Pick<CheckResult, 'notChecked' | 'datasets'>): string[] {
  const names = new Map(datasets.map(({ layerId, name }) => [layerId, name]))
  return notChecked.map((layerId) => names.get(layerId) ?? layerId)
}

/** The layers whose areas matter here, the weightiest first, as the map paints them. */
export function constraintsOf({ findings }: Pick<CheckResult, 'findings'>): ShownConstraint[] {
  return findings
    .filter(({ severity }) => severity > 0)
    .slice(0, LAYERS_ON_MAP)
    .map(({ layerId, name, severity, isDemo }) => ({ layerId, name, severity, isDemo }))
}

/** Whether anything in the answer rests on invented data. */
export function hasExampleData({ datasets, findings }: Pick<CheckResult, 'datasets' | 'findings'>): boolean {
  return datasets.some(({ isDemo }) => isDemo) || findings.some(({ isDemo }) => isDemo)
}

type Weighed = Pick<CheckResult, 'verdict' | 'findings' | 'notChecked'>

/** How one place compares with another: first by the verdict, then by how many rules of each weight, then by what was not checked. */
export function compareAnswers(one: Weighed, other: Weighed): 'better' | 'same' | 'worse' {
  const weights = ({ verdict, findings, notChecked }: Weighed) => [
    RANK[verdict],
    ...([3, 2, 1] as const).map((severity) => findings.filter((finding) => finding.severity === severity).length),
    notChecked.length,
  ]
  const others = weights(other)
  const difference = weights(one)
    .map((weight, index) => weight - (others[index] as number))
    .find((step) => step !== 0)
  if (difference === undefined) return 'same'
  return difference < 0 ? 'better' : 'worse'
}

const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** The way from one place to another in one of eight words. @crs EPSG:4326 */
export function directionOf(from: readonly [number, number], to: readonly [number, number]): Direction {
  // A degree of longitude is shorter here than one of latitude.
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180)
  const eighths = Math.round((Math.atan2(east, to[1] - from[1]) / (2 * Math.PI)) * DIRECTIONS.length)
  return DIRECTIONS[(eighths + DIRECTIONS.length) % DIRECTIONS.length] as Direction
}
