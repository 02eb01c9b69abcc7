import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgisServer } from './postgis.ts'
import type { Statement } from './statements.ts'

const run = promisify(execFile)

export interface RawLoad {
  /** Runs every statement `passes` times in each of `clients` connections. @unit statements per second */
  readonly measure: (clients: number, passes: number) => Promise<number>
  readonly remove: () => void
}

/** Parameters become pgbench's variables: numbers are set in the script, text on the command line. */
function writeScript(statements: readonly Statement[], file: string): string[] {
  const texts = new Map<string, string>()
  const lines = statements.flatMap(({ sql, parameters }, statement) => {
    const sets: string[] = []
    const nameOf = (parameter: number): string => {
      const value = parameters[parameter]
      if (typeof value === 'number') return `n${statement}_${parameter}`
      const known = texts.get(String(value)) ?? `t${texts.size}`
      texts.set(String(value), known)
      return known
    }
    for (const [parameter, value] of parameters.entries()) {
      if (typeof value === 'number') sets.push(`\\set ${nameOf(parameter)} ${value}`)
    }
    return [...sets, `${sql.replaceAll(/\$(\d+)/g, (_all, number) => `:${nameOf(Number(number) - 1)}`)};`]
  })
  writeFileSync(file, `${lines.join('\n')}\n`)
  return [...texts].flatMap(([value, name]) => ['-D', `${name}=${value}`])
}

/** The statements as the server sends them (unnamed, extended protocol, its connection options), through pgbench alone. */
export function prepareRawLoad({ programs, port }: PostgisServer, database: string, statements: readonly Statement[]): RawLoad {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pgbench-'))
  const script = join(folder, 'script.sql')
  const defines = writeScript(statements, script)
  const measure = async (clients: number, passes: number) => {
    const load = [
      '-n',
      '-M',
      'extended',
      '-f',
      script,
      ...defines,
      '-c',
      String(clients),
      '-j',
      String(Math.min(clients, 2)),
      '-t',
      String(passes),
    ]
    const { stdout } = await run(join(programs, 'pgbench'), [...load, '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', database], {
      env: { ...process.env, PGOPTIONS: '-c jit=off' },
    })
    const rate = /tps = ([\d.]+) \(without/.exec(stdout)?.[1]
    if (rate === undefined || !/failed transactions: 0 /.test(stdout)) throw new Error(`pgbench failed:\n${stdout}`)
    return Number(rate) * statements.length
  }
  return { measure, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
