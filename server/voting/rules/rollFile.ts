/** Somebody on a roll as its file says it. */
export interface RollLine {
  lineNumber: number
  districtId: string
  rollNumber: string
}

type RollReading = { ok: true; lines: RollLine[] } | { ok: false; failures: string[] }

const FAILURES_TOLD = 20

/** The fields of a line; quotes may stand around one, doubled ones within. */
function fieldsOf(line: string, separator: string): string[] {
  const field = new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g')
  return [...line.matchAll(field)].map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim())
}

function separatorOf(head: string): string {
  return head.split(';').length > head.split(',').length ? ';' : ','
}

/** Reads a roll: a head with the two columns, then one person a line, separated by commas or semicolons. */
export function readRoll(text: string, columns: { district: string; number: string }, districtIds: readonly string[]): RollReading {
  const [head = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const separator = separatorOf(head)
  const names = fieldsOf(head, separator).map((name) => name.toLowerCase())
  const places = [columns.district, columns.number].map((name) => names.indexOf(name.toLowerCase()))
  const [district = -1, number = -1] = places
  if (places.includes(-1))
    return { ok: false, failures: [`The first line must name the columns "${columns.district}" and "${columns.number}".`] }
  const failures: string[] = []
  const lines: RollLine[] = []
  const seen = new Map<string, number>()
  for (const [index, line] of rest.entries()) {
    if (line.trim() === '') continue
    const fields = fieldsOf(line, separator)
    const [lineNumber, districtId, rollNumber] = [index + 2, fields[district] ?? '', fields[number] ?? '']
    const plain = rollNumber.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '')
    const before = seen.get(plain)
    if (plain === '') failures.push(`Line ${lineNumber} has no number.`)
    else if (!districtIds.includes(districtId)) failures.push(`Line ${lineNumber} names the district "${districtId}", which is none.`)
    else if (before !== undefined) failures.push(`Line ${lineNumber} has the number of line ${before}.`)
    seen.set(plain, lineNumber)
    lines.push({ lineNumber, districtId, rollNumber })
  }
  if (failures.length > 0) return { ok: false, failures: failures.slice(0, FAILURES_TOLD) }
  return lines.length === 0 ? { ok: false, failures: ['There is nobody in it.'] } : { ok: true, lines }
}
