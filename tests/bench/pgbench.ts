import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgisServer } from './postgis.ts'
import type { Statement } from './statements.ts'

const run = promisify(execFile)
/** So many scripts pgbench takes. */
export const MOST_STATEMENTS = 128

/** How pgbench sends a statement: parsed and planned each time, or prepared once per connection. */
export type RawProtocol = 'extended' | 'prepared'

export interface RawLoad {
  /** Each client takes one of the statements at random after the other. @unit statements per second */
  readonly measure: (clients: number, seconds: number, protocol?: RawProtocol) => Promise<number>
  readonly remove: () => void
}

/** Gives each text a variable that stands on the command line: a script can only set numbers. */
class Texts {
  readonly #names = new Map<string, string>()

  nameOf(text: string): string {
    const name = this.#names.get(text) ?? `text${this.#names.size}`
    this.#names.set(text, name)
    return name
  }

  get options(): string[] {
    return [...this.#names].flatMap(([text, name]) => ['-D', `${name}=${text}`])
  }
}

/** A parameter as text, lists as PostgreSQL writes them. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? `{${value.join(',')}}` : String(value)
}

function scriptOf({ sql, parameters }: Statement, texts: Texts): string {
  const names = parameters.map((value, index) => (typeof value === 'number' ? `number${index}` : texts.nameOf(textOf(value))))
  const sets = parameters.flatMap((value, index) => (typeof value === 'number' ? `\\set ${names[index]} ${value}\n` : []))
  return `${sets.join('')}${sql.replaceAll(/\$(\d+)/g, (_all, number) => `:${names[Number(number) - 1]}`)};\n`
}

/** The statements as the server words them, with its connection options, through pgbench alone. */
export function prepareRawLoad({ programs, port }: PostgisServer, database: string, statements: readonly Statement[]): RawLoad {
  if (statements.length > MOST_STATEMENTS) throw new Error(`pgbench takes ${MOST_STATEMENTS} scripts, not ${statements.length}.`)
  const folder = mkdtempSync(join(tmpdir(), 'bench-pgbench-'))
  const texts = new Texts()
  const scripts = statements.flatMap((statement, index) => {
    const file = join(folder, `${index}.sql`)
    writeFileSync(file, scriptOf(statement, texts))
    return ['-f', file]
  })
  const measure = async (clients: number, seconds: number, protocol: RawProtocol = 'extended') => {
    const load = ['-n', '-M', protocol, ...scripts, ...texts.options, '-c', String(clients), '-j', String(Math.min(clients, 2))]
    const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', database]
    const { stdout } = await run(join(programs, 'pgbench'), [...load, '-T', String(seconds), ...where], {
      env: { ...process.env, PGOPTIONS: '-c jit=off' },
    })
    const rate = /tps = ([\d.]+) \(without/.exec(stdout)?.[1]
    if (rate === undefined || !/failed transactions: 0 /.test(stdout)) throw new Error(`pgbench failed:\n${stdout.slice(0, 2_000)}`)
    return Number(rate)
  }
  return { measure, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
