import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { commonProblem } from '../kernel/problem.ts'
import type { Config } from '../platform/config.ts'
import { getUpstream, resolvesPrivately, type UpstreamAnswer, UpstreamFailure } from '../platform/http/upstream.ts'
import type { Log } from '../platform/log.ts'
import { memoFor } from '../platform/memo.ts'
import { type BasemapStyle, basemapProblem, basemapStyleSchema } from './contract.ts'
import { upstreamAddress } from './proxyAddress.ts'
import { type RewrittenStyle, rewriteStyle } from './style.ts'

const STYLE_AGE_MS = 10 * 60_000
/** How soon a provider that failed is asked again. */
const RETRY_AGE_MS = 10_000
const TIMEOUT_MS = 4_000
const STYLE_MAX_BYTES = 2 * 1024 * 1024
const PART_MAX_BYTES = 8 * 1024 * 1024
const PASSED_ON =
  /^(application\/(x-protobuf|protobuf|vnd\.mapbox-(vector-tile|tile)|octet-stream|json|geo\+json)|image\/(png|jpeg|webp|avif))\b/

const decompress = promisify(gunzip)

interface LoadedStyle extends RewrittenStyle {
  readonly allowPrivate: boolean
}

export interface BasemapService {
  /** @errors Problem `basemap-away` */
  readonly readStyle: () => Promise<BasemapStyle>
  /** @errors Problem `not-found`, `basemap-away` */
  readonly readPart: (id: string, tail: string, query: URLSearchParams, headers: Record<string, string>) => Promise<UpstreamAnswer>
}

type ServiceConfig = Pick<Config, 'basemap'>

async function readJson(address: string, allowPrivate: boolean): Promise<unknown> {
  const answer = await getUpstream(address, { maxBytes: STYLE_MAX_BYTES, timeoutMs: TIMEOUT_MS, allowPrivate })
  if (answer.status !== 200) throw new UpstreamFailure(`status ${answer.status}`)
  const isGzipped = answer.headers['content-encoding'] === 'gzip'
  const bytes = isGzipped ? await decompress(answer.bytes, { maxOutputLength: STYLE_MAX_BYTES }) : answer.bytes
  return JSON.parse(new TextDecoder().decode(bytes))
}

/** The style's own address is the operator's word; what it names may lie in the house network only if it does itself. */
async function loadStyle({ basemap }: ServiceConfig): Promise<LoadedStyle> {
  if (basemap.styleUrl === null) throw commonProblem('not-found')
  const styleUrl = basemap.styleUrl.replaceAll('{token}', encodeURIComponent(basemap.token ?? ''))
  const allowPrivate = await resolvesPrivately(new URL(styleUrl).hostname)
  const style = basemapStyleSchema.parse(await readJson(styleUrl, true))
  const readTileJson = async (address: string) => (await readJson(address, allowPrivate)) as Record<string, unknown>
  return { ...(await rewriteStyle(style, { styleUrl, token: basemap.token, readTileJson })), allowPrivate }
}

/** Says what went wrong without an address: those may carry the token. */
function causeOf(error: unknown): string {
  if (error instanceof UpstreamFailure || error instanceof TypeError) {
    return (error as { code?: string }).code === 'ERR_INVALID_URL' ? 'an address cannot be read' : error.message
  }
  return (error as Error).name
}

/** The street map behind, fetched here and passed on, so that neither token nor visitor's address reaches its provider. */
export function createBasemapService(config: ServiceConfig, log: Log): BasemapService {
  let last: LoadedStyle | null = null
  const loadFresh = memoFor(STYLE_AGE_MS, () => loadStyle(config))
  const attempt = memoFor(RETRY_AGE_MS, async () => {
    try {
      last = await loadFresh()
    } catch (error) {
      log.warn({ cause: causeOf(error), keepsOld: last !== null }, 'basemap style')
    }
    return last
  })

  async function load(): Promise<LoadedStyle> {
    if (config.basemap.styleUrl === null) throw commonProblem('not-found')
    const loaded = await attempt()
    if (loaded === null) throw basemapProblem('basemap-away', { retryAfterS: RETRY_AGE_MS / 1000 })
    return loaded
  }

  async function readPart(id: string, tail: string, query: URLSearchParams, headers: Record<string, string>): Promise<UpstreamAnswer> {
    const { addresses, allowPrivate } = await load()
    const proxied = addresses.get(id)
    const address = proxied === undefined ? null : upstreamAddress(proxied, tail, query)
    if (address === null) throw commonProblem('not-found')
    const answer = await getUpstream(address, { maxBytes: PART_MAX_BYTES, timeoutMs: TIMEOUT_MS, allowPrivate, headers }).catch((error) => {
      log.warn({ cause: causeOf(error) }, 'basemap part')
      throw basemapProblem('basemap-away', { retryAfterS: 2 })
    })
    if (answer.status === 404 || answer.status === 410) throw commonProblem('not-found')
    if (answer.status === 204 || answer.status === 304) return answer
    if (answer.status !== 200 || !PASSED_ON.test(answer.headers['content-type'] ?? 'application/octet-stream')) {
      log.warn({ cause: `status ${answer.status}, ${answer.headers['content-type']}` }, 'basemap part')
      throw basemapProblem('basemap-away', { retryAfterS: 2 })
    }
    return answer
  }
  return { readStyle: async () => (await load()).style, readPart }
}
