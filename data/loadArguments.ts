import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { DistrictMapping } from '../server/districts/importPlan.ts'
import { districtIdSchema } from '../server/kernel/ids.ts'
import { dateSchema } from '../server/kernel/time.ts'
import { StartError } from '../server/platform/config.ts'
import { CONSTRAINT_USAGE, readConstraintArguments } from './constraintArguments.ts'

export const USAGE = `npm run data:load
  loads the data that comes with the program; what is loaded already is left alone.

npm run data:load -- districts <file> [options]
  --map nummer:5=skovlunde,nummer:6=skovlunde   which attribute value belongs to which district
  --attribute nummer --map 5=skovlunde,...      the same, the attribute named once
  --map-file mapping.json                       the same from a file, see data/README.md
  --names "skovlunde=Skovlunde,..."             names of districts that are new
  --ignore-unmapped                             leave out features the mapping does not name
  --where "kommunekode = '0151'"                only features that meet a condition
  --layer <name>                                of a file with several layers
  --encoding <name>                             of old Shapefile and MapInfo texts, for example ISO-8859-1
  --valid-from YYYY-MM-DD                       first day in force (default: today)
  --source <text>, --attribution <text>         where the outlines come from, what must stand with them
  --official                                    they are the municipality's official outlines
  --dry-run                                     check and report, change nothing

${CONSTRAINT_USAGE}

npm run data:load -- reassign-ideas [--apply]
  tells which ideas lie in another district under the outlines in force; --apply moves them.`

const mapFileSchema = z.strictObject({
  attribute: z.string().min(1),
  districts: z.record(
    districtIdSchema,
    z.strictObject({ name: z.string().min(1).optional(), values: z.array(z.union([z.string(), z.number()])).min(1) }),
  ),
})

interface NamedMapping {
  mapping: DistrictMapping | null
  names: Map<string, string>
}

function addValue(districtOf: Map<string, string>, value: string, districtId: string): void {
  if (!districtIdSchema.safeParse(districtId).success) {
    throw new StartError(`"${districtId}" cannot be a district id: small letters a–z, digits and single hyphens, at most 40.`)
  }
  if (districtOf.has(value)) throw new StartError(`The mapping names the value ${value} twice.`)
  districtOf.set(value, districtId)
}

/** Splits `a=b` at the last equals sign, because attribute values may hold one and ids cannot. */
function splitPair(text: string, option: string): [string, string] {
  const at = text.lastIndexOf('=')
  if (at < 1 || at === text.length - 1) throw new StartError(`--${option} has a part that is not "…=…": ${JSON.stringify(text)}.`)
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function mappingOf(text: string, givenAttribute: string | undefined): DistrictMapping {
  const districtOf = new Map<string, string>()
  let attribute = givenAttribute
  for (const part of text.split(',')) {
    const [left, districtId] = splitPair(part, 'map')
    const colon = givenAttribute === undefined ? left.indexOf(':') : -1
    const named = colon < 0 ? givenAttribute : left.slice(0, colon)
    if (named === undefined)
      throw new StartError(`--map does not say which attribute "${left}" is a value of. Write attribute:${left}=…, or add --attribute.`)
    attribute ??= named
    if (named !== attribute) throw new StartError(`--map uses two attributes, ${attribute} and ${named}. Use one.`)
    addValue(districtOf, left.slice(colon + 1).trim(), districtId)
  }
  return { attribute: attribute as string, districtOf }
}

function mappingFromFile(file: string): NamedMapping {
  let parsed: z.infer<typeof mapFileSchema>
  try {
    parsed = mapFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? `${error.issues[0]?.path.join('/')}: ${error.issues[0]?.message}` : (error as Error).message
    throw new StartError(`The mapping in ${file} cannot be used (${why}). data/README.md shows what it must look like.`)
  }
  const districtOf = new Map<string, string>()
  const names = new Map<string, string>()
  for (const [districtId, { name, values }] of Object.entries(parsed.districts)) {
    if (name !== undefined) names.set(districtId, name)
    for (const value of values) addValue(districtOf, String(value), districtId)
  }
  return { mapping: { attribute: parsed.attribute, districtOf }, names }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        map: { type: 'string' },
        'map-file': { type: 'string' },
        attribute: { type: 'string' },
        names: { type: 'string' },
        'ignore-unmapped': { type: 'boolean', default: false },
        where: { type: 'string' },
        layer: { type: 'string' },
        encoding: { type: 'string' },
        'valid-from': { type: 'string' },
        source: { type: 'string' },
        attribution: { type: 'string' },
        official: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        apply: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

/** Reads the arguments of `data:load`. @errors StartError */
export function readLoadArguments(args: string[]) {
  if (args[0] === 'constraint') return readConstraintArguments(args.slice(1))
  const { values, positionals } = parse(args)
  const [what = 'all', file, ...rest] = positionals
  if (values.help) return { what: 'help' as const }
  if (what === 'all' && file === undefined) return { what: 'all' as const }
  if (what === 'reassign-ideas' && file === undefined) return { what: 'reassign-ideas' as const, apply: values.apply }
  if (what !== 'districts' || file === undefined || rest.length > 0)
    throw new StartError(`This cannot be loaded: ${positionals.join(' ')}.\n\n${USAGE}`)
  if (values.map !== undefined && values['map-file'] !== undefined) throw new StartError('Give either --map or --map-file, not both.')
  if (values['valid-from'] !== undefined && !dateSchema.safeParse(values['valid-from']).success) {
    throw new StartError(`--valid-from must be a day like 2027-01-01, not ${values['valid-from']}.`)
  }
  const fromFile =
    values['map-file'] === undefined ? { mapping: null, names: new Map<string, string>() } : mappingFromFile(values['map-file'])
  const mapping = values.map === undefined ? fromFile.mapping : mappingOf(values.map, values.attribute)
  const given = values.names?.split(',').map((pair) => splitPair(pair, 'names')) ?? []
  return { what: 'districts' as const, file, options: values, mapping, names: new Map([...fromFile.names, ...given]) }
}
export type DistrictArguments = Extract<ReturnType<typeof readLoadArguments>, { what: 'districts' }>
