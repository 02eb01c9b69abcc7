import { type Decimal, readDecimal, toUnits } from '../amount.ts'
import type { Project } from '../election.ts'
import { PbRefusal } from './faults.ts'
import { fieldsOf } from './rows.ts'
import { columnOf, type SectionRows } from './sections.ts'

/** A row of PROJECTS: every column by its name, as text. */
export interface PbProject {
  readonly id: string
  readonly columns: Readonly<Record<string, string>>
}

export interface ReadProjects {
  readonly rows: readonly PbProject[]
  readonly projects: readonly Project[]
  readonly budget: number
  readonly unitsPerCurrency: number
  readonly exclusivePairs: readonly (readonly [string, string])[]
  readonly lot: readonly string[] | null
}

/** Columns of our own, which other readers pass over. */
export const OWN_COLUMNS = { smallestUseful: 'smallest_useful', excludes: 'excludes', lot: 'lot' } as const

interface WrittenAmount {
  readonly of: string
  readonly line: number | null
  readonly decimal: Decimal
}

function readAmount(text: string, of: string, line: number | null): WrittenAmount {
  const decimal = readDecimal(text)
  if (decimal === null) throw new PbRefusal({ kind: 'amount-malformed', of, text, line })
  if (decimal.isNegative) throw new PbRefusal({ kind: 'amount-negative', of, line })
  return { of, line, decimal }
}

/** Ids in a list with commas, without the blanks about them. */
export function readIds(text: string): string[] {
  return text === '' ? [] : text.split(',').map((id) => id.trim())
}

interface NumberedProject extends PbProject {
  readonly line: number
}

function readProjectRows(section: SectionRows): NumberedProject[] {
  const idColumn = columnOf(section, 'PROJECTS', 'project_id')
  const seen = new Set<string>()
  return section.rows.map((row) => {
    const { line } = row
    const fields = fieldsOf(row)
    const id = fields[idColumn] ?? ''
    if (id === '') throw new PbRefusal({ kind: 'project-unnamed', line })
    if (seen.has(id)) throw new PbRefusal({ kind: 'project-repeated', project: id, line })
    seen.add(id)
    return { id, line, columns: Object.fromEntries(section.header.map((column, place) => [column, fields[place] ?? ''])) }
  })
}

/** Pairs of the column `excludes`, each once whichever of the two names the other. */
function readPairs(rows: readonly NumberedProject[]): [string, string][] {
  const ids = new Set(rows.map(({ id }) => id))
  const pairs = new Map<string, [string, string]>()
  for (const { id, line, columns } of rows) {
    for (const other of readIds(columns[OWN_COLUMNS.excludes] ?? '')) {
      if (!ids.has(other)) throw new PbRefusal({ kind: 'project-unknown', project: other, line })
      if (other !== id && !pairs.has(`${other};${id}`)) pairs.set(`${id};${other}`, [id, other])
    }
  }
  return [...pairs.values()]
}

/** The order of the column `lot`: 1 is drawn first. Null without the column. */
function readLot({ header, line }: SectionRows, rows: readonly NumberedProject[]): string[] | null {
  if (!header.includes(OWN_COLUMNS.lot)) return null
  const drawn = rows
    .map(({ id, columns }) => ({ id, place: Number(columns[OWN_COLUMNS.lot] || Number.NaN) }))
    .sort((a, b) => a.place - b.place)
  if (drawn.some(({ place }, index) => place !== index + 1)) throw new PbRefusal({ kind: 'lot-malformed', line })
  return drawn.map(({ id }) => id)
}

/**
 * Reads the projects and, with them, the pool: all amounts in the one unit in which none has decimals.
 * @errors PbRefusal
 */
export function readProjects(section: SectionRows, budgetText: string, budgetLine: number): ReadProjects {
  columnOf(section, 'PROJECTS', 'cost')
  const rows = readProjectRows(section)
  const budget = readAmount(budgetText, 'budget', budgetLine)
  const costs = rows.map(({ id, line, columns }) => readAmount(columns.cost ?? '', id, line))
  const smallest = rows.map(({ id, line, columns }) => {
    const text = columns[OWN_COLUMNS.smallestUseful] ?? ''
    return text === '' ? null : readAmount(text, id, line)
  })
  const amounts = [budget, ...costs, ...smallest.filter((amount) => amount !== null)]
  const decimals = Math.max(...amounts.map(({ decimal }) => decimal.decimals))
  const inUnits = ({ decimal, of, line }: WrittenAmount): number => {
    const units = toUnits(decimal, decimals)
    if (units === null) throw new PbRefusal({ kind: 'amount-too-large', of, line })
    return units
  }
  return {
    rows,
    projects: rows.map(({ id }, index) => {
      const least = smallest[index] ?? null
      return { id, cost: inUnits(costs[index] as WrittenAmount), smallestUseful: least === null ? null : inUnits(least) }
    }),
    budget: inUnits(budget),
    unitsPerCurrency: 10 ** decimals,
    exclusivePairs: readPairs(rows),
    lot: readLot(section, rows),
  }
}
