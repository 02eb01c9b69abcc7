import type { VectorFeature } from '../../platform/vectorFile/vectorFileTypes.ts'
import type { AttributeMapping } from '../catalogueFile.ts'
import type { MunicipalityBox } from '../importStaging.ts'

export type Say = (line: string) => void

export interface SourceContext {
  /** The municipality with the margin that is kept around it. */
  box: MunicipalityBox
  say: Say
  /** Told after each page how many features of this source are here. @errors LoadFailure `taken-over` */
  fetched: (count: number) => Promise<void>
}

/** What is known of a source after it was read, for the data set's report. */
export interface SourceReport {
  layer: string
  format: string
  sourceCrs: string
  isEmpty: boolean
  /** There are features elsewhere, and the service said there are none here. */
  isKnownEmpty: boolean
  pageCount?: number
}

export type TakeFeatures = (features: AsyncIterable<VectorFeature>) => Promise<void>

/** What is known of a service that has no features here. */
export const emptyReport = (layer: string, isKnownEmpty: boolean): SourceReport => ({
  layer,
  format: 'none',
  sourceCrs: 'none',
  isEmpty: true,
  isKnownEmpty,
  pageCount: 0,
})

/** Where features come from: a file or a service. */
export interface FeatureSource {
  readonly kind: 'file' | 'wfs' | 'ogc-api-features'
  /** For people: the file's name or the service's address. */
  readonly description: string
  readonly mapping: AttributeMapping
  /** Gives all features to `take`, one after the other. @errors LoadFailure, VectorFileError */
  read(context: SourceContext, take: TakeFeatures): Promise<SourceReport>
}
