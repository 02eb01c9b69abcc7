import type { Feature } from 'geojson'
import { useEffect } from 'react'
import type { Conflict, ConflictThing } from '../../server/conflicts/contract.ts'
import { formatDistance } from '../lib/format.ts'
import { useLanguage } from '../lib/i18n.ts'
import { VERDICT_COLOURS } from '../map/palette.ts'
import { lendToMap } from '../shell/mapState.ts'

const COLOUR = { open: VERDICT_COLOURS.permit.base, confirmed: VERDICT_COLOURS.stop.base, cleared: VERDICT_COLOURS.clear.base } as const

/** Draws the pairs: their shapes, a line between the two, and how far apart they are; what is pointed at says its names. */
export function useConflictMarks(conflicts: readonly Conflict[] | undefined, pointed: string | null): void {
  const language = useLanguage()
  useEffect(() => {
    const features = (conflicts ?? []).flatMap((conflict): Feature[] => {
      const { first, second, state, distanceM } = conflict
      const isPointed = pointed === `${first.ref} ${second.ref}`
      const colour = COLOUR[state]
      const words = distanceM === 0 ? '0 m' : formatDistance(distanceM, language)
      return [
        ...[first, second].flatMap((thing) => markOf(thing, colour, isPointed)),
        {
          type: 'Feature',
          properties: { colour },
          geometry: { type: 'LineString', coordinates: [first.labelPoint, second.labelPoint] },
        },
        {
          type: 'Feature',
          properties: { colour, words, isWords: true },
          geometry: { type: 'Point', coordinates: middle(first.labelPoint, second.labelPoint) },
        },
      ]
    })
    lendToMap({ marks: { type: 'FeatureCollection', features } })
  }, [conflicts, pointed, language])
  useEffect(() => () => lendToMap({ marks: null }), [])
}

function markOf({ geometry, labelPoint, title }: ConflictThing, colour: string, isPointed: boolean): Feature[] {
  const properties = { colour, ...(isPointed ? { words: title } : {}) }
  const spot: Feature = { type: 'Feature', properties, geometry: { type: 'Point', coordinates: labelPoint } }
  return geometry.type === 'Point' ? [spot] : [{ type: 'Feature', properties: { colour }, geometry }, spot]
}

function middle([aLng, aLat]: [number, number], [bLng, bLat]: [number, number]): [number, number] {
  return [(aLng + bLng) / 2, (aLat + bLat) / 2]
}
