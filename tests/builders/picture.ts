import { sharp } from '../../server/files/imageLibrary.ts'

type Bytes = Uint8Array<ArrayBuffer>
const plain = (buffer: Buffer): Bytes => new Uint8Array(buffer)

/** A photograph as a phone sends it: lying on its side, with the place it was taken. */
export async function phonePhoto(width = 1800, height = 1000): Promise<Bytes> {
  const noise = {
    create: { width, height, channels: 3 as const, background: '#357', noise: { type: 'gaussian' as const, mean: 128, sigma: 25 } },
  }
  const exif = {
    IFD0: { Make: 'Telefon', Copyright: 'Anna Jensen' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 43/1 52/1', GPSLongitudeRef: 'E', GPSLongitude: '12/1 21/1 30/1' },
  }
  return plain(await sharp(noise).blur(3).jpeg().withMetadata({ orientation: 6 }).withExifMerge(exif).toBuffer())
}

/** One colour, small as a file however many pixels it has. */
export async function flatPicture(width: number, height: number, format: 'png' | 'jpeg' | 'webp' | 'avif' | 'gif' = 'png'): Promise<Bytes> {
  return plain(
    await sharp({ create: { width, height, channels: 3, background: '#a33' } })
      .toFormat(format)
      .toBuffer(),
  )
}

/** The multipart form the page sends. */
export function pictureForm(
  bytes: Bytes | string,
  { altText = 'Et billede af Bydammen' as string | null, name = 'foto.jpg', type = 'image/jpeg' } = {},
) {
  const form = new FormData()
  form.append('file', new File([bytes], name, { type }))
  if (altText !== null) form.append('altText', altText)
  return form
}
