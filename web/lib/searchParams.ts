import { CATEGORIES, type Category } from '../../server/kernel/categories.ts'
import type { Camera } from '../map/mapContract.ts'

/** What every address may carry: the filters that list and map share, and where the map looks. */
export interface SharedSearch {
  district?: string
  category?: Category
  q?: string
  /** `1`: the list shows only what the map's frame holds. */
  frame?: 1
  /** Camera as `lat_lng_zoom`. */
  at?: string
  /** Constraint layers that are switched on, with commas between. */
  layers?: string
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Reads the shared search parameters; what is malformed is left out, never an error. */
export function readSharedSearch(search: Record<string, unknown>): SharedSearch {
  const { district, category, q, frame, at, layers } = search
  return {
    ...(typeof district === 'string' && SLUG.test(district) && district.length <= 40 ? { district } : {}),
    ...(CATEGORIES.some((known) => known === category) ? { category: category as Category } : {}),
    ...(q !== undefined && String(q).trim() ? { q: String(q).slice(0, 200) } : {}),
    ...(Number(frame) === 1 ? { frame: 1 as const } : {}),
    ...(typeof at === 'string' && parseCamera(at) ? { at } : {}),
    ...(typeof layers === 'string' && layers.length <= 400 && layers.split(',').every((id) => SLUG.test(id)) ? { layers } : {}),
  }
}

/** Camera of `lat_lng_zoom`; `null` when it is not one on this earth. @crs EPSG:4326 */
export function parseCamera(text: string | undefined): Camera | null {
  const words = (text ?? '').split('_')
  const parts = words.map(Number)
  const [lat, lng, zoom] = parts
  if (parts.length !== 3 || words.includes('') || lat === undefined || lng === undefined || zoom === undefined) return null
  if (!parts.every(Number.isFinite) || Math.abs(lat) > 85 || Math.abs(lng) > 180 || zoom < 0 || zoom > 22) return null
  return { lng, lat, zoom }
}

/** Text of a camera, fine enough for a few centimetres. */
export function cameraText(camera: Camera): string {
  const { lat, lng, zoom } = camera
  return `${lat.toFixed(5)}_${lng.toFixed(5)}_${zoom.toFixed(2)}`
}
