import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leanBundle } from './leanPostgis.ts'

const WANTED = [
  'lib/postgresql/postgis-3.so',
  'share/postgresql/extension/postgis.control',
  'share/postgresql/extension/postgis--3.6.2.sql',
  'share/proj/proj.db',
]
const UNWANTED = [
  'lib/postgresql/postgis_raster-3.so',
  'lib/postgresql/postgis_topology-3.so',
  'share/postgresql/extension/postgis_tiger_geocoder.control',
  'share/postgresql/extension/postgis--unpackaged.sql',
  'share/postgresql/extension/postgis--ANY--3.6.2.sql',
  'share/postgresql/extension/postgis--3.5.0--ANY.sql',
  'share/postgresql/contrib/postgis-3.6/legacy.sql',
]

async function contentsOf(bundle: URL): Promise<Record<string, string>> {
  const read = extract()
  const reading = pipeline(createReadStream(bundle), createGunzip(), read)
  const contents: Record<string, string> = {}
  for await (const entry of read) contents[entry.header.name] = await text(entry)
  await reading
  return contents
}

describe('leanBundle', () => {
  let root: string
  let whole: URL
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'bm-lean-'))
    const folder = join(root, 'node_modules/@electric-sql/pglite-postgis/dist')
    mkdirSync(folder, { recursive: true })
    whole = pathToFileURL(join(folder, 'postgis.tar.gz'))
    const write = pack()
    for (const name of [...WANTED, ...UNWANTED]) write.entry({ name }, `of ${name}`)
    write.finalize()
    await pipeline(write, createGzip(), createWriteStream(whole))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('holds everything but raster, topology, geocoder and scripts nobody runs, unchanged', async () => {
    const lean = await leanBundle(whole)
    expect(lean.href).not.toBe(whole.href)
    expect(await contentsOf(lean)).toEqual(Object.fromEntries(WANTED.map((name) => [name, `of ${name}`])))
  })

  it('is made once, also when several processes start at once', async () => {
    const all = await Promise.all([leanBundle(whole), leanBundle(whole), leanBundle(whole)])
    expect(new Set(all.map(({ href }) => href)).size).toBe(1)
    const made = statSync(all[0] as URL).mtimeMs
    await leanBundle(whole)
    expect(statSync(all[0] as URL).mtimeMs).toBe(made)
    expect(Object.keys(await contentsOf(all[0] as URL))).toEqual(WANTED)
  })

  it('gives way to the whole bundle where nothing can be written', async () => {
    writeFileSync(join(root, 'node_modules/.cache'), 'in the way')
    expect((await leanBundle(whole)).href).toBe(whole.href)
  })
})
