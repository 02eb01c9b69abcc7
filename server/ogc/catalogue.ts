import type { TwoTexts } from './contract.ts'

/** Only views made for publishing stand in the catalogue, so that no route can read anything else. */
export type PublishedView = `published_${string}`

/** Which columns say when: one instant, or the days from one to another (no last day: it goes on). */
export type Moment = { kind: 'instant'; column: string } | { kind: 'days'; from: string; to: string | null }

/** One collection: everything the routes, the description and the exports know of it. */
export interface PublishedCollection {
  readonly id: string
  readonly view: PublishedView
  readonly title: TwoTexts
  /** Null: what the view's comment says. */
  readonly description: TwoTexts | null
  /** Its row in `collection_version`. */
  readonly versionName: string
  /** Column that names a feature, in whose order pages go. */
  readonly idColumn: string
  readonly geometryColumn: string
  /** Lines and areas leave as multi ones: registers mix both, programs want one kind. */
  readonly isMulti: boolean
  readonly moment: Moment | null
  /** Columns that may be asked for by `name=value`. */
  readonly queryables: readonly string[]
  /** The rows of the view that belong to this collection; null means all. */
  readonly only: { readonly column: string; readonly value: string } | null
}

const place = ['district_id', 'category'] as const

const ideas = {
  view: 'published_idea',
  description: null,
  versionName: 'ideas',
  idColumn: 'idea_id',
  geometryColumn: 'geom',
  isMulti: false,
  moment: { kind: 'instant', column: 'created_at' },
} as const

/**
 * What is published whatever the data. A new collection is one entry here and one `published_` view with comments
 * in a migration.
 */
export const PUBLISHED = {
  districts: {
    id: 'districts',
    view: 'published_district',
    title: { da: 'Bydele', en: 'Districts' },
    description: null,
    versionName: 'districts',
    idColumn: 'district_id',
    geometryColumn: 'geom',
    isMulti: false,
    moment: { kind: 'days', from: 'valid_from', to: null },
    queryables: ['district_id', 'name'],
    only: null,
  },
  ideas: {
    ...ideas,
    id: 'ideas',
    title: { da: 'Idéer', en: 'Ideas' },
    queryables: ['round_year', ...place, 'shape', 'is_demo'],
    only: null,
  },
  // QGIS and GDAL take the kind of geometry of a whole layer from its first page: for them there is one of each kind.
  'ideas-points': {
    ...ideas,
    id: 'ideas-points',
    title: { da: 'Idéer: punkter', en: 'Ideas: points' },
    queryables: ['round_year', ...place, 'is_demo'],
    only: { column: 'shape', value: 'point' },
  },
  'ideas-lines': {
    ...ideas,
    id: 'ideas-lines',
    title: { da: 'Idéer: linjer', en: 'Ideas: lines' },
    queryables: ['round_year', ...place, 'is_demo'],
    only: { column: 'shape', value: 'line' },
  },
  'ideas-areas': {
    ...ideas,
    id: 'ideas-areas',
    title: { da: 'Idéer: flader', en: 'Ideas: areas' },
    queryables: ['round_year', ...place, 'is_demo'],
    only: { column: 'shape', value: 'area' },
  },
  projects: {
    id: 'projects',
    view: 'published_project',
    title: { da: 'Projekter', en: 'Projects' },
    description: null,
    versionName: 'projects',
    idColumn: 'project_id',
    geometryColumn: 'geom',
    isMulti: false,
    moment: { kind: 'days', from: 'opened_from', to: 'opened_to' },
    queryables: ['round_year', ...place, 'outcome', 'shortlisted', 'installation_id'],
    only: null,
  },
  assessments: {
    id: 'assessments',
    view: 'published_assessment',
    title: { da: 'Vurderinger', en: 'Assessments' },
    description: null,
    versionName: 'assessments',
    idColumn: 'idea_id',
    geometryColumn: 'geom',
    isMulti: false,
    moment: { kind: 'instant', column: 'decided_at' },
    queryables: ['round_year', ...place, 'outcome', 'is_demo'],
    only: null,
  },
  installations: {
    id: 'installations',
    view: 'published_installation',
    title: { da: 'Anlæg', en: 'Installations' },
    description: null,
    versionName: 'installations',
    idColumn: 'installation_id',
    geometryColumn: 'geom',
    isMulti: false,
    moment: { kind: 'days', from: 'opened_from', to: 'opened_to' },
    queryables: [...place, 'position_accuracy'],
    only: null,
  },
} as const satisfies Record<string, PublishedCollection>

/** A layer of law with data that may be shared, as its view tells of it. */
export interface PublishedLayer {
  layerId: string
  name: TwoTexts
  law: TwoTexts
  rule: TwoTexts
  attribution: string | null
  source: string
  datasetDate: string | null
  isDemo: boolean
  lastLoadFailed: boolean
}

/** A collection of one constraint layer. Example data and failed loads are said in its first words. */
export function layerCollection(layer: PublishedLayer, words: { demo: TwoTexts; failed: TwoTexts; source: TwoTexts }): PublishedCollection {
  const inLanguage = (language: keyof TwoTexts) =>
    [
      layer.isDemo ? words.demo[language] : '',
      layer.lastLoadFailed ? words.failed[language] : '',
      `${layer.law[language]}: ${layer.rule[language]}.`,
      `${words.source[language]} ${[layer.attribution ?? layer.source, layer.datasetDate].filter(Boolean).join(', ')}.`,
    ]
      .filter(Boolean)
      .join(' ')
  const titled = (language: keyof TwoTexts) => layer.name[language] + (layer.isDemo ? ` (${words.demo[language].replace(/\.$/, '')})` : '')
  return {
    id: `constraints-${layer.layerId}`,
    view: 'published_constraint_feature',
    title: { da: titled('da'), en: titled('en') },
    description: { da: inLanguage('da'), en: inLanguage('en') },
    versionName: 'constraints',
    idColumn: 'constraint_feature_id',
    geometryColumn: 'geom',
    isMulti: true,
    moment: null,
    queryables: ['source_id', 'label', 'applies'],
    only: { column: 'layer_id', value: layer.layerId },
  }
}
