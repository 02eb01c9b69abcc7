import type { BasemapStyle } from './contract.ts'
import { type AddressUse, type ProxiedAddress, proxyAddress, publicAddress } from './proxyAddress.ts'

interface StyleSource {
  type: string
  url?: unknown
  tiles?: unknown
  data?: unknown
  [key: string]: unknown
}

/** Reads a TileJSON the style names. */
type ReadTileJson = (address: string) => Promise<Record<string, unknown>>

export interface RewriteOptions {
  /** Where the style came from: what its relative addresses are relative to. */
  readonly styleUrl: string
  readonly token: string | null
  readonly readTileJson: ReadTileJson
}

// What a source takes from its TileJSON; the rest of such a document may name further addresses.
const TILEJSON_MEMBERS = ['minzoom', 'maxzoom', 'bounds', 'scheme', 'attribution', 'encoding'] as const
const IMAGE_SOURCES = new Set(['image', 'video'])

class Rewriter {
  readonly addresses = new Map<string, ProxiedAddress>()
  readonly #options: RewriteOptions

  constructor(options: RewriteOptions) {
    this.#options = options
  }

  address(address: unknown, use: AddressUse = 'template', relativeTo = this.#options.styleUrl): string {
    if (typeof address !== 'string') throw new TypeError('an address in the style is not text')
    const proxied = proxyAddress(address, relativeTo, use, this.#options.token)
    this.addresses.set(proxied.id, proxied)
    return publicAddress(proxied)
  }

  /** The source with its TileJSON written out: the browser would find the provider's own addresses in there. */
  async #withTileJson(source: StyleSource): Promise<StyleSource> {
    if (typeof source.url !== 'string') throw new TypeError('a source has neither tiles nor url')
    const { url, ...rest } = source
    const filled = new URL(url.replaceAll('{token}', encodeURIComponent(this.#options.token ?? '')), this.#options.styleUrl).toString()
    const tileJson = await this.#options.readTileJson(filled)
    if (!Array.isArray(tileJson.tiles)) throw new TypeError('a TileJSON without tiles')
    const taken = Object.fromEntries(TILEJSON_MEMBERS.filter((name) => name in tileJson).map((name) => [name, tileJson[name]]))
    return { ...taken, ...rest, tiles: tileJson.tiles.map((tile) => this.address(tile, 'template', filled)) }
  }

  async source(source: StyleSource): Promise<StyleSource> {
    if (source.type === 'geojson') return typeof source.data === 'string' ? { ...source, data: this.address(source.data) } : source
    if (IMAGE_SOURCES.has(source.type)) return { ...source, url: this.address(source.url) }
    if (Array.isArray(source.tiles)) {
      const { url: _url, ...rest } = source
      return { ...rest, tiles: source.tiles.map((tile) => this.address(tile)) }
    }
    return this.#withTileJson(source)
  }

  sprite(sprite: unknown): unknown {
    if (!Array.isArray(sprite)) return this.address(sprite, 'sprite')
    return sprite.map(({ id, url }: { id: unknown; url: unknown }) => ({ id, url: this.address(url, 'sprite') }))
  }
}

export interface RewrittenStyle {
  readonly style: BasemapStyle
  /** By id: the only places the proxy goes to. */
  readonly addresses: ReadonlyMap<string, ProxiedAddress>
}

/**
 * Turns every address of a style into one of this server.
 * @errors TypeError when the style cannot be passed on, or its token would stay in it
 */
export async function rewriteStyle(original: BasemapStyle, options: RewriteOptions): Promise<RewrittenStyle> {
  const rewriter = new Rewriter(options)
  const { metadata: _metadata, sprite, glyphs, sources, ...rest } = original
  const rewritten = await Promise.all(Object.entries(sources).map(async ([name, source]) => [name, await rewriter.source(source)] as const))
  const style = {
    ...rest,
    ...(sprite === undefined ? {} : { sprite: rewriter.sprite(sprite) }),
    ...(glyphs === undefined ? {} : { glyphs: rewriter.address(glyphs) }),
    sources: Object.fromEntries(rewritten),
  } as BasemapStyle
  const { token } = options
  const text = JSON.stringify(style)
  if (token && (text.includes(token) || text.includes(encodeURIComponent(token)))) throw new TypeError('the token would reach the browser')
  return { style, addresses: rewriter.addresses }
}
