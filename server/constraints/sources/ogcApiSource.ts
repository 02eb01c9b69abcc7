import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { STORAGE_SRID } from '../../kernel/crs.ts'
import type { LayerService } from '../catalogueFile.ts'
import { LoadFailure } from '../loadFailure.ts'
import { requireName } from './capabilities.ts'
import { type FeaturePage, PageCollector, readPage } from './featurePages.ts'
import { emptyReport, type FeatureSource, type SourceContext, type SourceReport, type TakeFeatures } from './featureSource.ts'
import { readPages } from './readPages.ts'
import { askService, type ServiceLimits, shownAddress } from './serviceRequest.ts'

const STORAGE_URI = `http://www.opengis.net/def/crs/EPSG/0/${STORAGE_SRID}`
const GEOJSON = 'application/geo+json, application/json'

const collectionsSchema = z.object({
  collections: z.array(z.looseObject({ id: z.string(), crs: z.array(z.string()).optional(), storageCrs: z.string().optional() })),
  crs: z.array(z.string()).optional(),
})

interface Collection {
  id: string
  hasStorageSystem: boolean
}

function readCollections(text: string): Collection[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new LoadFailure('service-answer', 'The service broke off in the middle of its list of collections.')
  }
  const parsed = collectionsSchema.safeParse(json)
  if (!parsed.success)
    throw new LoadFailure('service-answer', 'The service does not answer as OGC API Features: it sends no list of collections.')
  const { collections, crs: common = [] } = parsed.data
  return collections.map(({ id, crs = [] }) => ({
    id,
    hasStorageSystem: [...crs, ...(crs.includes('#/crs') ? common : [])].includes(STORAGE_URI),
  }))
}

/** Root of the service, whichever of its pages the address names. */
function rootOf(address: string): URL {
  const url = new URL(address)
  url.pathname = url.pathname.replace(/\/collections(\/.*)?$/, '').replace(/\/+$/, '')
  return url
}

function addressOf(service: LayerService, path: string, parameters: Record<string, string>): string {
  const url = rootOf(service.url)
  // The path of a service at the root of its host is `/` and cannot be made shorter.
  url.pathname = url.pathname.replace(/\/$/, '') + path
  for (const [name, value] of Object.entries({ f: 'json', ...parameters })) url.searchParams.set(name, value)
  return url.toString()
}

interface SystemPage extends FeaturePage {
  contentCrs: string | null
}

const understand = (answer: Parameters<typeof readPage>[0] & { contentCrs: string | null }): SystemPage => ({
  ...readPage(answer),
  contentCrs: answer.contentCrs,
})

/** Follows the links from page to page; one that was there before would lead in a circle. */
async function collectPages(first: string, matchedSystem: boolean, limits: ServiceLimits, pages: PageCollector): Promise<void> {
  const visited = new Set<string>()
  for (let address: string | null = first; address !== null; ) {
    if (visited.has(address)) throw new LoadFailure('pages-differ', 'The service leads in a circle from page to page.')
    if (visited.size >= limits.maxPages) throw new LoadFailure('too-large', `The service sends more than ${limits.maxPages} pages.`)
    visited.add(address)
    const page: SystemPage = await askService(address, GEOJSON, limits, understand)
    if (matchedSystem && page.contentCrs !== null && !page.contentCrs.includes(STORAGE_URI))
      throw new LoadFailure(
        'service-answer',
        `The service answers in another coordinate system (${page.contentCrs}) than it was asked for.`,
      )
    await pages.add(page)
    address = page.next === null ? null : new URL(page.next, address).toString()
  }
  pages.checkComplete()
}

async function isElsewhere(service: LayerService, id: string, limits: ServiceLimits): Promise<boolean> {
  const address = addressOf(service, `/collections/${encodeURIComponent(id)}/items`, { limit: '1' })
  return (await askService(address, GEOJSON, limits, readPage)).returned > 0
}

async function readService(
  service: LayerService,
  limits: ServiceLimits,
  { box, say, fetched }: SourceContext,
  take: TakeFeatures,
): Promise<SourceReport> {
  const shown = shownAddress(service.url)
  const collections = await askService(addressOf(service, '/collections', {}), 'application/json', limits, ({ text }) =>
    readCollections(text),
  )
  const id = requireName(
    service.typeNames,
    collections.map((collection) => collection.id),
    shown,
  )
  const inStorage = collections.find((collection) => collection.id === id)?.hasStorageSystem === true
  const edges = inStorage ? box.kept : box.degrees
  const first = addressOf(service, `/collections/${encodeURIComponent(id)}/items`, {
    limit: String(limits.pageSize),
    ...(inStorage ? { crs: STORAGE_URI } : {}),
    ...(service.useBbox
      ? { bbox: [edges.west, edges.south, edges.east, edges.north].map((edge) => edge.toFixed(inStorage ? 0 : 5)).join(',') }
      : {}),
    ...(service.useBbox && inStorage ? { 'bbox-crs': STORAGE_URI } : {}),
    ...(service.cql === undefined ? {} : { filter: service.cql, 'filter-lang': 'cql2-text' }),
  })
  const folder = mkdtempSync(join(tmpdir(), 'bm-pages-'))
  try {
    const pages = new PageCollector(folder, null, limits.maxTotalBytes, fetched)
    await collectPages(first, inStorage, limits, pages)
    say(`${shown}: "${id}", ${pages.returned} features.`)
    if (pages.returned === 0) {
      const isFiltered = service.useBbox || service.cql !== undefined
      return emptyReport(id, isFiltered && (await isElsewhere(service, id, limits)))
    }
    const assumedCrs = inStorage && pages.looksLikeDegrees === false ? `EPSG:${STORAGE_SRID}` : undefined
    return { ...(await readPages(pages, assumedCrs, take)), layer: id }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Features of an OGC API Features service, read by following its links. */
export function ogcApiSource(service: LayerService, limits: ServiceLimits): FeatureSource {
  return {
    kind: 'ogc-api-features',
    description: shownAddress(service.url),
    mapping: service.attributes,
    read: (context, take) => readService(service, limits, context, take),
  }
}
