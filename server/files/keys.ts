import type { Storage } from '../platform/storage/storage.ts'
import type { PictureFormat } from './variants.ts'

export const INCOMING = 'incoming/'
export const PICTURES = 'pictures/'

/** Where the file a person sent waits for its variants; it is never served. */
export const originalKey = (pictureId: string) => `${INCOMING}${pictureId}`

export const variantKey = (pictureId: string, width: number, format: PictureFormat) => `${PICTURES}${pictureId}/${width}.${format}`

export const variantUrl = (pictureId: string, width: number, format: PictureFormat) => `/pictures/${pictureId}/${width}.${format}`

/** The picture a stored file belongs to: the name after the first folder. */
export const pictureIdOf = (key: string) => key.split('/')[1] ?? ''

/** Removes every file of a picture. */
export async function removeFiles(storage: Storage, pictureId: string): Promise<void> {
  await storage.remove(originalKey(pictureId))
  for (const { key } of await storage.list(`${PICTURES}${pictureId}/`)) await storage.remove(key)
}
