import { streamVectorFiles } from '../../platform/vectorFile/readVectorFile.ts'
import type { VectorFeature } from '../../platform/vectorFile/vectorFileTypes.ts'
import { LoadFailure } from '../loadFailure.ts'
import type { PageCollector } from './featurePages.ts'
import type { SourceReport, TakeFeatures } from './featureSource.ts'

const READING_MS = 15 * 60_000

/** Reads collected pages through GDAL and checks that every feature came out again. @errors LoadFailure, VectorFileError */
export async function readPages(pages: PageCollector, assumedCrs: string | undefined, take: TakeFeatures): Promise<SourceReport> {
  const pageCount = pages.files.length
  return streamVectorFiles(pages.files, { assumedCrs, timeoutMs: READING_MS }, async ({ features, ...head }) => {
    let readCount = 0
    async function* counted(): AsyncGenerator<VectorFeature> {
      for await (const feature of features) {
        readCount += 1
        yield feature
      }
    }
    await take(counted())
    if (readCount !== pages.returned)
      throw new LoadFailure('service-answer', `The service sent ${pages.returned} features, but only ${readCount} of them can be read.`)
    return { ...head, isEmpty: false, isKnownEmpty: false, pageCount }
  })
}
