import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin, transformWithOxc } from 'vite'

const URL_MODULE = 'virtual:map-worker-url'
// The real path: a linked node_modules folder is told by it everywhere else.
const source = realpathSync(join(import.meta.dirname, '../node_modules/maplibre-gl/src'))

/**
 * Builds maplibre-gl from the sources in its package, page and worker in one go. Its two ready-made files hold the same
 * code twice; built together they share a chunk, which is a quarter less for a phone to load (decision 0006).
 */
export function mapLibrary(): Plugin {
  return {
    name: 'map-library',
    enforce: 'pre',
    resolveId(id) {
      if (id === URL_MODULE) return `\0${URL_MODULE}`
      return this.environment.mode === 'build' && id === 'maplibre-gl' ? join(source, 'index.ts') : null
    },
    // Its classes declare fields that a parent's constructor has set already; as modern fields they would be emptied again.
    transform(code, id) {
      if (!id.startsWith(source) || !id.endsWith('.ts')) return null
      return transformWithOxc(code, id, {
        typescript: { removeClassFieldsWithoutInitializer: true },
        assumptions: { setPublicClassFields: true },
      })
    },
    load(id) {
      if (id !== `\0${URL_MODULE}`) return null
      if (this.environment.mode !== 'build') return "export { default } from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'"
      const worker = this.emitFile({ type: 'chunk', id: join(source, 'source/worker.ts'), name: 'map-worker' })
      return `export default import.meta.ROLLUP_FILE_URL_${worker}`
    },
  }
}
