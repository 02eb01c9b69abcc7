import type { Feature, FeatureCollection } from 'geojson'
import type { GeoJSONSourceSpecification } from 'maplibre-gl'
import type { DistrictCollection } from '../../server/districts/contract.ts'
import type { Picture } from '../../server/files/contract.ts'
import type { Category } from '../../server/kernel/categories.ts'
import type { PlaceGeometry, Position } from '../../server/kernel/geometry.ts'
import { backdropData } from './backdropData.ts'
import type { CardFacts, MapProject, MapRoomProps, MapTarget, PinKind } from './mapContract.ts'
import type { GroundPart, SourceId } from './mapLayer.ts'
import { NAME_SPOT_ZOOMS, nameSpots } from './nameSpots.ts'
import { outsideOf } from './outside.ts'
import { districtColours } from './palette.ts'
import { CLUSTER_SLOTS, clusterProperties, pinImageId } from './pinImageIds.ts'

/** Last zoom at which pins gather; above it only what stands on one spot stays together. */
export const CLUSTER_MAX_ZOOM = 18

/** Members of a pin in the `pins` source, as they come back from a query. */
export type PinProperties = {
  pinId: string
  kind: PinKind
  id: number | string
  title: string
  category: Category
  districtId: string | null
  amountDkk: number | null
  year: number | null
  outcome: CardFacts['outcome']
  image: string
  base: string
  slot: number
}

export type Pin = { position: Position; properties: PinProperties }
export type SourceData = Record<SourceId, FeatureCollection>

/** Name of a target in sources and feature states. */
export function targetKey(target: MapTarget): string {
  return `${target.kind}:${target.id}`
}

export function targetOf(properties: Pick<PinProperties, 'kind' | 'id'>): MapTarget {
  return properties.kind === 'idea' ? { kind: 'idea', id: Number(properties.id) } : { kind: properties.kind, id: String(properties.id) }
}

type PinInput = Omit<PinProperties, 'pinId' | 'image' | 'base' | 'slot'> & { position: Position; pictureUrl?: string | null }

function pinOf({ position, pictureUrl, ...facts }: PinInput, districtIds: readonly string[]): Pin {
  const slot = facts.districtId === null ? -1 : districtIds.indexOf(facts.districtId)
  return {
    position,
    properties: {
      ...facts,
      pinId: `${facts.kind}:${facts.id}`,
      image: pinImageId({ ...facts, isWon: facts.outcome === 'won', pictureUrl: pictureUrl ?? null }),
      base: districtColours(facts.districtId).base,
      slot: slot < 0 ? CLUSTER_SLOTS - 1 : Math.min(slot, CLUSTER_SLOTS - 1),
    },
  }
}

function thumbnailUrl(picture: Picture | null | undefined): string | null {
  if (picture?.status !== 'ready') return null
  const offers = picture.variants.filter((variant) => variant.format === 'webp').sort((a, b) => a.width - b.width)
  return offers[0]?.url ?? null
}

/** What waits for the vote has no outcome yet, which is not the same as an unknown one. */
function outcomeOf({ state, outcome }: MapProject): MapProject['outcome'] | null {
  return state === null || outcome !== 'unknown' ? outcome : null
}

/** Everything with a pin, of the kinds that show. */
export function collectPins(
  shown: Pick<MapRoomProps, 'ideas' | 'projects' | 'installations' | 'visibleKinds'>,
  districtIds: readonly string[],
): Pin[] {
  const shows = (kind: PinKind) => shown.visibleKinds.includes(kind)
  const pins: Pin[] = []
  if (shows('idea')) {
    for (const { properties: idea } of shown.ideas?.features ?? []) {
      const { title, category, districtId } = idea
      const facts = {
        kind: 'idea' as const,
        id: idea.ideaId,
        title,
        category,
        districtId,
        amountDkk: idea.wishedAmountDkk,
        year: null,
        outcome: null,
      }
      pins.push(pinOf({ ...facts, position: [idea.lng, idea.lat] }, districtIds))
    }
  }
  if (shows('project')) {
    for (const project of shown.projects ?? []) {
      if (project.labelPoint === null) continue
      const { title, category, districtId, awardedDkk: amountDkk, roundYear: year } = project
      const outcome = outcomeOf(project)
      const facts = { kind: 'project' as const, id: project.projectId, title, category, districtId, outcome, amountDkk, year }
      pins.push(pinOf({ ...facts, position: project.labelPoint }, districtIds))
    }
  }
  if (shows('installation')) {
    for (const installation of shown.installations ?? []) {
      const { title, category, districtId, awardedDkk: amountDkk, openedYear: year } = installation
      const facts = {
        kind: 'installation' as const,
        id: installation.installationId,
        title,
        category,
        districtId,
        outcome: null,
        amountDkk,
        year,
      }
      pins.push(
        pinOf({ ...facts, position: installation.geometry.coordinates, pictureUrl: thumbnailUrl(installation.picture) }, districtIds),
      )
    }
  }
  return pins
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

export function pinFeature({ position, properties }: Pin, more: Record<string, unknown> = {}): Feature {
  return { type: 'Feature', properties: { ...properties, ...more }, geometry: { type: 'Point', coordinates: position } }
}

export function pinCollection(pins: readonly Pin[]): FeatureCollection {
  return collection(pins.map((pin) => pinFeature(pin)))
}

/** Lines and areas of ideas, beside their pins. */
export function shapeCollection(ideas: MapRoomProps['ideas']): FeatureCollection {
  const shapes = (ideas?.features ?? []).filter((feature) => feature.geometry.type !== 'Point')
  return collection(
    shapes.map(({ properties, geometry }) => ({
      type: 'Feature',
      properties: {
        pinId: `idea:${properties.ideaId}`,
        kind: 'idea',
        id: properties.ideaId,
        base: districtColours(properties.districtId).base,
      },
      geometry,
    })),
  )
}

function partOfGround(part: GroundPart, { features }: FeatureCollection): Feature[] {
  return features.map((feature) => ({ ...feature, properties: { ...feature.properties, part } }))
}

const ways = [...partOfGround('road', backdropData.roads), ...partOfGround('rail', backdropData.rail)]

/** What the districts decide of the map: the ground they are a part of, their names, and all that lies outside. */
export function districtCollections(districts: DistrictCollection | undefined): Pick<SourceData, 'ground' | 'district-labels' | 'outside'> {
  if (!districts) return { ground: collection(ways), 'district-labels': empty, outside: empty }
  const properties = ({ properties: { districtId, name } }: DistrictCollection['features'][number]) => ({
    pinId: `district:${districtId}`,
    kind: 'district',
    id: districtId,
    name,
    ...districtColours(districtId),
  })
  const shape = (feature: DistrictCollection['features'][number]): Feature => ({
    type: 'Feature',
    properties: properties(feature),
    geometry: feature.geometry,
  })
  return {
    ground: collection([...ways, ...partOfGround('district', { ...districts, features: districts.features.map(shape) })]),
    'district-labels': collection(
      districts.features.map((feature) => ({
        type: 'Feature',
        properties: { ...properties(feature), ...spotsOf(feature, districts) },
        geometry: { type: 'Point', coordinates: feature.properties.labelPoint },
      })),
    ),
    outside: collection([{ type: 'Feature', properties: {}, geometry: outsideOf(districts.features.map((feature) => feature.geometry)) }]),
  }
}

/** Where the name may stand, by zoom: `spots10`, `spots11` and so on. */
function spotsOf({ properties, geometry }: DistrictCollection['features'][number], { features }: DistrictCollection) {
  const { name, labelPoint, districtId } = properties
  const others = features.filter((other) => other.properties.districtId !== districtId).map((other) => other.geometry)
  return Object.fromEntries(NAME_SPOT_ZOOMS.map((zoom) => [`spots${zoom}`, nameSpots(name, labelPoint, geometry, others, zoom)]))
}

export function highlightCollection(geometry: PlaceGeometry | null): FeatureCollection {
  return geometry ? collection([{ type: 'Feature', properties: {}, geometry }]) : empty
}

/** Data of a map that has been told nothing yet: the backdrop. */
export function startData(): SourceData {
  return {
    ...districtCollections(undefined),
    places: backdropData.places,
    neighbours: backdropData.neighbours,
    shapes: empty,
    pins: empty,
    focus: empty,
    highlight: empty,
    marks: empty,
    results: empty,
  }
}

/** The sources as MapLibre wants them, holding what is shown now. */
export function sourceSpecifications(data: SourceData): Record<SourceId, GeoJSONSourceSpecification> {
  const entries = Object.entries(data).map(([id, features]) => [
    id,
    { type: 'geojson', data: features, ...(settings[id as SourceId] ?? {}) },
  ])
  return Object.fromEntries(entries) as Record<SourceId, GeoJSONSourceSpecification>
}

const named = { promoteId: 'pinId' }
/** A tile of zoom 12 knows places to 0.7 m, and two or three of them fill a screen that looks closer: a few drawings instead of dozens. */
const coarse = { maxzoom: 12 }
const settings: Partial<Record<SourceId, Partial<GeoJSONSourceSpecification>>> = {
  outside: { tolerance: 0, ...coarse },
  ground: { ...named, tolerance: 0.2, ...coarse },
  'district-labels': coarse,
  places: coarse,
  neighbours: coarse,
  // Known to 0.2 m.
  shapes: { ...named, tolerance: 0.2, maxzoom: 14 },
  focus: named,
  pins: {
    ...named,
    cluster: true,
    clusterRadius: 46,
    clusterMaxZoom: CLUSTER_MAX_ZOOM,
    maxzoom: CLUSTER_MAX_ZOOM + 1,
    buffer: 64,
    clusterProperties: clusterProperties() as GeoJSONSourceSpecification['clusterProperties'],
  },
}
