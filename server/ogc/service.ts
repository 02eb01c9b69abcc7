import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { memoFor } from '../platform/memo.ts'
import { chooseCurrentRound, readRounds } from '../rounds/service.ts'
import { layerCollection, PUBLISHED, type PublishedCollection } from './catalogue.ts'
import {
  CONFORMANCE,
  type Collection,
  type CollectionList,
  CRS_URIS,
  type CrsName,
  type Feature,
  type FeatureCollection,
  type Landing,
  type Link,
} from './contract.ts'
import { type Ask, addressOf, linksTo, MEDIA_TYPES, selfAndAlternate } from './links.ts'
import { describeApi } from './openApiDocument.ts'
import type { DescribedCollection, PublishedRow, ViewDescription } from './publishedTypes.ts'
import {
  countRows,
  describeView,
  type Extent,
  selectExtent,
  selectPublishedLayers,
  selectRow,
  selectRows,
  selectVersions,
} from './queries.ts'
import { cutPage, type FeatureKey, kindsOf, readCrs, readItemsQuestion, readValue } from './rules.ts'
import { type TextKey, textIn, textInBoth } from './texts.ts'

const VERSION_AGE_MS = 1_000

export type OgcService = ReturnType<typeof createOgcService>
export type SentParameters = Readonly<Record<string, string[]>>

function refused({ parameter, reason }: { parameter: string; reason: string }) {
  return commonProblem('malformed-request', { detail: `${parameter}: ${reason}`, errors: [{ pointer: parameter, detail: reason }] })
}

/** The catalogue as it is now, remembered where only a migration or a load can change it. */
function createReader({ db }: Pick<Deps, 'db'>) {
  const views = new Map<string, Promise<ViewDescription>>()
  const extents = new Map<string, { version: string | undefined; extent: Promise<Extent> }>()
  const versions = memoFor(VERSION_AGE_MS, () => selectVersions(db))
  const words = { demo: textInBoth('demo'), failed: textInBoth('failed'), source: textInBoth('source') }
  const catalogue = memoFor(VERSION_AGE_MS, async () => {
    const layers = (await selectPublishedLayers(db)).map((layer) => layerCollection(layer, words))
    return new Map([...Object.values<PublishedCollection>(PUBLISHED), ...layers].map((collection) => [collection.id, collection]))
  })
  function describe({ view }: PublishedCollection): Promise<ViewDescription> {
    const known = views.get(view)
    if (known) return known
    const asked = describeView(db, view)
    views.set(view, asked)
    asked.catch(() => views.delete(view))
    return asked
  }
  async function extentOf(collection: PublishedCollection): Promise<Extent> {
    const version = (await versions()).get(collection.versionName)
    const known = extents.get(collection.id)
    if (known && known.version === version) return known.extent
    const extent = selectExtent(db, collection)
    extents.set(collection.id, { version, extent })
    extent.catch(() => extents.delete(collection.id))
    return extent
  }
  return { catalogue, describe, extentOf }
}

const crsList = Object.values(CRS_URIS)

function extentMembers({ box, from, to }: Extent, hasMoment: boolean): Collection['extent'] {
  return {
    ...(box === null ? {} : { spatial: { bbox: [box], crs: CRS_URIS.CRS84 } }),
    ...(hasMoment && from !== null
      ? { temporal: { interval: [[from, to]], trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian' } }
      : {}),
  }
}

/** GeoJSON's own system needs no name; one with latitude first would be misread by who knows only the old member. */
function bodyCrs(crs: CrsName) {
  return crs === 'EPSG:25832' ? { crs: { type: 'name' as const, properties: { name: 'urn:ogc:def:crs:EPSG::25832' } } } : {}
}

function toFeature({ _id, _geometry, ...properties }: PublishedRow): FeatureCollection['features'][number] {
  return { type: 'Feature', id: _id, geometry: _geometry, properties }
}

function landingOf(ask: Ask, { municipality }: { municipality: string }): Landing {
  const t = (key: TextKey) => textIn(ask.language, key, { municipality })
  const { lang } = ask.parameters
  return {
    title: t('title'),
    description: t('description'),
    links: [
      ...selfAndAlternate(ask, ''),
      { href: addressOf(ask, '/api', { lang, f: 'json' }), rel: 'service-desc', type: MEDIA_TYPES.openapi, title: t('openApi') },
      { href: addressOf(ask, '/api', { lang, f: 'html' }), rel: 'service-doc', type: MEDIA_TYPES.html, title: t('api') },
      ...linksTo(ask, 'conformance', '/conformance', t('conformance')),
      ...linksTo(ask, 'data', '/collections', t('collections')),
    ],
  }
}

/** Links of a page of features: itself, its neighbours by the names at its ends, its collection. */
function itemsLinks(ask: Ask, { id, title }: PublishedCollection, cut: ReturnType<typeof cutPage<PublishedRow>>): Link[] {
  const path = `/collections/${encodeURIComponent(id)}`
  const { after: _after, before: _before, ...kept } = ask.parameters
  const turn = (rel: 'next' | 'prev', place: { after?: FeatureKey; before?: FeatureKey }): Link => ({
    href: addressOf(ask, `${path}/items`, { ...kept, ...place, f: ask.format }),
    rel,
    type: ask.format === 'html' ? MEDIA_TYPES.html : MEDIA_TYPES.geojson,
    title: textIn(ask.language, rel),
  })
  return [
    ...selfAndAlternate(ask, `${path}/items`, 'geojson'),
    ...(cut.hasNext ? [turn('next', { after: (cut.page.at(-1) as PublishedRow)._id })] : []),
    ...(cut.hasPrevious ? [turn('prev', { before: (cut.page[0] as PublishedRow)._id })] : []),
    ...linksTo(ask, 'collection', path, title[ask.language]),
  ]
}

/** Everything the routes answer, as data with links; pages are made of the same. */
export function createOgcService(deps: Pick<Deps, 'db' | 'config' | 'clock'>) {
  const reader = createReader(deps)

  async function find(collectionId: string): Promise<DescribedCollection> {
    const collection = (await reader.catalogue()).get(collectionId)
    if (collection === undefined) throw commonProblem('not-found')
    return { collection, view: await reader.describe(collection) }
  }

  async function describe(ask: Ask, { collection, view }: DescribedCollection): Promise<Collection> {
    const { id, title, description, moment } = collection
    const path = `/collections/${encodeURIComponent(id)}`
    const own: Ask = { ...ask, parameters: ask.parameters.lang ? { lang: ask.parameters.lang } : {} }
    return {
      id,
      title: title[ask.language],
      description: (description ?? view.description)[ask.language],
      itemType: 'feature',
      extent: extentMembers(await reader.extentOf(collection), moment !== null),
      crs: crsList,
      storageCrs: CRS_URIS['EPSG:25832'],
      links: [...selfAndAlternate(own, path), ...linksTo(ask, 'items', `${path}/items`, title[ask.language], 'geojson')],
    }
  }

  async function describeAll(): Promise<DescribedCollection[]> {
    return Promise.all([...(await reader.catalogue()).keys()].map(find))
  }

  return {
    readLanding: (ask: Ask) => landingOf(ask, deps.config),
    readConformance: (ask: Ask) => ({ conformsTo: [...CONFORMANCE], links: selfAndAlternate(ask, '/conformance') }),
    async readApi(ask: Ask) {
      return describeApi(ask, deps.config, await describeAll())
    },
    async readCollections(ask: Ask): Promise<CollectionList> {
      const collections = await Promise.all((await describeAll()).map((one) => describe(ask, one)))
      return { links: selfAndAlternate(ask, '/collections'), crs: crsList, collections }
    },
    find,
    describe,
    /** A page of features. @errors Problem `not-found`, `malformed-request` */
    async readItems(ask: Ask, collectionId: string, sent: SentParameters) {
      const described = await find(collectionId)
      const { collection, view } = described
      const reading = readItemsQuestion(sent, collection, kindsOf(view.columns))
      if (!reading.ok) throw refused(reading)
      const { limit, crs, position, ...filter } = reading.value
      const rows = await selectRows(deps.db, collection, { columns: view.columns, filter, position, limit: limit + 1, crs })
      const numberMatched = await countRows(deps.db, collection, filter)
      const cut = cutPage(rows, limit, position)
      const body: FeatureCollection = {
        type: 'FeatureCollection',
        ...bodyCrs(crs),
        numberMatched,
        numberReturned: cut.page.length,
        links: itemsLinks(ask, collection, cut),
        features: cut.page.map(toFeature),
      }
      return { body, crs, described }
    },
    /** One feature. @errors Problem `not-found`, `malformed-request` */
    async readItem(ask: Ask, collectionId: string, featureId: string) {
      const described = await find(collectionId)
      const { collection, view } = described
      const crs = readCrs(ask.parameters.crs, 'crs')
      if (!crs.ok) throw refused(crs)
      const key = readValue(featureId, kindsOf(view.columns).get(collection.idColumn) ?? 'text')
      const row =
        key === null
          ? undefined
          : await selectRow(deps.db, collection, { columns: view.columns, crs: crs.value, featureId: key as FeatureKey })
      if (row === undefined) throw commonProblem('not-found')
      const path = `/collections/${encodeURIComponent(collectionId)}`
      const links = [
        ...selfAndAlternate(ask, `${path}/items/${encodeURIComponent(String(row._id))}`, 'geojson'),
        ...linksTo(ask, 'collection', path, collection.title[ask.language]),
      ]
      const body: Feature = { ...toFeature(row), ...bodyCrs(crs.value), links }
      return { body, crs: crs.value, described }
    },
    /** Address of the GeoPackage of the newest round, as an example; null without rounds. */
    async readExampleExport(): Promise<string | null> {
      const current = chooseCurrentRound(await readRounds(deps))
      return current === null ? null : `${deps.config.baseUrl}/api/rounds/${current.year}/export.gpkg`
    },
  }
}
