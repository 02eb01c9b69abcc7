import { parseArgs } from 'node:util'
import type { AttributeMapping } from '../server/constraints/catalogueFile.ts'
import { dateSchema } from '../server/kernel/time.ts'
import { StartError } from '../server/platform/config.ts'

export const CONSTRAINT_USAGE = `npm run data:load -- constraint <layerId> [<file or address>] [options]
  loads a layer of law and place; without a file from the services the catalogue names for it.
  --layer <name>                                of a file with several layers; of a WFS or OGC API the type or collection
  --where "komnr = 151"                         only features that meet a condition
  --encoding <name>                             of old Shapefile and MapInfo texts, for example ISO-8859-1
  --id-attribute <name>, --label-attribute <name>   what names a feature, and what people call it
  --applies "ejer=Privat,Stat"                  the rule bites only where an attribute has one of these values
  --date YYYY-MM-DD                             day the data describes
  --dry-run                                     read, check and report, change nothing
  --force                                       load it though there are far fewer features than before, or none`

function appliesOf(text: string | undefined): AttributeMapping['appliesWhen'] {
  if (text === undefined) return null
  const at = text.indexOf('=')
  const attribute = text.slice(0, at).trim()
  const values = text
    .slice(at + 1)
    .split(',')
    .map((value) => (value.trim().startsWith(`${attribute}=`) ? value.trim().slice(attribute.length + 1) : value.trim()))
    .filter((value) => value !== '')
  if (at < 1 || attribute === '' || values.length === 0) throw new StartError(`--applies must be like "ejer=Privat,Stat", not "${text}".`)
  return { attribute, in: values }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        layer: text,
        where: text,
        encoding: text,
        'id-attribute': text,
        'label-attribute': text,
        applies: text,
        date: text,
        'dry-run': flag,
        force: flag,
        help: flag,
      },
    })
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${CONSTRAINT_USAGE}`)
  }
}

/** Reads the arguments of `data:load -- constraint`, without that word. @errors StartError */
export function readConstraintArguments(args: string[]) {
  const { values, positionals } = parse(args)
  const [layerId, from, ...rest] = positionals
  if (values.help) return { what: 'help' as const }
  if (layerId === undefined || rest.length > 0) throw new StartError(`Say which layer, and from where.\n\n${CONSTRAINT_USAGE}`)
  if (values.date !== undefined && !dateSchema.safeParse(values.date).success)
    throw new StartError(`--date must be a day like 2026-11-25, not ${values.date}.`)
  const mapping: AttributeMapping = {
    sourceId: values['id-attribute'] ?? null,
    label: values['label-attribute'] ?? null,
    appliesWhen: appliesOf(values.applies),
    datasetDate: null,
  }
  const { layer, where, encoding } = values
  return {
    what: 'constraint' as const,
    layerId,
    from: from ?? null,
    file: { layer, where, encoding },
    mapping,
    options: { datasetDate: values.date ?? null, dryRun: values['dry-run'], force: values.force },
  }
}
export type ConstraintArguments = Extract<ReturnType<typeof readConstraintArguments>, { what: 'constraint' }>
