import { PICTURE_FORMATS } from './contract.ts'
import { sharp } from './imageLibrary.ts'
import { MAX_PIXELS, type Size, variantSizes } from './rules.ts'

export type PictureFormat = (typeof PICTURE_FORMATS)[number]
export interface Variant extends Size {
  format: PictureFormat
  bytes: Uint8Array
}

// Measured on a 1600 px photograph, one core: AVIF effort 2 takes 0.25 s, effort 4 takes 4.6 s for 6 % less.
const encoding = { avif: { quality: 55, effort: 2 }, webp: { quality: 78, effort: 3 } } as const

interface Pixels {
  data: Buffer
  raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 }
}

/** The picture upright, in sRGB, at its largest variant: bare pixels, so that nothing else of the file can get further. */
async function decode(original: Uint8Array, largest: Size): Promise<Pixels> {
  const { data, info } = await sharp(original, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize(largest.width, largest.height, { fit: 'fill' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, raw: { width: info.width, height: info.height, channels: info.channels as 3 | 4 } }
}

/** Makes every variant of a picture, one after the other. @errors Error when the original cannot be decoded */
export async function* makeVariants(original: Uint8Array, size: Size): AsyncGenerator<Variant> {
  const sizes = variantSizes(size)
  const { data, raw } = await decode(original, sizes.at(-1) as Size)
  for (const { width, height } of sizes) {
    for (const format of PICTURE_FORMATS) {
      const resized = sharp(data, { raw }).resize(width, height, { fit: 'fill' })
      const bytes = await resized.toFormat(format, encoding[format]).toBuffer()
      yield { width, height, format, bytes }
    }
  }
}
