import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './archive.ts'

const ADVICE = 'Install the PostgreSQL client programs, at least as new as the server (on Debian the package postgresql-client).'

/** The password goes by environment: arguments can be read by every user of the machine. */
function connectionOf(databaseUrl: string): { url: string; env: Record<string, string> } {
  const url = new URL(databaseUrl)
  const password = decodeURIComponent(url.password)
  url.password = ''
  return { url: url.toString(), env: password === '' ? {} : { PGPASSWORD: password } }
}

/** Writes a consistent dump while the server goes on working. @errors StartError */
export async function dumpServer(databaseUrl: string, file: string): Promise<void> {
  const { url, env } = connectionOf(databaseUrl)
  await runProgram('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`, `--dbname=${url}`], ADVICE, env)
}

/**
 * Replaces the tables of the database by those of a dump, in one transaction. Extensions stay as they are: making them
 * takes rights that the program's own user need not have. @errors StartError
 */
export async function restoreServer(databaseUrl: string, file: string, folder: string): Promise<void> {
  const { url, env } = connectionOf(databaseUrl)
  const contents = await runProgram('pg_restore', ['--list', file], ADVICE)
  const wanted = contents
    .split('\n')
    .filter((line) => !/^\d+; \d+ \d+ (EXTENSION|COMMENT - EXTENSION|SCHEMA - public|COMMENT - SCHEMA public) /.test(line))
  const list = join(folder, 'contents')
  writeFileSync(list, wanted.join('\n'))
  const options = ['--clean', '--if-exists', '--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error']
  await runProgram('pg_restore', [...options, `--use-list=${list}`, `--dbname=${url}`, file], ADVICE, env)
}
