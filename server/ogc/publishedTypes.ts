import type { PublishedCollection } from './catalogue.ts'
import type { TwoTexts } from './contract.ts'
import type { ColumnKind, FeatureKey, ItemsQuestion, Position, PropertyValue } from './rules.ts'

export interface PublishedColumn {
  name: string
  kind: ColumnKind
  description: TwoTexts
}

export interface ViewDescription {
  description: TwoTexts
  columns: PublishedColumn[]
}

/** A collection with what its view holds. */
export interface DescribedCollection {
  readonly collection: PublishedCollection
  readonly view: ViewDescription
}

export interface ItemFilter extends Pick<ItemsQuestion, 'box' | 'time' | 'properties'> {
  /** Columns that are lists and hold this value. */
  holding?: readonly { column: string; value: PropertyValue }[]
}

export type PublishedRow = Record<string, unknown> & { _id: FeatureKey; _geometry: Record<string, unknown> | null }

export interface RowQuestion {
  columns: readonly PublishedColumn[]
  filter: ItemFilter
  position: Position
  limit: number
  crs: ItemsQuestion['crs']
}

/** A row for tables: its place as text and as the point where its pin stands. @crs EPSG:4326 */
export type TableRow = PublishedRow & { wkt: string | null; pin: [number, number] | null }
