import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LoadFailure } from '../loadFailure.ts'
import type { SourceContext } from './featureSource.ts'

/** What a page of features says of itself. */
export interface FeaturePage {
  text: string
  isJson: boolean
  /** All features there are; `null` when the service does not say. */
  matched: number | null
  returned: number
  /** As the service names its features; empty when it does not. */
  ids: string[]
  /** Address of the next page, where the answer names it. */
  next: string | null
  /** Whether coordinates look like degrees; `null` when the page names its coordinate system or has no coordinates. */
  looksLikeDegrees: boolean | null
}

interface JsonPage {
  type?: unknown
  features?: ({ id?: unknown; geometry?: { coordinates?: unknown } | null } | null)[]
  numberMatched?: unknown
  totalFeatures?: unknown
  crs?: unknown
  links?: unknown
}

interface JsonLink {
  rel?: unknown
  href?: unknown
  type?: unknown
}

const cutOff = () => new LoadFailure('service-answer', 'The service broke off in the middle of an answer.')
const countOf = (value: unknown) =>
  Number.isSafeInteger(Number(value)) && String(value) !== '' && value !== null && value !== undefined ? Number(value) : null

function firstPosition(coordinates: unknown): number[] | null {
  let at = coordinates
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[0]
  return Array.isArray(at) && typeof at[0] === 'number' ? (at as number[]) : null
}

function nextOf(links: unknown): string | null {
  if (!Array.isArray(links)) return null
  const known = (links as (JsonLink | null)[]).find(
    (link) => link?.rel === 'next' && (link.type === undefined || /json/i.test(String(link.type))),
  )
  return typeof known?.href === 'string' ? known.href : null
}

/** Features without an id are known by all they say: the same twice on one page may be, on two pages it was sent twice. */
function idsOf(features: NonNullable<JsonPage['features']>): string[] {
  const ids = features.map((feature) =>
    feature?.id === undefined || feature.id === null
      ? `#${createHash('sha256').update(JSON.stringify(feature)).digest('base64url')}`
      : String(feature.id),
  )
  return ids.some((id) => id.startsWith('#')) ? [...new Set(ids)] : ids
}

function readJsonPage(text: string): FeaturePage {
  let page: JsonPage
  try {
    page = JSON.parse(text)
  } catch {
    throw cutOff()
  }
  if (page?.type !== 'FeatureCollection' || !Array.isArray(page.features))
    throw new LoadFailure('service-answer', 'The service answers with something that is not a list of features.')
  const first = page.features.map((feature) => firstPosition(feature?.geometry?.coordinates)).find((position) => position !== null)
  return {
    text,
    isJson: true,
    matched: countOf(page.numberMatched) ?? countOf(page.totalFeatures),
    returned: page.features.length,
    ids: idsOf(page.features),
    next: nextOf(page.links),
    looksLikeDegrees: page.crs || !first ? null : Math.abs(first[0] ?? 0) <= 180 && Math.abs(first[1] ?? 0) <= 90,
  }
}

function readGmlPage(text: string): FeaturePage {
  const root = /<(?:([\w.-]+):)?FeatureCollection\b([^<>]*)>/.exec(text.slice(0, 100_000))
  if (root === null) throw new LoadFailure('service-answer', 'The service answers with something that is not a list of features.')
  const isEmptyElement = root[2]?.endsWith('/')
  if (!isEmptyElement && !/<\/(?:[\w.-]+:)?FeatureCollection\s*>\s*$/.test(text.slice(-500))) throw cutOff()
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(root[2] ?? '')?.[1]
  const members = [...text.matchAll(/<(?:[\w.-]+:)?(?:member|featureMember)\s*>\s*<[\w.-]+(?::[\w.-]+)?\b([^<>]*)>/g)]
  const returned = members.length > 0 ? members.length : (countOf(attribute('numberReturned')) ?? 0)
  return {
    text,
    isJson: false,
    matched: countOf(attribute('numberMatched')),
    returned,
    ids: members.flatMap((member) => /\b(?:gml:)?(?:id|fid)\s*=\s*["']([^"']+)["']/.exec(member[1] ?? '')?.[1] ?? []),
    next: null,
    looksLikeDegrees: null,
  }
}

/** Reads a page of features, GeoJSON or GML. @errors LoadFailure `service-answer` */
export function readPage({ text, contentType }: { text: string; contentType: string }): FeaturePage {
  return /json/i.test(contentType) || /^\s*\{/.test(text.slice(0, 100)) ? readJsonPage(text) : readGmlPage(text)
}

/** Collects pages in a folder and notices when they do not belong together: one twice, one missing, the number changing. */
export class PageCollector {
  readonly files: string[] = []
  returned = 0
  looksLikeDegrees: boolean | null = null
  private readonly ids = new Set<string>()
  private byteCount = 0
  private matched: number | null
  private readonly folder: string
  private readonly maxBytes: number
  private readonly fetched: SourceContext['fetched']

  constructor(folder: string, matched: number | null, maxBytes: number, fetched: SourceContext['fetched']) {
    this.folder = folder
    this.matched = matched
    this.maxBytes = maxBytes
    this.fetched = fetched
  }

  /** @errors LoadFailure `pages-differ`, `too-large` */
  async add(page: FeaturePage): Promise<void> {
    this.matched ??= page.matched
    if (page.matched !== null && page.matched !== this.matched)
      throw new LoadFailure(
        'pages-differ',
        `The service first speaks of ${this.matched} features and then of ${page.matched}: its data changed while it was read, or it is wrong.`,
      )
    for (const id of page.ids) {
      if (this.ids.has(id))
        throw new LoadFailure(
          'pages-differ',
          `The service sends the feature "${id.slice(0, 100)}" on two pages, so another one may be missing.`,
        )
      this.ids.add(id)
    }
    this.byteCount += page.text.length
    if (this.byteCount > this.maxBytes)
      throw new LoadFailure('too-large', `The service sends more than ${Math.round(this.maxBytes / 1024 / 1024)} MB in all.`)
    this.returned += page.returned
    this.looksLikeDegrees ??= page.looksLikeDegrees
    if (page.returned === 0) return
    const file = join(this.folder, `page${this.files.length}.${page.isJson ? 'geojson' : 'gml'}`)
    await writeFile(file, page.text)
    this.files.push(file)
    await this.fetched(this.returned)
  }

  get isComplete(): boolean {
    return this.matched !== null && this.returned >= this.matched
  }

  /** @errors LoadFailure `pages-differ` */
  checkComplete(): void {
    if (this.matched !== null && this.returned !== this.matched)
      throw new LoadFailure('pages-differ', `The service speaks of ${this.matched} features but sends ${this.returned}.`)
  }
}
