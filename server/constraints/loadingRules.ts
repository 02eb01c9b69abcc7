import type { VectorFeature } from '../platform/vectorFile/vectorFileTypes.ts'
import type { AttributeMapping } from './catalogueFile.ts'
import type { LoadFailureKind } from './contract.ts'
import type { Box } from './loadingGeometry.ts'

/** How far outside the municipality a feature may lie and still be kept: no rule reaches further. @unit metres */
export const MARGIN_M = 5_000
/** A check measures to every corner: beyond this an outline is to be simplified first. */
export const MAX_VERTICES = 500_000
const MAX_FALL = 0.3
const MAX_PROPERTIES = 60
const MAX_TEXT = 500

// Denmark in EPSG:25832 with a margin: what lies outside has other coordinates than it says. @unit metres
const DENMARK_M: Box = { west: 400_000, south: 6_000_000, east: 950_000, north: 6_450_000 }

/** Where a feature lies: `swapped` are the coordinates of a place in Denmark with north first. */
export type Whereabouts = 'near' | 'far' | 'swapped' | 'nowhere'

const meets = (a: Box, b: Box) => a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north

/** A box grown by so many metres on every side. @unit metres */
export function growBox({ west, south, east, north }: Box, byM: number): Box {
  return { west: west - byM, south: south - byM, east: east + byM, north: north + byM }
}

/** Sorts a feature by its edges. @crs EPSG:25832 */
export function whereaboutsOf(bounds: Box, municipality: Box): Whereabouts {
  if (meets(bounds, growBox(municipality, MARGIN_M))) return 'near'
  if (meets(bounds, DENMARK_M)) return 'far'
  const swapped = { west: bounds.south, south: bounds.west, east: bounds.north, north: bounds.east }
  return meets(swapped, DENMARK_M) ? 'swapped' : 'nowhere'
}

export interface LoadCounts extends Record<Whereabouts, number> {
  read: number
  empty: number
  /** The layer's features until now; `null` when it has none of its own yet. */
  before: number | null
}

export type Judgement = { ok: true } | { ok: false; reason: LoadFailureKind; sentence: string }

/**
 * Holds what was read against what was expected. `isKnownEmpty`: the service has features elsewhere and said there
 * are none here. With `force` a person vouches for it; only coordinates that are none stay refused.
 */
export function judgeLoad(counts: LoadCounts, { force, isKnownEmpty }: { force: boolean; isKnownEmpty: boolean }): Judgement {
  const refuse = (reason: LoadFailureKind, sentence: string): Judgement => ({ ok: false, reason, sentence })
  const { read, near, far, swapped, nowhere, before } = counts
  if (swapped > nowhere)
    return refuse(
      'wrong-coordinates',
      `${swapped} of ${read} features have north and east in the wrong order. Save the data again with the right order of axes.`,
    )
  if (nowhere > 0)
    return refuse(
      'wrong-coordinates',
      `${nowhere + swapped} of ${read} features lie outside Denmark: their coordinates are not in the coordinate system the data names.`,
    )
  if (force) return { ok: true }
  if (read === 0 && !isKnownEmpty) return refuse('no-features', 'There are no features in it. If that is right, load it with --force.')
  if (near === 0 && far > 0)
    return refuse(
      'outside-municipality',
      `All ${far} features lie more than ${MARGIN_M / 1000} km outside the municipality. If there really is none here, load it with --force.`,
    )
  if (before !== null && near < before * (1 - MAX_FALL))
    return refuse(
      'count-fell',
      `There are ${near} features, but there were ${before}: a fall of more than ${MAX_FALL * 100} %. If that is right, load it with --force.`,
    )
  return { ok: true }
}

/** Finds an attribute whatever its capitals. */
export function attributeNamed(properties: Readonly<Record<string, unknown>>, name: string): string | null {
  if (name in properties) return name
  const wanted = name.toLowerCase()
  return Object.keys(properties).find((key) => key.toLowerCase() === wanted) ?? null
}

function attributeOf(properties: Readonly<Record<string, unknown>>, name: string | null): unknown {
  const key = name === null ? null : attributeNamed(properties, name)
  return key === null ? null : (properties[key] ?? null)
}

// PostgreSQL keeps no NUL; lone halves of surrogate pairs are no text either.
const cleanText = (text: string) => text.replaceAll('\0', '').toWellFormed()

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = cleanText(typeof value === 'object' ? JSON.stringify(value) : String(value)).trim()
  return text === '' ? null : text.slice(0, 200)
}

function keptProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(properties)
    .filter(([, value]) => value !== null)
    .slice(0, MAX_PROPERTIES)
    .map(([key, value]) => {
      if (typeof value === 'number' || typeof value === 'boolean') return [cleanText(key), value]
      return [cleanText(key), cleanText(typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, MAX_TEXT)]
    })
  return Object.fromEntries(kept)
}

export interface MappedAttributes {
  sourceId: string | null
  label: string | null
  applies: boolean
  properties: Record<string, unknown>
}

/** The attributes of a feature as the layer keeps them. Where nothing says whether the rule bites, it does. */
export function mapAttributes({ properties }: Pick<VectorFeature, 'properties'>, mapping: AttributeMapping): MappedAttributes {
  const value = mapping.appliesWhen === null ? null : textOf(attributeOf(properties, mapping.appliesWhen.attribute))
  const applies = value === null || mapping.appliesWhen === null || mapping.appliesWhen.in.some((one) => String(one) === value)
  return {
    sourceId: textOf(attributeOf(properties, mapping.sourceId)),
    label: textOf(attributeOf(properties, mapping.label)),
    applies,
    properties: keptProperties(properties),
  }
}

/** Names in the mapping that a feature does not have. */
export function missingAttributes({ properties }: Pick<VectorFeature, 'properties'>, mapping: AttributeMapping): string[] {
  const names = [mapping.sourceId, mapping.label, mapping.appliesWhen?.attribute ?? null, mapping.datasetDate]
  return [...new Set(names.filter((name) => name !== null))].filter((name) => attributeNamed(properties, name) === null)
}

/** The day in an attribute, written `2024-02-19…`, `2024/02/19` or `20240219`; `null` when there is none. */
export function dayIn({ properties }: Pick<VectorFeature, 'properties'>, attribute: string | null): string | null {
  const match = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)/.exec(textOf(attributeOf(properties, attribute)) ?? '')
  if (match === null) return null
  const day = `${match[1]}-${match[2]}-${match[3]}`
  const parsed = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day ? null : day
}
