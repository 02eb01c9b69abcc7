import type { ConstraintLayer, LayerStatus } from '../../server/constraints/contract.ts'

/** The status to show: a rule without a map has no data that could be old. */
export function statusOf({ isMapped, data }: Pick<ConstraintLayer, 'isMapped' | 'data'>): LayerStatus | 'unmapped' {
  return isMapped ? data.status : 'unmapped'
}

/** How many maps there are, and how many of them nobody has looked at. */
export function countMaps(layers: readonly ConstraintLayer[]): { maps: number; notChecked: number } {
  const statuses = layers.map(statusOf).filter((status) => status !== 'unmapped')
  return { maps: statuses.length, notChecked: statuses.filter((status) => status === 'never-loaded' || status === 'failed').length }
}
