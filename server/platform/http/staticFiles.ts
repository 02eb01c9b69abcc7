import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from 'hono'
import { commonProblem } from '../../kernel/problem.ts'
import { memoFor } from '../memo.ts'
import { publicAccess } from './access.ts'
import type { AppEnv } from './environment.ts'
import { entityTag, isKnown } from './etag.ts'
import { indexFolder, type ServedFile } from './fileIndex.ts'
import { createRouter } from './router.ts'
import { answerFile } from './sendFile.ts'

const INITIAL_DATA_MARK = '<!--initial-data-->'
const PAGE_AGE_MS = 1_000
const YEAR_S = 31_536_000
// Addresses that belong to the server; below them nothing is a page.
const serverAddress = /^\/(api|auth|ogc|tiles|pictures|basemap|healthz|readyz|metrics)(\/|$)/
const notBuilt = 'Siden er ikke bygget endnu. / The page is not built: run "npm run build", or "npm start", which does it.\n'

/** What the page would ask for first, so that its list stands before any further request. */
export type InitialData = () => Promise<unknown>

/** Names under assets/ carry a hash of their content; the others may change with the next build. */
function cacheControlOf(path: string): string {
  return path.startsWith('/assets/') ? `public, max-age=${YEAR_S}, immutable` : 'public, max-age=300'
}

/** JSON that cannot end the element it stands in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** Puts the data where the page's mark is. */
export function withInitialData(html: string, value: unknown): string {
  return html.replace(INITIAL_DATA_MARK, () => `<script type="application/json" id="initial-data">${scriptJson(value)}</script>`)
}

function answerPage(context: Context<AppEnv>, page: { html: string; hash: string }): Response {
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', ETag: entityTag(page.hash) }
  if (isKnown(context.req.header('if-none-match'), page.hash)) return context.newResponse(null, 304, headers)
  return context.newResponse(page.html, 200, headers)
}

/** The page's files; read when first asked for, since the page may be built while the database starts. */
function filesOf(folder: string): () => Promise<Map<string, ServedFile> | null> {
  let files: Promise<Map<string, ServedFile>> | null = null
  return async () => {
    if (files === null) {
      if (!existsSync(join(folder, 'index.html'))) return null
      files = indexFolder(folder)
      files.catch(() => {
        files = null
      })
    }
    return files
  }
}

/**
 * Serves the built page from `folder`. Every address that is not the server's is the page, for who accepts HTML.
 * Mounted last. Without `initialData`'s answer (database away) the page comes without it and says so itself.
 */
export function staticRoutes(folder: string, initialData: InitialData) {
  const files = filesOf(folder)
  const page = memoFor(PAGE_AGE_MS, async () => {
    const index = (await files())?.get('/index.html')
    if (index === undefined) return null
    const value = await initialData().catch(() => null)
    const template = new TextDecoder().decode(index.bytes)
    const html = value === null ? template : withInitialData(template, value)
    return { html, hash: createHash('sha256').update(html).digest('base64url').slice(0, 22) }
  })
  return createRouter().get('/*', async (context) => {
    publicAccess(context, 'the page and its files are for everybody')
    const { path } = context.req
    const known = await files()
    const file = path === '/index.html' ? undefined : known?.get(path)
    if (file !== undefined) return answerFile(context, file, cacheControlOf(path))
    const wantsPage = context.req.header('accept')?.includes('text/html') ?? false
    if (serverAddress.test(path) || path.startsWith('/assets/') || !wantsPage) throw commonProblem('not-found')
    const current = await page()
    return current === null ? context.text(notBuilt, 503, { 'Retry-After': '10' }) : answerPage(context, current)
  })
}
