import { useEffect, useSyncExternalStore } from 'react'
import type { Draft } from './draft.ts'
import { browserStorage, type DraftState, DraftStore } from './draftStore.ts'
import { PictureUploads } from './pictureUploads.ts'
import type { OpenForm } from './sendDraft.ts'

// One per form for as long as the window lives: a draft the browser refuses to keep still survives a look at another page.
const forms = new Map<string, OpenForm>()

export const NEW_IDEA_KEY = 'bm-draft-new'

export function openForm(storageKey: string, start?: () => Draft): OpenForm {
  const known = forms.get(storageKey)
  // Untouched forms start afresh: the idea they began from may have changed.
  if (known && known.store.snapshot().saved !== 'nothing-yet') return known
  const store = new DraftStore(storageKey, browserStorage(), start)
  const form = { store, uploads: new PictureUploads(store) }
  forms.set(storageKey, form)
  return form
}

/** The draft as it is now; follows what other windows write. */
export function useDraftState({ store }: OpenForm): DraftState {
  useEffect(() => store.listen(), [store])
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
