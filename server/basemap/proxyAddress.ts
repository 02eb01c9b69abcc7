import { createHash } from 'node:crypto'

/** An address template of the style, split into what stays here and what the browser fills in. */
export interface ProxiedAddress {
  /** Names it in `/basemap/proxy/<id>/…`: the same in every process, and without a secret in it. */
  readonly id: string
  /** Origin and the fixed folders, ending in `/`. */
  readonly base: string
  /** What may follow, with the placeholders as patterns. */
  readonly tail: RegExp
  /** The same for the browser: `{z}/{x}/{y}.pbf`. */
  readonly tailTemplate: string
  /** Parameters only this server knows: keys, tokens, styles. */
  readonly fixedQuery: readonly (readonly [string, string])[]
  /** Parameters with a placeholder, filled in by the browser. */
  readonly openQuery: readonly (readonly [string, string])[]
}

export type AddressUse = 'template' | 'sprite'

const placeholder = /%7B([a-z0-9-]+)%7D/gi
const dangerous = /%2f|%5c|%00|(^|\/)\.\.?(\/|$)/i
const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function patternOf(tail: string, use: AddressUse): RegExp {
  const parts = tail.split(placeholder)
  // split() with a group alternates: fixed text, name of a placeholder, fixed text …
  const pattern = parts.map((part, index) => {
    if (index % 2 === 0) return escapeRegExp(part)
    return part === 'ratio' ? '(?:@[23]x)?' : '[^/]+'
  })
  return new RegExp(`^${pattern.join('')}${use === 'sprite' ? '(?:@[23]x)?\\.(?:json|png)' : ''}$`)
}

const openBraces = (text: string) => text.replace(placeholder, '{$1}')

/** Folders up to the first placeholder stay here; the browser gets the rest, at least the last part of the path. */
function splitPath(pathname: string): [string, string] {
  const segments = pathname.split('/')
  const first = segments.findIndex((segment) => segment.toUpperCase().includes('%7B'))
  const cut = first === -1 ? segments.length - 1 : first
  return [`${segments.slice(0, cut).join('/')}/`, segments.slice(cut).join('/')]
}

/**
 * Splits an address of a style. Relative ones are resolved against the style's own address.
 * @errors TypeError for what is no http(s) address, or has a placeholder in its host
 */
export function proxyAddress(address: string, relativeTo: string, use: AddressUse, token: string | null): ProxiedAddress {
  const filled = address.replaceAll('{token}', encodeURIComponent(token ?? ''))
  const url = new URL(filled.replaceAll('{', '%7B').replaceAll('}', '%7D'), relativeTo)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError('a basemap address must be http or https')
  if (/[{}]|%7b/i.test(url.host)) throw new TypeError('a basemap address has a placeholder in its host')
  const [folders, tail] = splitPath(url.pathname)
  const query = [...url.searchParams]
  const isOpen = ([, value]: readonly [string, string]) => /\{[a-z0-9-]+\}/i.test(value)
  const name = [url.host, openBraces(url.pathname), ...query.flat(), use].join(' ')
  const withoutToken = token === null ? name : name.replaceAll(token, '')
  return {
    id: createHash('sha256').update(withoutToken).digest('base64url').replace(/[-_]/g, '').slice(0, 12),
    base: `${url.origin}${folders}`,
    tail: patternOf(tail, use),
    tailTemplate: openBraces(tail),
    fixedQuery: query.filter((pair) => !isOpen(pair)),
    openQuery: query.filter(isOpen),
  }
}

/** The address as the style shows it to the browser: relative to this server, whatever name it is reached by. */
export function publicAddress(address: ProxiedAddress): string {
  const query = address.openQuery.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&')
  return `/basemap/proxy/${address.id}/${address.tailTemplate}${query === '' ? '' : `?${query}`}`
}

/** Where a browser's request goes; `null` when it does not fit the template. */
export function upstreamAddress(address: ProxiedAddress, tail: string, query: URLSearchParams): string | null {
  if (dangerous.test(tail) || !address.tail.test(tail)) return null
  const url = new URL(address.base + tail)
  for (const [name, value] of address.fixedQuery) url.searchParams.append(name, value)
  for (const [name] of address.openQuery) {
    const value = query.get(name)
    if (value === null) return null
    url.searchParams.append(name, value)
  }
  return url.toString()
}
