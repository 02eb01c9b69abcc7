import { createReadStream } from 'node:fs'
import { VectorFileError } from './vectorFileError.ts'
import type { VectorFeature } from './vectorFileTypes.ts'

const NEWLINE = 0x0a
const MAX_FEATURE_BYTES = 200 * 1024 * 1024
const BEGIN = '{ "type": "Feature",'

/** Lines of a file; `readline` would also break at U+2028, which JSON leaves as it is. */
async function* readLines(path: string, shownName: string): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let byteCount = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString('utf8')
      parts = []
      byteCount = 0
      start = end + 1
    }
    parts.push(chunk.subarray(start))
    byteCount += chunk.length - start
    if (byteCount > MAX_FEATURE_BYTES)
      throw new VectorFileError(
        'too-large',
        `${shownName} holds a feature of more than ${MAX_FEATURE_BYTES / 1024 / 1024} MB. Simplify its outline.`,
      )
  }
  yield Buffer.concat(parts).toString('utf8')
}

/** Features of a GeoJSON file as GDAL writes it: each on a line of its own. @errors VectorFileError */
export async function* readFeatureLines(path: string, shownName: string): AsyncGenerator<VectorFeature> {
  for await (const line of readLines(path, shownName)) {
    if (!line.startsWith(BEGIN)) continue
    let feature: VectorFeature
    try {
      feature = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line)
    } catch {
      throw new VectorFileError('not-readable', `${shownName} holds a coordinate or a text that cannot be read.`)
    }
    yield feature
  }
}
