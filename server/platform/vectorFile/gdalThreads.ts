import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

// The types of Node do not tell of it.
const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile: (bytes: Uint8Array) => Promise<object> } }

let compiled: Promise<object> | undefined

async function compile(): Promise<object> {
  const folder = dirname(createRequire(import.meta.url).resolve('gdal3.js/node.js'))
  return WebAssembly.compile(await readFile(join(folder, 'dist/package/gdal3WebAssembly.wasm')))
}

/**
 * A thread that starts GDAL. As long as somebody holds a compiled program, V8 gives it to every thread that asks for the
 * same bytes: the first one compiles, and those after it read a file with half of the work.
 */
export function startGdalThread(script: URL, workerData: unknown): Worker {
  compiled ??= compile()
  // Without it a thread compiles for itself.
  compiled.catch(() => {})
  return new Worker(script, { workerData, execArgv: [] })
}
