import type { Position } from '../../../server/kernel/geometry.ts'
import { toUtm32 } from '../../ideas/new/utm32.ts'

/** The official map viewer's address of a place, from its template. @crs EPSG:4326 and EPSG:25832 */
export function viewerAddress(template: string, place: Position): string {
  const [east, north] = toUtm32(place)
  const values: Record<string, string> = {
    lng: place[0].toFixed(6),
    lat: place[1].toFixed(6),
    east: east.toFixed(1),
    north: north.toFixed(1),
  }
  return template.replace(/\{(lng|lat|east|north)\}/g, (_, name: string) => values[name] as string)
}
