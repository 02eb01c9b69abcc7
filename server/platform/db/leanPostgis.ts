import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createGunzip, createGzip } from 'node:zlib'
import type { Extension } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { extract, pack } from 'tar-stream'

// PGlite reads the whole bundle of an extension at every start and compiles each library in it. Two of the three in this
// one are for pictures and topology, and a third of it are scripts that lead from one version to another.
const UNUSED = /\/postgis_(raster|topology|tiger_geocoder)|\/postgis--(unpackaged|.+--)|\/contrib\//

async function writeLean(whole: URL, target: string): Promise<void> {
  const [read, write] = [extract(), pack()]
  const copy = async () => {
    for await (const entry of read) {
      if (UNUSED.test(entry.header.name)) entry.resume()
      else await pipeline(entry, write.entry(entry.header))
    }
    write.finalize()
  }
  await Promise.all([
    pipeline(createReadStream(whole), createGunzip(), read),
    // Stored, not pressed: it is read at every start.
    pipeline(write, createGzip({ level: 0 }), createWriteStream(target)),
    copy().catch((error) => {
      write.destroy(error)
      throw error
    }),
  ])
}

/** The bundle without what is not used, made once per installation; the whole one where nothing may be written beside the packages. */
export async function leanBundle(whole: URL): Promise<URL> {
  // Named by what it was made from and what was left out: another version makes another.
  const made = createHash('sha256')
    .update(`${statSync(whole).size} ${UNUSED.source}`)
    .digest('hex')
    .slice(0, 12)
  const lean = fileURLToPath(new URL(`../../../.cache/borgermillionen/postgis-${made}.tar.gz`, whole))
  if (existsSync(lean)) return pathToFileURL(lean)
  const partial = `${lean}.${randomUUID()}`
  try {
    mkdirSync(dirname(lean), { recursive: true })
    await writeLean(whole, partial)
    // Whoever comes last of those that start at once puts the same in its place.
    renameSync(partial, lean)
    return pathToFileURL(lean)
  } catch {
    if (existsSync(partial)) rmSync(partial)
    return whole
  }
}

/** PostGIS for the embedded database, without raster, topology, geocoder and upgrades. */
export const leanPostgis: Extension = {
  name: postgis.name,
  setup: async (database, options) => {
    const found = await postgis.setup(database, options)
    return { ...found, ...(found.bundlePath && { bundlePath: await leanBundle(found.bundlePath) }) }
  },
}
