import type { Category } from '../../server/kernel/categories.ts'
import type { PinKind } from './mapContract.ts'

/** Districts a cluster tells apart; one more slot holds the rest. */
export const CLUSTER_SLOTS = 8
/** A cluster's ring is drawn in steps of this part, so that few images serve all mixes. */
export const CLUSTER_STEPS = 16

/** The dot a place's name hangs on; it comes and goes with the name. */
export const PLACE_DOT = 'place-dot'

export type PinImage = {
  kind: PinKind
  category: Category
  districtId: string | null
  /** Projects: `won` is filled, others are outlined. */
  isWon: boolean
  pictureUrl: string | null
}

export type ClusterImage = { shares: number[]; size: number }

/** Name of a pin's image; `readPinImageId` reads it back, so images can be drawn when a tile first asks for them. */
export function pinImageId(image: PinImage): string {
  return ['pin', image.kind, image.category, image.districtId ?? '', image.isWon ? 'won' : '', image.pictureUrl ?? ''].join('|')
}

export function readPinImageId(id: string): PinImage | null {
  const [marker, kind, category, districtId, won, pictureUrl] = id.split('|')
  if (marker !== 'pin') return null
  return {
    kind: kind as PinKind,
    category: category as Category,
    districtId: districtId || null,
    isWon: won === 'won',
    pictureUrl: pictureUrl || null,
  }
}

/** `cluster|<size>|<share of slot 0>|…`: a MapLibre expression over the counts the worker has added up. */
export function clusterImageExpression(): unknown[] {
  const share = (slot: number) => ['to-string', ['round', ['/', ['*', CLUSTER_STEPS, ['get', `slot${slot}`]], ['get', 'point_count']]]]
  const shares = Array.from({ length: CLUSTER_SLOTS }, (_, slot) => ['|', share(slot)]).flat()
  const size = ['to-string', ['step', ['get', 'point_count'], 0, 10, 1, 100, 2, 1000, 3]]
  return ['concat', 'cluster|', size, ...shares]
}

export function readClusterImageId(id: string): ClusterImage | null {
  const [marker, size, ...shares] = id.split('|')
  return marker === 'cluster' ? { size: Number(size), shares: shares.map(Number) } : null
}

/** Counts per slot, added up in MapLibre's worker. */
export function clusterProperties(): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: CLUSTER_SLOTS }, (_, slot) => [`slot${slot}`, ['+', ['case', ['==', ['get', 'slot'], slot], 1, 0]]]),
  )
}
