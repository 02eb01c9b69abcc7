import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin, transformWithOxc } from 'vite'
import { CUTS } from './mapLibraryCuts.ts'

const URL_MODULE = 'virtual:map-worker-url'
const BINDING = /\/@vis\.gl\/react-maplibre\//
// The real path: a linked node_modules folder is told by it everywhere else.
const folder = realpathSync(join(import.meta.dirname, '../node_modules/maplibre-gl'))
const source = join(folder, 'src')
const usedParts = join(import.meta.dirname, 'map/mapLibrary.ts')

const replaced = new Map([
  ...Object.entries(CUTS).map(([path, code]) => [join(folder, path), code] as const),
  // It only tells its version.
  [
    join(folder, 'package.json'),
    `export default ${JSON.stringify({ version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version })}`,
  ],
])
for (const path of replaced.keys()) if (!existsSync(path)) throw new Error(`maplibre-gl has no ${path} any more: look at mapLibraryCuts.ts`)

/**
 * Builds maplibre-gl from the sources in its package, page and worker in one go. Its two ready-made files hold the same
 * code twice; built together they share a chunk, which is a quarter less for a phone to load (decision 0006).
 */
export function mapLibrary(): Plugin {
  return {
    name: 'map-library',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === URL_MODULE) return `\0${URL_MODULE}`
      if (this.environment.mode !== 'build' || id !== 'maplibre-gl') return null
      // The binding would load the whole library where none is given to it; it always is.
      return importer !== undefined && BINDING.test(importer) ? usedParts : join(source, 'index.ts')
    },
    // Its classes declare fields that a parent's constructor has set already; as modern fields they would be emptied again.
    async transform(code, id) {
      if (!id.startsWith(source) || !id.endsWith('.ts')) return null
      const { code: script, map } = await transformWithOxc(code, id, {
        typescript: { removeClassFieldsWithoutInitializer: true },
        assumptions: { setPublicClassFields: true },
      })
      // Other modules register what they hold for the worker; a control only exports itself, and may go where nobody uses it.
      return id.startsWith(join(source, 'ui/')) ? { code: script, map, moduleSideEffects: false } : { code: script, map }
    },
    load(id) {
      const instead = replaced.get(id)
      if (instead !== undefined && this.environment.mode === 'build') return { code: instead, moduleType: 'js' }
      if (id !== `\0${URL_MODULE}`) return null
      if (this.environment.mode !== 'build') return "export { default } from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'"
      const worker = this.emitFile({ type: 'chunk', id: join(source, 'source/worker.ts'), name: 'map-worker' })
      return `export default import.meta.ROLLUP_FILE_URL_${worker}`
    },
  }
}
