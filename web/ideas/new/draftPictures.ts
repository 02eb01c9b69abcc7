import { createStore, del, get, set, type UseStore } from 'idb-keyval'

// Pictures wait in the browser until the person has signed in. Where the browser keeps nothing, they live as long as the page.
const memory = new Map<string, Blob>()
let opened: UseStore | null = null

function pictureStore(): UseStore {
  opened ??= createStore('borgermillionen', 'draft-pictures')
  return opened
}

/** Keeps the bytes of a chosen picture; `false` when only this page remembers them. */
export async function keepPicture(localId: string, bytes: Blob): Promise<boolean> {
  memory.set(localId, bytes)
  try {
    await set(localId, bytes, pictureStore())
    return true
  } catch {
    return false
  }
}

export async function readPicture(localId: string): Promise<Blob | null> {
  const inMemory = memory.get(localId)
  if (inMemory) return inMemory
  try {
    const kept = await get<Blob>(localId, pictureStore())
    return kept instanceof Blob ? kept : null
  } catch {
    return null
  }
}

export async function forgetPicture(localId: string): Promise<void> {
  memory.delete(localId)
  try {
    await del(localId, pictureStore())
  } catch {
    // Nothing was kept.
  }
}
