import { PICTURE_MAX_BYTES } from '../../../server/files/limits.ts'
import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'
import type { DraftPicture } from './draft.ts'
import { keepPicture } from './draftPictures.ts'

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif']
const PICTURE_NAME = /\.(jpe?g|png|webp|heic|heif)$/i
const HEIC_NAME = /\.(heic|heif)$/i
const JPEG_QUALITY = 0.92

export interface RefusedFile {
  name: string
  reason: 'too-large' | 'format' | 'too-many'
}

export interface ChosenPictures {
  pictures: DraftPicture[]
  refused: RefusedFile[]
  /** False when the browser keeps them only as long as the page lives. */
  areKept: boolean
}

/** What the form can say about a file before it is sent; the server looks at its content. */
export function refusalOf(file: Pick<File, 'name' | 'type' | 'size'>, already: number): RefusedFile['reason'] | null {
  if (!PICTURE_TYPES.includes(file.type) && !PICTURE_NAME.test(file.name)) return 'format'
  if (file.size > PICTURE_MAX_BYTES || file.size === 0) return file.size === 0 ? 'format' : 'too-large'
  return already >= IDEA_LIMITS.pictures ? 'too-many' : null
}

/** HEIC becomes JPEG where the browser can read it (phones that make it can); elsewhere the server answers for it. */
async function readable(file: File): Promise<{ bytes: Blob; name: string }> {
  const isHeic = file.type === 'image/heic' || file.type === 'image/heif' || HEIC_NAME.test(file.name)
  if (!isHeic) return { bytes: file, name: file.name }
  try {
    const bitmap = await createImageBitmap(file)
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    const bytes = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY })
    return bytes.size > PICTURE_MAX_BYTES ? { bytes: file, name: file.name } : { bytes, name: file.name.replace(HEIC_NAME, '.jpg') }
  } catch {
    return { bytes: file, name: file.name }
  }
}

/** Takes chosen files into the draft, one after the other, and keeps their bytes in the browser. */
export async function choosePictures(files: File[], already: number): Promise<ChosenPictures> {
  const chosen: ChosenPictures = { pictures: [], refused: [], areKept: true }
  for (const file of files) {
    const reason = refusalOf(file, already + chosen.pictures.length)
    if (reason !== null) {
      chosen.refused.push({ name: file.name, reason })
      continue
    }
    const { bytes, name } = await readable(file)
    const localId = crypto.randomUUID()
    const isKept = await keepPicture(localId, bytes)
    chosen.areKept &&= isKept
    chosen.pictures.push({ localId, fileName: name, altText: '', pictureId: null, sentAltText: null, previewUrl: null })
  }
  return chosen
}
