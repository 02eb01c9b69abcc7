import { pictureProblem } from './contract.ts'
import { sharp } from './imageLibrary.ts'
import { MAX_PIXELS, type SentFormat, type Size, sentFormatOf } from './rules.ts'

const libraryFormat: Record<SentFormat, string> = { jpeg: 'jpeg', png: 'png', webp: 'webp', avif: 'heif' }

async function readHeader(bytes: Uint8Array, format: SentFormat): Promise<Size> {
  // The header alone costs nothing, whatever size it claims; decoding is limited below.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata()
  if (header.format !== libraryFormat[format] || (format === 'avif' && header.compression !== 'av1')) throw new Error('not what it claims')
  return { width: header.autoOrient.width, height: header.autoOrient.height }
}

let queue: Promise<unknown> = Promise.resolve()

/** One at a time: a progressive JPEG at the pixel limit takes some hundred megabytes to decode. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = queue.then(work)
  queue = result.catch(() => {})
  return result
}

/** Decodes the whole file to a thumbnail that is thrown away, so that a broken one is refused while its sender is there. */
async function decodeWhole(bytes: Uint8Array): Promise<void> {
  await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    .resize(32, 32, { fit: 'fill' })
    .raw()
    .toBuffer()
}

/**
 * The upright size of a picture that can really be read.
 * @unit pixels
 * @errors Problem `picture-format`, `picture-unreadable`, `picture-too-many-pixels`
 */
export async function inspectPicture(bytes: Uint8Array): Promise<Size> {
  const format = sentFormatOf(bytes)
  if (format === null) throw pictureProblem('picture-format')
  const size = await readHeader(bytes, format).catch((cause) => {
    throw pictureProblem('picture-unreadable', { cause })
  })
  if (size.width * size.height > MAX_PIXELS) throw pictureProblem('picture-too-many-pixels', { extra: { maxPixels: MAX_PIXELS } })
  await inTurn(() => decodeWhole(bytes)).catch((cause) => {
    throw pictureProblem('picture-unreadable', { cause })
  })
  return size
}
