import { PbRefusal } from './faults.ts'

/** One row: its text, or its fields where some were quoted. Rows are many, so that they are parted when they are needed. */
export interface PbRow {
  /** Line on which it begins, from 1. */
  readonly line: number
  readonly content: string | readonly string[]
}

/** Fields of a row without the blanks around them; a quoted field may hold `;`, `""` and line ends. */
export function fieldsOf({ content }: PbRow): readonly string[] {
  if (typeof content !== 'string') return content
  const fields = content.split(';')
  return /\s/.test(content) ? fields.map((field) => field.trim()) : fields
}

interface Quoted {
  readonly field: string
  /** Where the reading goes on. */
  readonly next: number
}

/** Reads a field that begins with a quote; what follows the closing quote belongs to it, as other readers have it. */
function readQuoted(text: string, begin: number, line: number): Quoted {
  let field = ''
  let at = begin + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw new PbRefusal({ kind: 'quote-left-open', line })
    field += text.slice(at, quote)
    at = quote + 2
    if (text[quote + 1] !== '"') {
      const rest = /[^;\n]*/y
      rest.lastIndex = quote + 1
      const after = rest.exec(text)?.[0] ?? ''
      return { field: field + after, next: quote + 1 + after.length }
    }
    field += '"'
  }
}

const endOf = (text: string, mark: string, from: number) => {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found
}

/** Reads one row field by field; for the few that hold a quote. */
function readSlowly(text: string, begin: number, line: number): { fields: string[]; next: number } {
  const fields: string[] = []
  for (let at = begin; ; at += 1) {
    while (text[at] === ' ' || text[at] === '\t') at += 1
    const end = Math.min(endOf(text, ';', at), endOf(text, '\n', at))
    const { field, next } = text[at] === '"' ? readQuoted(text, at, line) : { field: text.slice(at, end), next: end }
    fields.push(field.trim())
    at = next
    if (text[at] !== ';') return { fields, next: at + 1 }
  }
}

/** Whether a row says anything. */
const isBlank = (content: PbRow['content']) =>
  typeof content === 'string' ? /^[\s;]*$/.test(content) : content.every((field) => field === '')

/** Rows of a file with their lines; blank ones and a byte order mark are passed over. @errors PbRefusal: a quote is never closed */
export function* readRows(text: string): Generator<PbRow> {
  let at = text.startsWith('\ufeff') ? 1 : 0
  for (let line = 1; at < text.length; ) {
    const end = endOf(text, '\n', at)
    const plain = text.slice(at, end)
    const begin = line
    let content: PbRow['content'] = plain
    if (plain.includes('"')) {
      const { fields, next } = readSlowly(text, at, line)
      content = fields
      for (let index = end; index !== -1 && index < next; index = text.indexOf('\n', index + 1)) line += 1
      at = next
    } else {
      line += 1
      at = end + 1
    }
    if (!isBlank(content)) yield { line: begin, content }
  }
}
