import { useEffect, useState } from 'react'
import type { DraftPicture } from './draft.ts'
import { readPicture } from './draftPictures.ts'

export type PictureView = { kind: 'loading' } | { kind: 'shown'; url: string } | { kind: 'lost' }

/** Where to show a draft's picture from: the browser's copy, or the server for an idea that stands already. */
export function usePictureUrl({ localId, previewUrl, pictureId }: DraftPicture): PictureView {
  const [view, setView] = useState<PictureView>({ kind: 'loading' })
  useEffect(() => {
    if (previewUrl) return setView({ kind: 'shown', url: previewUrl })
    let url: string | null = null
    let isGone = false
    void readPicture(localId).then((bytes) => {
      if (isGone) return
      if (bytes === null) return setView({ kind: 'lost' })
      url = URL.createObjectURL(bytes)
      setView({ kind: 'shown', url })
    })
    return () => {
      isGone = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [localId, previewUrl])
  return view.kind === 'lost' && pictureId !== null ? { kind: 'loading' } : view
}
