import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { mapLibrary } from './mapLibraryPlugin.ts'
import { noSchemas } from './noSchemas.ts'
import { scriptGroups } from './scriptGroups.ts'

const COMPRESSIBLE = /\.(html|js|css|svg|json|webmanifest)$/
const SMALLEST_BYTES = 1024
const PRELOADED_FONT = /IBMPlexSans-(Regular|SemiBold)-Latin1.*\.woff2$/

/** Writes `.br` and `.gz` beside every text file, so that the server only has to choose. */
function compressAhead(): Plugin {
  return {
    name: 'compress-ahead',
    apply: 'build',
    writeBundle: async ({ dir }) => {
      const folder = dir ?? ''
      const entries = await readdir(folder, { recursive: true })
      for (const name of entries.filter((entry) => COMPRESSIBLE.test(entry))) {
        const path = join(folder, name)
        const bytes = await readFile(path)
        // The page itself gets its data from the server and is compressed there.
        if (bytes.length < SMALLEST_BYTES || name === 'index.html') continue
        const brotli = await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
        await writeFile(`${path}.br`, brotli)
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
      }
    },
  }
}

/** Asks for the two fonts of the first page in the head, before the style sheet is read. */
function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => PRELOADED_FONT.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${name}`, crossorigin: '' },
            injectTo: 'head-prepend' as const,
          })),
    },
  }
}

const serverUrl = process.env.DEV_SERVER_URL ?? 'http://localhost:8080'
const proxied = ['/api', '/auth', '/ogc', '/tiles', '/basemap', '/pictures', '/test-login', '/healthz', '/readyz']

export default defineConfig({
  root: import.meta.dirname,
  plugins: [mapLibrary(), react(), preloadFonts(), noSchemas(), compressAhead()],
  worker: { plugins: () => [noSchemas()] },
  build: {
    outDir: 'dist',
    manifest: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      // Contracts are schemas and types in one file; the page takes words and types, never zod.
      treeshake: { manualPureFunctions: ['z', 'defineProblems'] },
      output: { codeSplitting: { groups: scriptGroups } },
      onLog: (level, log, next) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : next(level, log)),
    },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: serverUrl, changeOrigin: false }])) },
})
