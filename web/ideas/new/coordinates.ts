import { DENMARK_BOUNDS, roundDegrees } from '../../../server/kernel/crs.ts'
import type { Position } from '../../../server/kernel/geometry.ts'
import { fromUtm32 } from './utm32.ts'

export type CoordinateReading =
  | { ok: true; position: Position; system: 'degrees' | 'utm32'; swapped: boolean }
  | { ok: false; reason: 'empty' | 'not-two-numbers' | 'outside-denmark' }

const UTM32_BOUNDS = { west: 400_000, east: 950_000, south: 6_000_000, north: 6_450_000 } as const

const WORDS =
  /(?<!\p{L})(?:bredde(?:grad)?|længde(?:grad)?|lat(?:itude)?|lon(?:gitude)?|lng|øst|nord|east(?:ing)?|north(?:ing)?|[neøxym])(?!\p{L})\s*[:=]?/giu

/** Splits into two numbers; a comma between digits is a decimal mark unless it is the only thing that separates. */
function readPair(text: string): [number, number] | null {
  const bare = text
    .replace(/[°º]|epsg:?\s*\d+|utm\s*(?:zone\s*)?32\s*n?/gi, ' ')
    .replace(WORDS, ' ')
    .trim()
  const separated = bare.split(/\s*;\s*|\s*\/\s*|,\s+|\s+,?\s*/).filter((part) => part !== '')
  const parts = separated.length === 1 ? splitByComma(bare) : separated
  if (parts.length !== 2) return null
  const numbers = parts.map((part) => (/^[+-]?\d+(?:[.,]\d+)?$/.test(part) ? Number(part.replace(',', '.')) : Number.NaN))
  const [first, second] = numbers as [number, number]
  return Number.isFinite(first) && Number.isFinite(second) ? [first, second] : null
}

/** Nothing but commas: `55.7,12.3` has one, `55,7,12,3` has three, of which the middle one separates. */
function splitByComma(text: string): string[] {
  const parts = text.split(',')
  if (parts.length === 4) return [`${parts[0]}.${parts[1]}`, `${parts[2]}.${parts[3]}`]
  return parts
}

function inDenmark(lng: number, lat: number): boolean {
  const { west, east, south, north } = DENMARK_BOUNDS
  return lng >= west && lng <= east && lat >= south && lat <= north
}

function inUtm32(eastingM: number, northingM: number): boolean {
  const { west, east, south, north } = UTM32_BOUNDS
  return eastingM >= west && eastingM <= east && northingM >= south && northingM <= north
}

function rounded([lng, lat]: Position): Position {
  return [roundDegrees(lng), roundDegrees(lat)]
}

/**
 * Reads what a person typed or pasted as coordinates: latitude and longitude, or easting and northing of zone 32,
 * with dot or comma. `swapped` tells that the two numbers stood the other way round and were understood anyway.
 * @crs EPSG:4326 or EPSG:25832, answered in EPSG:4326 lon/lat
 */
export function readCoordinates(text: string): CoordinateReading {
  if (text.trim() === '') return { ok: false, reason: 'empty' }
  const pair = readPair(text)
  if (pair === null) return { ok: false, reason: 'not-two-numbers' }
  const [first, second] = pair
  if (inDenmark(second, first)) return { ok: true, position: rounded([second, first]), system: 'degrees', swapped: false }
  if (inDenmark(first, second)) return { ok: true, position: rounded([first, second]), system: 'degrees', swapped: true }
  if (inUtm32(first, second)) return { ok: true, position: rounded(fromUtm32([first, second])), system: 'utm32', swapped: false }
  if (inUtm32(second, first)) return { ok: true, position: rounded(fromUtm32([second, first])), system: 'utm32', swapped: true }
  return { ok: false, reason: 'outside-denmark' }
}
