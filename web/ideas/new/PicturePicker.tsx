import ImagePlus from 'lucide-react/icons/image-plus'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { PICTURE_MAX_BYTES } from '../../../server/files/limits.ts'
import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { choosePictures, PICTURE_TYPES, type RefusedFile } from './choosePictures.ts'
import type { Draft } from './draft.ts'
import { FieldError, fieldId } from './fields.tsx'
import { PictureCard } from './PictureCard.tsx'
import type { OpenForm } from './sendDraft.ts'
import { altTextField, type FieldIssue } from './steps.ts'

const MEGABYTES = PICTURE_MAX_BYTES / (1024 * 1024)

interface PicturePickerProps {
  draft: Draft
  form: OpenForm
  issueFor: (field: string) => FieldIssue | undefined
}

/** Pictures of the idea: chosen, described, ordered. They wait in the browser until somebody is signed in. */
export function PicturePicker({ draft, form, issueFor }: PicturePickerProps) {
  const { t } = useTranslation('newIdea')
  const { person, csrfToken } = useSession()
  const states = useSyncExternalStore(form.uploads.subscribe, form.uploads.snapshot)
  const [refused, setRefused] = useState<RefusedFile[]>([])
  const [areKept, setAreKept] = useState(true)
  const input = useRef<HTMLInputElement>(null)
  const { pictures } = draft
  const isSignedIn = person !== null
  const issue = issueFor('pictures')

  // Pictures that were described before the sign-in go on their way when somebody comes back.
  useEffect(() => {
    if (isSignedIn) form.uploads.sendWaiting(csrfToken)
  }, [isSignedIn, csrfToken, form])

  async function choose(files: File[]) {
    const chosen = await choosePictures(files, pictures.length)
    form.store.change((now) => ({ pictures: [...now.pictures, ...chosen.pictures].slice(0, IDEA_LIMITS.pictures) }))
    setRefused(chosen.refused)
    setAreKept((before) => before && chosen.areKept)
    const first = chosen.pictures[0]
    if (first) requestAnimationFrame(() => document.getElementById(fieldId(altTextField(first.localId)))?.focus())
  }

  return (
    <fieldset className="bm-field bm-pictures" id={fieldId('pictures')} tabIndex={-1}>
      <legend>
        {t('pictures.legend')} <span className="bm-optional">({t('optional')})</span>
      </legend>
      <p className="bm-field-hint">{t('pictures.hint', { max: IDEA_LIMITS.pictures, megabytes: MEGABYTES })}</p>
      <FieldError field="pictures" issue={issue} />
      <ul>
        {pictures.map((picture, index) => (
          <PictureCard
            key={picture.localId}
            picture={picture}
            number={index + 1}
            count={pictures.length}
            form={form}
            upload={states.get(picture.localId)}
            issue={issueFor(altTextField(picture.localId))}
          />
        ))}
      </ul>
      <div role="alert">
        {refused.map(({ name, reason }) => (
          <p className="bm-field-error" key={`${name} ${reason}`}>
            {t(`pictures.refused.${reason}`, { name, max: IDEA_LIMITS.pictures, megabytes: MEGABYTES })}
          </p>
        ))}
        {areKept ? null : <p className="bm-warning">{t('pictures.onlyPage')}</p>}
      </div>
      <input
        ref={input}
        type="file"
        accept={PICTURE_TYPES.join(',')}
        multiple
        hidden
        onChange={(event) => {
          void choose([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {pictures.length < IDEA_LIMITS.pictures ? (
        <Button onClick={() => input.current?.click()}>
          <ImagePlus size={19} aria-hidden="true" />
          {t('pictures.add')}
        </Button>
      ) : null}
      <p className="bm-soft bm-picture-count">{t('pictures.count', { count: pictures.length, max: IDEA_LIMITS.pictures })}</p>
    </fieldset>
  )
}
