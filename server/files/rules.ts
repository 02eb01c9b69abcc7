import { PICTURE_WIDTHS } from './contract.ts'

export type SentFormat = 'jpeg' | 'png' | 'webp' | 'avif'

const text = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/**
 * The picture format the first bytes prove, or `null`: names and declared types are not believed.
 * @source PNG 5.2, JPEG ITU-T T.81 B.1, RIFF/WebP container, ISO/IEC 14496-12 `ftyp` with the AVIF brands
 */
export function sentFormatOf(bytes: Uint8Array): SentFormat | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp'
  if (text(bytes, 4, 8) === 'ftyp' && ['avif', 'avis'].includes(text(bytes, 8, 12))) return 'avif'
  return null
}

/** At most so many pixels are decoded, whatever the file promises. */
export const MAX_PIXELS = 50_000_000
export const MAX_UNATTACHED = 12
/** A variant is at most so high: taller ones are narrowed instead. @unit pixels */
const MAX_HEIGHT = 4800

export interface Size {
  width: number
  height: number
}

/**
 * Sizes a picture is offered in, growing, never larger than the original: the standard widths it fills, and its own
 * width where that lies between two of them.
 * @unit pixels
 */
export function variantSizes(original: Size): Size[] {
  const shrink = Math.min(1, MAX_HEIGHT / original.height)
  const own = Math.max(1, Math.floor(original.width * shrink))
  const largest = Math.min(own, Math.max(...PICTURE_WIDTHS))
  const widths = [...PICTURE_WIDTHS.filter((width) => width < largest), largest]
  return widths.map((width) => ({
    width,
    height: Math.max(1, Math.min(MAX_HEIGHT, Math.round((original.height * width) / original.width))),
  }))
}

/** Who may see a picture: everybody when its idea is public, its owner while it belongs to no idea. */
export function maySeePicture(
  picture: { personId: string | null; ideaId: number | null; ideaIsPublic: boolean },
  viewerId: string | null,
): boolean {
  if (picture.ideaId !== null) return picture.ideaIsPublic
  return viewerId !== null && picture.personId === viewerId
}
