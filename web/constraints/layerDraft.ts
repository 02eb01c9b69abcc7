import { type LayerWords, wordsOf } from './layerWords.ts'

/** A change on its way: what it began with, what is written, and why. */
export interface LayerDraft {
  base: LayerWords & { version: number }
  words: LayerWords
  reason: string
}

const keyOf = (layerId: string) => `bm-layer-draft:${layerId}`

export function newDraft(layer: LayerWords & { version: number }): LayerDraft {
  return { base: { ...wordsOf(layer), version: layer.version }, words: wordsOf(layer), reason: '' }
}

/** Keeps the draft in this window, so that signing in again or leaving the page does not lose it. */
export function keepDraft(layerId: string, draft: LayerDraft): void {
  try {
    window.sessionStorage.setItem(keyOf(layerId), JSON.stringify(draft))
  } catch {
    // A browser that refuses storage keeps it as long as the page stands.
  }
}

/** The draft that was kept; null when there is none. */
export function keptDraft(layerId: string): LayerDraft | null {
  try {
    const text = window.sessionStorage.getItem(keyOf(layerId))
    return text === null ? null : (JSON.parse(text) as LayerDraft)
  } catch {
    return null
  }
}

export function dropDraft(layerId: string): void {
  try {
    window.sessionStorage.removeItem(keyOf(layerId))
  } catch {
    // Nothing was kept.
  }
}
