import type { Picture } from '../../server/files/contract.ts'
import { useTranslation } from '../lib/i18n.ts'

/** The idea's pictures in their order; those still being made say so. */
export function IdeaPictures({ pictures }: { pictures: readonly Picture[] }) {
  const { t } = useTranslation('idea')
  const shown = pictures.filter(({ status }) => status !== 'failed')
  if (shown.length === 0) return null
  return (
    <ul className="bm-idea-pictures" data-count={shown.length}>
      {shown.map((picture) => (
        <li key={picture.pictureId}>
          {picture.status === 'ready' ? <PictureOf picture={picture} /> : <p className="bm-fine">{t('picturePending')}</p>}
        </li>
      ))}
    </ul>
  )
}

function PictureOf({ picture }: { picture: Picture }) {
  const sources = (format: 'avif' | 'webp') =>
    picture.variants
      .filter((variant) => variant.format === format)
      .map(({ url, width }) => `${url} ${width}w`)
      .join(', ')
  const fallback = picture.variants.find(({ format }) => format === 'webp') ?? picture.variants[0]
  if (!fallback) return null
  return (
    <picture>
      <source type="image/avif" srcSet={sources('avif')} sizes="(min-width: 900px) 372px, 92vw" />
      <source type="image/webp" srcSet={sources('webp')} sizes="(min-width: 900px) 372px, 92vw" />
      <img src={fallback.url} alt={picture.altText} width={picture.width} height={picture.height} loading="lazy" />
    </picture>
  )
}
