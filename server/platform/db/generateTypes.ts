// `npm run db:types`: migrates an empty embedded database and writes its tables as types to schema.ts.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'bm-types-'))
const outFile = process.argv[2] ?? resolve(import.meta.dirname, 'schema.ts')
const handle = await openDatabase(readConfig({ LOCAL_DIR: folder }))
try {
  await migrate(handle.db)
  const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(handle.embedded?.host ?? '')}`
  execFileSync(
    'kysely-codegen',
    [
      '--dialect',
      'postgres',
      '--url',
      url,
      '--out-file',
      outFile,
      '--numeric-parser',
      'number',
      '--exclude-pattern',
      '(kysely_*|spatial_ref_sys|geometry_columns|geography_columns)',
      '--date-parser',
      'string',
      '--type-mapping',
      '{"int8":"number","tsvector":"string"}',
    ],
    { stdio: 'inherit' },
  )
} finally {
  await handle.close()
  rmSync(folder, { recursive: true, force: true })
}
