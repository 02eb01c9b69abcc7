import { PbRefusal, type PbSection } from './faults.ts'
import { fieldsOf, type PbRow, readRows } from './rows.ts'

/** A section with its header and the rows below it. */
export interface SectionRows {
  readonly header: readonly string[]
  readonly line: number
  readonly rows: readonly PbRow[]
}

const SECTIONS: readonly string[] = ['META', 'PROJECTS', 'VOTES'] satisfies PbSection[]

function titleOf(row: PbRow): PbSection | null {
  if (typeof row.content === 'string' && !/^\s*[MPV]/.test(row.content)) return null
  const [first = '', ...others] = fieldsOf(row)
  return SECTIONS.includes(first) && others.every((field) => field === '') ? (first as PbSection) : null
}

/** Parts a file into its three sections. @errors PbRefusal */
export function readSections(text: string): Record<PbSection, SectionRows> {
  const found = new Map<PbSection, PbRow[]>()
  let open: PbRow[] | null = null
  for (const row of readRows(text)) {
    const title = titleOf(row)
    if (title !== null) {
      if (found.has(title)) throw new PbRefusal({ kind: 'section-repeated', section: title, line: row.line })
      open = []
      found.set(title, open)
    } else if (open === null) throw new PbRefusal({ kind: 'before-sections', text: fieldsOf(row).join(';').slice(0, 40), line: row.line })
    else open.push(row)
  }
  const sectionOf = (section: PbSection): SectionRows => {
    const rows = found.get(section) ?? []
    const header = rows[0]
    if (header === undefined) throw new PbRefusal({ kind: 'section-missing', section, line: null })
    return { header: fieldsOf(header), line: header.line, rows: rows.slice(1) }
  }
  return { META: sectionOf('META'), PROJECTS: sectionOf('PROJECTS'), VOTES: sectionOf('VOTES') }
}

/** Place of a column that must be there once. @errors PbRefusal */
export function columnOf({ header, line }: SectionRows, section: PbSection, column: string): number {
  const place = header.indexOf(column)
  if (place === -1) throw new PbRefusal({ kind: 'column-missing', section, column, line })
  if (header.lastIndexOf(column) !== place) throw new PbRefusal({ kind: 'column-repeated', section, column, line })
  return place
}
