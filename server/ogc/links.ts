import type { Language, Link } from './contract.ts'
import type { Format } from './negotiate.ts'
import { textIn } from './texts.ts'

export const MEDIA_TYPES = {
  json: 'application/json',
  html: 'text/html',
  geojson: 'application/geo+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
} as const

/** How somebody asks: which form, which language, and what else stands in the address and must stay there. */
export interface Ask {
  /** Address of the landing page, without a slash at its end. */
  readonly base: string
  readonly format: Format
  readonly language: Language
  /** Parameters as sent, without `f`. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Address of a resource; `f` names its form. */
export function addressOf({ base }: Pick<Ask, 'base'>, path: string, parameters: Record<string, string | number | undefined> = {}): string {
  const set = Object.entries(parameters).filter((pair): pair is [string, string | number] => pair[1] !== undefined)
  const query = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()
  return `${base}${path}${query === '' ? '' : `?${query}`}`
}

type JsonType = 'json' | 'geojson' | 'openapi'

/** A resource as it was asked for, and in its other form. */
export function selfAndAlternate(ask: Ask, path: string, jsonType: JsonType = 'json'): Link[] {
  const one = (format: Format): Link => ({
    href: addressOf(ask, path, { ...ask.parameters, f: format }),
    rel: format === ask.format ? 'self' : 'alternate',
    type: format === 'html' ? MEDIA_TYPES.html : MEDIA_TYPES[jsonType],
    title: textIn(ask.language, format === 'html' ? 'inHtml' : jsonType === 'geojson' ? 'inGeoJson' : 'inJson'),
    hreflang: ask.language,
  })
  return ask.format === 'json' ? [one('json'), one('html')] : [one('html'), one('json')]
}

/** A link to another resource in both forms. */
export function linksTo(ask: Ask, rel: string, path: string, title: string, jsonType: JsonType = 'json'): Link[] {
  const lang = ask.parameters.lang
  return [
    { href: addressOf(ask, path, { lang, f: 'json' }), rel, type: MEDIA_TYPES[jsonType], title },
    { href: addressOf(ask, path, { lang, f: 'html' }), rel, type: MEDIA_TYPES.html, title },
  ]
}

/** The links as a header. Titles stay out of it: they are not ASCII. @source RFC 8288 */
export function linkHeader(links: readonly Link[]): string {
  return links.map(({ href, rel, type }) => `<${href}>; rel="${rel}"; type="${type}"`).join(', ')
}
