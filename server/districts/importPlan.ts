import { districtIdSchema } from '../kernel/ids.ts'

/** Which value of an attribute belongs to which district. Several values may make one district. */
export interface DistrictMapping {
  attribute: string
  /** Attribute value → district id. */
  districtOf: ReadonlyMap<string, string>
}

export interface SourceFeature {
  properties: Readonly<Record<string, unknown>>
  geometry: unknown
}

/** A feature on its way into a district. @crs of the features given */
export interface DistrictPart {
  districtId: string
  /** How the file calls it, for messages. */
  label: string
  geometry: unknown
}

export type PartsReading =
  | { ok: true; parts: DistrictPart[]; names: Map<string, string>; ignoredValues: string[] }
  | { ok: false; failures: string[] }

function listed(values: Iterable<string>): string {
  const all = [...new Set(values)]
  return all.length <= 12 ? all.join(', ') : `${all.slice(0, 12).join(', ')} and ${all.length - 12} more`
}

/** Features that say themselves which district they are: attributes `districtId` and `name`. */
function readOwnIds(features: readonly SourceFeature[]): PartsReading {
  const names = new Map<string, string>()
  const failures: string[] = []
  const parts = features.map(({ properties, geometry }, index) => {
    const { districtId, name } = properties
    const label = `feature ${index + 1}`
    if (!districtIdSchema.safeParse(districtId).success) {
      failures.push(`${label} has no attribute "districtId" with a district id. Say with --map which attribute value is which district.`)
    }
    if (typeof name === 'string' && name.trim() !== '') names.set(String(districtId), name.trim())
    return { districtId: String(districtId), label, geometry }
  })
  return failures.length > 0 ? { ok: false, failures: failures.slice(0, 5) } : { ok: true, parts, names, ignoredValues: [] }
}

function readMapped(features: readonly SourceFeature[], mapping: DistrictMapping, ignoreUnmapped: boolean): PartsReading {
  const { attribute, districtOf } = mapping
  if (!features.some(({ properties }) => attribute in properties)) {
    const known = listed(Object.keys(features[0]?.properties ?? {}))
    return { ok: false, failures: [`no feature has the attribute "${attribute}". The file has: ${known || 'none'}.`] }
  }
  const valued = features.map(({ properties, geometry }) => ({ value: String(properties[attribute] ?? '').trim(), geometry }))
  const seen = new Set(valued.map(({ value }) => value))
  const unmapped = valued.filter(({ value }) => !districtOf.has(value)).map(({ value }) => value || '(empty)')
  const failures = [...districtOf]
    .filter(([value]) => !seen.has(value))
    .map(([value, districtId]) => `no feature has ${attribute} = ${value}, which the mapping wants for ${districtId}.`)
  if (unmapped.length > 0 && !ignoreUnmapped) {
    failures.push(`the mapping says nothing of ${attribute} = ${listed(unmapped)}. Map them, or leave them out with --ignore-unmapped.`)
  }
  if (failures.length > 0) return { ok: false, failures }
  const parts = valued.flatMap(({ value, geometry }) => {
    const districtId = districtOf.get(value)
    return districtId === undefined ? [] : [{ districtId, label: `${attribute} ${value}`, geometry }]
  })
  return { ok: true, parts, names: new Map(), ignoredValues: [...new Set(unmapped)] }
}

/** Sorts the features of a file into districts, or says everything that is wrong with file or mapping. */
export function readParts(features: readonly SourceFeature[], mapping: DistrictMapping | null, ignoreUnmapped = false): PartsReading {
  return mapping === null ? readOwnIds(features) : readMapped(features, mapping, ignoreUnmapped)
}
