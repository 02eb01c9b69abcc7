import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import ImageOff from 'lucide-react/icons/image-off'
import Trash from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { ALT_TEXT_MAX, ALT_TEXT_MIN } from '../../../server/files/limits.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useProblemText } from '../../lib/problems/useProblemText.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import type { DraftPicture } from './draft.ts'
import { TextField } from './fields.tsx'
import type { UploadState } from './pictureUploads.ts'
import type { OpenForm } from './sendDraft.ts'
import { altTextField, type FieldIssue } from './steps.ts'
import { usePictureUrl } from './usePictureUrl.ts'

interface PictureCardProps {
  picture: DraftPicture
  number: number
  count: number
  form: OpenForm
  upload: UploadState | undefined
  issue: FieldIssue | undefined
}

export function PictureCard({ picture, number, count, form, upload, issue }: PictureCardProps) {
  const { t } = useTranslation('newIdea')
  const { person, csrfToken } = useSession()
  const view = usePictureUrl(picture)
  const change = (altText: string) =>
    form.store.change((draft) => ({
      pictures: draft.pictures.map((one) => (one.localId === picture.localId ? { ...one, altText: altText.slice(0, ALT_TEXT_MAX) } : one)),
    }))

  return (
    <li className="bm-picture">
      <PictureFrame key={view.kind === 'shown' ? view.url : view.kind} url={view.kind === 'shown' ? view.url : null} />
      <div className="bm-picture-body">
        <TextField
          field={altTextField(picture.localId)}
          label={`${t('pictures.number', { number })}: ${t('pictures.altText')}`}
          hint={number === 1 ? t('pictures.altHint') : undefined}
          value={picture.altText}
          onChange={change}
          issue={issue}
          onBlur={() => person && form.uploads.sendWaiting(csrfToken)}
        />
        {view.kind === 'lost' ? (
          <p className="bm-field-error">{t('pictures.lost')}</p>
        ) : (
          <UploadLine picture={picture} upload={upload} form={form} />
        )}
        <PictureTools picture={picture} number={number} count={count} form={form} />
      </div>
    </li>
  )
}

function PictureFrame({ url }: { url: string | null }) {
  const { t } = useTranslation('newIdea')
  const [cannotShow, setCannotShow] = useState(false)
  if (url === null) return <div className="bm-picture-frame" />
  if (!cannotShow) return <img className="bm-picture-frame" src={url} alt="" onError={() => setCannotShow(true)} />
  return (
    <div className="bm-picture-frame">
      <ImageOff aria-hidden="true" />
      <span>{t('pictures.noPreview')}</span>
    </div>
  )
}

function UploadLine({ picture, upload, form }: { picture: DraftPicture; upload: UploadState | undefined; form: OpenForm }) {
  const { t } = useTranslation('newIdea')
  const { person, csrfToken } = useSession()
  const language = useLanguage()
  if (upload?.phase === 'failed')
    return <UploadFailure upload={upload} onRetry={() => form.uploads.start(picture.localId, csrfToken).catch(() => {})} />
  if (upload?.phase === 'sending') {
    const megabytes = (bytes: number) => formatNumber(bytes / (1024 * 1024), language, 1)
    const { sentBytes, totalBytes } = upload
    return (
      <div className="bm-upload">
        <progress max={totalBytes} value={sentBytes} aria-label={t('pictures.legend')} />
        <p>
          {t('pictures.sending', {
            sent: megabytes(sentBytes),
            total: megabytes(totalBytes),
            percent: formatPercent(sentBytes, totalBytes, language).replace(/\s*%/, ''),
          })}
        </p>
      </div>
    )
  }
  if (picture.pictureId) return <p className="bm-soft">{t('pictures.sent')}</p>
  if (person === null) return <p className="bm-soft">{t('pictures.waits')}</p>
  return <p className="bm-soft">{t(picture.altText.trim().length < ALT_TEXT_MIN ? 'pictures.waitsForText' : 'pictures.queued')}</p>
}

function UploadFailure({ upload, onRetry }: { upload: UploadState & { phase: 'failed' }; onRetry: () => void }) {
  const { t } = useTranslation('newIdea')
  const text = useProblemText(upload.problem)
  return (
    <div role="alert">
      <p className="bm-field-error">
        {text.title} {text.todo}
      </p>
      <Button onClick={onRetry}>{t('pictures.retry')}</Button>
    </div>
  )
}

function PictureTools({ picture, number, count, form }: Pick<PictureCardProps, 'picture' | 'number' | 'count' | 'form'>) {
  const { t } = useTranslation('newIdea')
  function move(by: 1 | -1) {
    form.store.change(({ pictures }) => {
      const order = pictures.filter(({ localId }) => localId !== picture.localId)
      order.splice(number - 1 + by, 0, pictures[number - 1] ?? picture)
      return { pictures: order }
    })
  }
  return (
    <div className="bm-picture-tools">
      {number > 1 ? (
        <Button
          look="plain"
          aria-label={t('pictures.earlier', { number })}
          title={t('pictures.earlier', { number })}
          onClick={() => move(-1)}
        >
          <ArrowUp size={19} aria-hidden="true" />
        </Button>
      ) : null}
      {number < count ? (
        <Button look="plain" aria-label={t('pictures.later', { number })} title={t('pictures.later', { number })} onClick={() => move(1)}>
          <ArrowDown size={19} aria-hidden="true" />
        </Button>
      ) : null}
      <Button look="plain" aria-label={t('pictures.removeLabel', { number })} onClick={() => form.uploads.remove(picture.localId)}>
        <Trash size={18} aria-hidden="true" />
        {t('pictures.remove')}
      </Button>
    </div>
  )
}
