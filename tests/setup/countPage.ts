import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import type { CountOrder } from '../../web/allocation/countOrder.ts'
import type { CountTimed } from '../web/countPage/timed.ts'

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

/** A page that can do nothing but count in its worker, built as the real page is, on a free port. */
export async function startCountPage(): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bm-count-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: resolve(import.meta.dirname, '../web/countPage'),
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2024' },
  })
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname
    const path = join(folder, asked === '/' ? 'index.html' : asked)
    if (existsSync(path)) response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? '' }).end(readFileSync(path))
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Counts in the page's worker. @errors what the page's promise is rejected with */
export function countInPage(page: Page, order: CountOrder, giveUpAfterMs?: number): Promise<CountTimed> {
  const call = ([given, ms]: [CountOrder, number | undefined]) =>
    (globalThis as unknown as { count: (order: CountOrder, ms?: number) => Promise<CountTimed> }).count(given, ms)
  return page.evaluate(call, [order, giveUpAfterMs] as [CountOrder, number | undefined])
}
