import { LoadFailure } from '../loadFailure.ts'

export interface FeatureType {
  name: string
  /** Coordinate systems it can be asked in. */
  systems: string[]
}

export interface Capabilities {
  types: FeatureType[]
  /** Formats GetFeature can answer in. */
  formats: string[]
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function plainText(xml: string): string {
  return xml
    .replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .trim()
}

/** What stands between the tags of every element with a local name, whatever its prefix. Elements of one name do not nest here. */
function contentsOf(xml: string, name: string): string[] {
  const found: string[] = []
  const open = new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?>`, 'g')
  const close = new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>`, 'g')
  for (let match = open.exec(xml); match !== null; match = open.exec(xml)) {
    close.lastIndex = open.lastIndex
    const end = close.exec(xml)
    if (end === null) break
    found.push(xml.slice(open.lastIndex, end.index))
    open.lastIndex = close.lastIndex
  }
  return found
}

function getFeatureFormats(xml: string): string[] {
  const operation =
    /<(?:[\w.-]+:)?Operation\b[^<>]*\bname\s*=\s*["']GetFeature["'][^<>]*>([\s\S]*?)<\/(?:[\w.-]+:)?Operation\s*>/.exec(xml)?.[1] ?? ''
  const parameter =
    /<(?:[\w.-]+:)?Parameter\b[^<>]*\bname\s*=\s*["']outputFormat["'][^<>]*>([\s\S]*?)<\/(?:[\w.-]+:)?Parameter\s*>/i.exec(
      operation,
    )?.[1] ?? ''
  return contentsOf(parameter, 'Value').map(plainText)
}

// No pattern: one that finds no end would search the rest of a large document again and again.
function withoutComments(xml: string): string {
  const parts: string[] = []
  let at = 0
  for (let start = xml.indexOf('<!--'); start !== -1; start = xml.indexOf('<!--', at)) {
    const end = xml.indexOf('-->', start + 4)
    if (end === -1) break
    parts.push(xml.slice(at, start))
    at = end + 3
  }
  return parts.join('') + xml.slice(at)
}

/** Reads a WFS capabilities document. @errors LoadFailure `service-answer` */
export function readCapabilities(text: string): Capabilities {
  if (!/<(?:[\w.-]+:)?WFS_Capabilities\b/.test(text.slice(0, 20_000)))
    throw new LoadFailure('service-answer', 'The service does not answer as a WFS: it sends no capabilities.')
  if (!/<\/(?:[\w.-]+:)?WFS_Capabilities\s*>\s*$/.test(text.slice(-500)))
    throw new LoadFailure('service-answer', 'The service broke off in the middle of its capabilities.')
  const xml = withoutComments(text)
  const types = contentsOf(xml, 'FeatureType').map((content) => ({
    name: plainText(contentsOf(content, 'Name')[0] ?? ''),
    systems: [...contentsOf(content, 'DefaultCRS'), ...contentsOf(content, 'OtherCRS'), ...contentsOf(content, 'DefaultSRS')].map(
      plainText,
    ),
  }))
  return { types: types.filter(({ name }) => name !== ''), formats: getFeatureFormats(xml) }
}

const bare = (name: string) => name.toLowerCase().replace(/^.*:/, '')
const withoutVersion = (name: string) => name.replace(/_v$/, '')

/**
 * The first of the wanted names a service has. Names moved more than once: capitals, the prefix before the colon and an
 * ending `_v` may differ, but the exact name goes before.
 */
export function pickName(wanted: readonly string[], offered: readonly string[]): string | null {
  const comparisons: ((a: string, b: string) => boolean)[] = [
    (a, b) => a === b,
    (a, b) => a.toLowerCase() === b.toLowerCase(),
    (a, b) => bare(a) === bare(b),
    (a, b) => withoutVersion(bare(a)) === withoutVersion(bare(b)),
  ]
  for (const name of wanted) {
    for (const isSame of comparisons) {
      const found = offered.find((one) => isSame(name, one))
      if (found !== undefined) return found
    }
  }
  return null
}

/** @errors LoadFailure `layer-not-in-service` naming what comes close */
export function requireName(wanted: readonly string[], offered: readonly string[], service: string): string {
  const found = pickName(wanted, offered)
  if (found !== null) return found
  const words = wanted.flatMap((name) => bare(name).split('_')).filter((word) => word.length > 3)
  const close = offered
    .filter((name) =>
      bare(name)
        .split('_')
        .some((word) => word.length > 3 && words.some((wanted) => word.startsWith(wanted) || wanted.startsWith(word))),
    )
    .slice(0, 8)
  throw new LoadFailure(
    'layer-not-in-service',
    `${service} has no layer "${wanted.join('" or "')}". ${close.length > 0 ? `Similar: ${close.join(', ')}.` : `It has ${offered.length} others.`}`,
  )
}
