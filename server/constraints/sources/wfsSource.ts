import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STORAGE_SRID } from '../../kernel/crs.ts'
import type { LayerService } from '../catalogueFile.ts'
import { LoadFailure } from '../loadFailure.ts'
import type { Box } from '../loadingGeometry.ts'
import { type Capabilities, type FeatureType, readCapabilities, requireName } from './capabilities.ts'
import { type FeaturePage, PageCollector, readPage } from './featurePages.ts'
import { emptyReport, type FeatureSource, type SourceContext, type SourceReport, type TakeFeatures } from './featureSource.ts'
import { readPages } from './readPages.ts'
import { askService, type ServiceLimits, shownAddress } from './serviceRequest.ts'

const XML = 'application/gml+xml, application/xml, text/xml'
const JSON_FIRST = `application/json, application/geo+json, ${XML}`
const STORAGE_URN = `urn:ogc:def:crs:EPSG::${STORAGE_SRID}`

type Parameters = Record<string, string>

/** The service's address with these parameters; those of its own that say the same in other letters go. */
function addressOf(base: string, parameters: Parameters): string {
  const url = new URL(base)
  const names = new Set(Object.keys(parameters).map((name) => name.toLowerCase()))
  for (const name of [...url.searchParams.keys()])
    if (names.has(name.toLowerCase()) || /^request$/i.test(name)) url.searchParams.delete(name)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.toString()
}

const jsonFormat = (formats: readonly string[]) =>
  formats.find((format) => /^application\/(geo\+)?json$/i.test(format)) ??
  formats.find((format) => /^(geo)?json$|geojson|application\/json/i.test(format)) ??
  null

/** Coordinate system to ask for: ours where it is offered, otherwise the type's own, which GDAL converts. */
function systemFor({ systems }: FeatureType): string | null {
  if (systems.length === 0 || systems.some((system) => new RegExp(`\\b${STORAGE_SRID}$`).test(system))) return STORAGE_URN
  return null
}

/** Servers refuse a box beside a condition: then the condition goes, and the box is kept to here. */
function filterOf({ cql, useBbox }: LayerService, { west, south, east, north }: Box): Parameters {
  if (cql !== undefined) return { cql_filter: cql }
  return useBbox
    ? {
        bbox: [west, south, east, north]
          .map((edge) => edge.toFixed(0))
          .join(',')
          .concat(`,${STORAGE_URN}`),
      }
    : {}
}

interface Question {
  url: string
  common: Parameters
  filter: Parameters
  limits: ServiceLimits
}

async function countHits({ url, common, limits }: Question, filter: Parameters): Promise<number | null> {
  const { outputformat: _format, srsname: _system, ...rest } = common
  return askService(addressOf(url, { ...rest, ...filter, resulttype: 'hits' }), XML, limits, (answer) => readPage(answer).matched)
}

async function readPageAt({ url, common, filter, limits }: Question, startIndex: number): Promise<FeaturePage> {
  const paging = { count: String(limits.pageSize), startindex: String(startIndex) }
  return askService(addressOf(url, { ...common, ...filter, ...paging }), JSON_FIRST, limits, readPage)
}

/** Reads page after page until all are there. A server that gives fewer at once than asked for is followed. */
async function collectPages(question: Question, pages: PageCollector): Promise<void> {
  const { limits } = question
  for (let count = 0; !pages.isComplete; count += 1) {
    if (count >= limits.maxPages) throw new LoadFailure('too-large', `The service sends more than ${limits.maxPages} pages.`)
    const page = await readPageAt(question, pages.returned)
    await pages.add(page)
    if (page.returned === 0) break
  }
  pages.checkComplete()
}

function questionOf(
  service: LayerService,
  { types, formats }: Capabilities,
  box: Box,
  limits: ServiceLimits,
): Question & { typeName: string } {
  const typeName = requireName(
    service.typeNames,
    types.map(({ name }) => name),
    shownAddress(service.url),
  )
  const system = systemFor(types.find(({ name }) => name === typeName) as FeatureType)
  const format = jsonFormat(formats)
  const common = {
    ...{ service: 'WFS', version: '2.0.0', request: 'GetFeature', typenames: typeName },
    ...(system === null ? {} : { srsname: system }),
    ...(format === null ? {} : { outputformat: format }),
  }
  return { url: service.url, common, filter: filterOf(service, box), limits, typeName }
}

async function readService(
  service: LayerService,
  limits: ServiceLimits,
  { box, say, fetched }: SourceContext,
  take: TakeFeatures,
): Promise<SourceReport> {
  const capabilities = await askService(
    addressOf(service.url, { service: 'WFS', request: 'GetCapabilities', acceptversions: '2.0.0,2.0.2' }),
    XML,
    limits,
    ({ text }) => readCapabilities(text),
  )
  const question = questionOf(service, capabilities, box.kept, limits)
  const matched = await countHits(question, question.filter)
  say(`${shownAddress(service.url)}: "${question.typeName}", ${matched ?? 'an unknown number of'} features.`)
  if (matched === 0) {
    const elsewhere = Object.keys(question.filter).length === 0 ? 0 : await countHits(question, {})
    return emptyReport(question.typeName, (elsewhere ?? 0) > 0)
  }
  const folder = mkdtempSync(join(tmpdir(), 'bm-pages-'))
  try {
    const pages = new PageCollector(folder, matched, limits.maxTotalBytes, fetched)
    await collectPages(question, pages)
    if (pages.files.length === 0) return emptyReport(question.typeName, false)
    const assumedCrs = pages.looksLikeDegrees === false && question.common.srsname !== undefined ? `EPSG:${STORAGE_SRID}` : undefined
    return { ...(await readPages(pages, assumedCrs, take)), layer: question.typeName }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Features of a WFS 2.0, read page by page. */
export function wfsSource(service: LayerService, limits: ServiceLimits): FeatureSource {
  return {
    kind: 'wfs',
    description: shownAddress(service.url),
    mapping: service.attributes,
    read: (context, take) => readService(service, limits, context, take),
  }
}
