// `npm run db:types`: migrates an empty embedded database and writes its tables as types to schema.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'
import { writeTypes } from './writeTypes.ts'

const folder = mkdtempSync(join(tmpdir(), 'bm-types-'))
const outFile = process.argv[2] ?? resolve(import.meta.dirname, 'schema.ts')
const handle = await openDatabase(readConfig({ LOCAL_DIR: folder }))
try {
  await migrate(handle.db)
  writeTypes(`postgres://postgres@localhost/postgres?host=${encodeURIComponent(handle.embedded?.host ?? '')}`, outFile)
} finally {
  await handle.close()
  rmSync(folder, { recursive: true, force: true })
}
