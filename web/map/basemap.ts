import type { StyleSpecification } from 'maplibre-gl'
import type { PublicConfig } from '../../server/opendata/contract.ts'

/** A street map that has not answered by then is left alone. Our own backdrop stands until then too, so a slow network costs nothing. @unit milliseconds */
export const BASEMAP_PATIENCE_MS = 10_000

type Basemap = NonNullable<PublicConfig['basemap']>

/**
 * Fetches the street map's style, or makes it from the head of a PMTiles file.
 * @errors rejects when it does not answer in time, or is nothing that can be drawn
 */
export function loadBasemap(basemap: Basemap, signal: AbortSignal): Promise<StyleSpecification> {
  const url = new URL(basemap.url, window.location.href)
  return basemap.kind === 'style' ? loadStyle(url, impatient(signal)) : loadFile(url, signal)
}

const impatient = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(BASEMAP_PATIENCE_MS)])

/** The reader of PMTiles files comes only where one is configured; the file's time to answer begins when it is there. */
async function loadFile(url: URL, signal: AbortSignal): Promise<StyleSpecification> {
  const { loadArchive } = await import('./archive.ts')
  return Promise.race([loadArchive(url), untilAborted(impatient(signal))])
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function loadStyle(url: URL, signal: AbortSignal): Promise<StyleSpecification> {
  const answer = await fetch(url, { signal })
  if (!answer.ok) throw new Error(`basemap answered ${answer.status}`)
  const style: unknown = await answer.json()
  if (!isStyle(style)) throw new Error('basemap is not a style')
  return withAbsoluteAddresses(style, url)
}

function isStyle(value: unknown): value is StyleSpecification {
  const style = value as Partial<StyleSpecification> | null
  return style?.version === 8 && Array.isArray(style.layers) && typeof style.sources === 'object'
}

/** Relative addresses in a style are meant from the style's own place, not from our page. */
export function withAbsoluteAddresses(style: StyleSpecification, base: URL): StyleSpecification {
  // URL() would escape the braces of {z}/{x}/{y}.
  const absolute = (address: string) => (/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : decodeURI(new URL(address, base).href))
  const sources = Object.entries(style.sources).map(([id, source]) => {
    const changed: Record<string, unknown> = { ...source }
    if (typeof changed.url === 'string') changed.url = absolute(changed.url)
    if (Array.isArray(changed.tiles)) changed.tiles = changed.tiles.map(String).map(absolute)
    if (typeof changed.data === 'string') changed.data = absolute(changed.data)
    return [id, changed]
  })
  return {
    ...style,
    sources: Object.fromEntries(sources) as StyleSpecification['sources'],
    ...(style.glyphs ? { glyphs: absolute(style.glyphs) } : {}),
    ...(style.sprite ? { sprite: absoluteSprite(style.sprite, absolute) } : {}),
  }
}

/** A style has one sprite, or several with a name each. */
function absoluteSprite(sprite: NonNullable<StyleSpecification['sprite']>, absolute: (address: string) => string) {
  return typeof sprite === 'string' ? absolute(sprite) : sprite.map(({ id, url }) => ({ id, url: absolute(url) }))
}
