import type { FeatureCollection } from 'geojson'
import { useEffect } from 'react'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage } from '../../lib/i18n.ts'
import { districtColours } from '../../map/palette.ts'
import { lendToMap } from '../../shell/mapState.ts'
import type { RoundResult } from '../result.api.ts'

/** The circle of the largest amount at the map's first look. @unit CSS pixels */
const LARGEST_RADIUS = 44
const SMALLEST_RADIUS = 7

/** Draws a circle per project for as long as the page is open, its area in proportion to the money. */
export function useResultCircles(result: RoundResult): void {
  const language = useLanguage()
  useEffect(() => {
    const lines = result.districts.flatMap(({ districtId, projects }) => projects.map((project) => ({ districtId, ...project })))
    const largest = Math.max(1, ...lines.map(({ awardedDkk, costDkk }) => awardedDkk || costDkk || 0))
    const features = lines.flatMap(({ districtId, point, awardedDkk, costDkk, outcome }): FeatureCollection['features'] => {
      const money = awardedDkk || costDkk
      if (point === null || !money) return []
      const isWon = outcome === 'won'
      const radius = Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(money / largest))
      const properties = { base: districtColours(districtId).base, radius, isWon, words: isWon ? formatAmount(awardedDkk, language) : '' }
      return [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: point } }]
    })
    lendToMap({ results: { type: 'FeatureCollection', features } })
  }, [result, language])
  useEffect(() => () => lendToMap({ results: null }), [])
}
