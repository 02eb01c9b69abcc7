import { basename } from 'node:path'
import { streamVectorFiles } from '../../platform/vectorFile/readVectorFile.ts'
import type { AttributeMapping } from '../catalogueFile.ts'
import type { FeatureSource } from './featureSource.ts'

const READING_MS = 15 * 60_000

export interface FileOptions {
  layer?: string | undefined
  where?: string | undefined
  encoding?: string | undefined
}

/** Features of a file in any format GDAL reads. */
export function fileSource(file: string, options: FileOptions, mapping: AttributeMapping): FeatureSource {
  return {
    kind: 'file',
    description: basename(file),
    mapping,
    read: ({ say }, take) =>
      streamVectorFiles([file], { ...options, timeoutMs: READING_MS }, async ({ features, layer, format, sourceCrs }) => {
        say(`${basename(file)}: ${format}, layer "${layer}", ${sourceCrs}.`)
        await take(features)
        return { layer, format, sourceCrs, isEmpty: false, isKnownEmpty: false }
      }),
  }
}
