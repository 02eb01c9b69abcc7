import { type Draft, emptyDraft, isEmptyDraft, readDraft } from './draft.ts'

/** What the page tells about the draft itself. */
type DraftNotice = 'restored' | 'newer-elsewhere' | 'gone-elsewhere' | 'was-broken' | null

export interface DraftState {
  draft: Draft
  /** `refused`: the browser keeps nothing for us, the draft lives as long as the page. */
  saved: 'nothing-yet' | 'saved' | 'refused'
  notice: DraftNotice
}

type Change = Partial<Omit<Draft, 'version' | 'savedAtMs'>>

/**
 * The draft of one form, in memory and in the browser's storage. Every change is written at once.
 * Windows with the same form follow each other: the newer text wins and the other window says so.
 */
export class DraftStore {
  readonly storageKey: string
  private readonly storage: Storage | null
  private readonly start: () => Draft
  private readonly listeners = new Set<() => void>()
  private state: DraftState

  constructor(storageKey: string, storage: Storage | null, start: () => Draft = () => emptyDraft(crypto.randomUUID())) {
    this.storageKey = storageKey
    this.storage = storage
    this.start = start
    this.state = this.firstState()
  }

  readonly snapshot = (): DraftState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly change = (change: Change | ((draft: Draft) => Change)): void => {
    this.adoptNewer()
    const before = this.state.draft
    const savedAtMs = Math.max(Date.now(), before.savedAtMs + 1)
    const draft: Draft = { ...before, ...(typeof change === 'function' ? change(before) : change), savedAtMs }
    this.set({ ...this.state, draft, saved: this.write(draft) ? 'saved' : 'refused' })
  }

  /** Forgets the draft here and in every other window. */
  readonly discard = (): void => {
    try {
      this.storage?.removeItem(this.storageKey)
    } catch {
      // Then nothing was kept there either.
    }
    this.set({ draft: this.start(), saved: 'nothing-yet', notice: null })
  }

  readonly dismissNotice = (): void => this.set({ ...this.state, notice: null })

  /** Takes part in what other windows write; the answer undoes it. */
  readonly listen = (): (() => void) => {
    const onStorage = (event: StorageEvent) => {
      if (event.key === this.storageKey || event.key === null) this.followOther()
    }
    const onReturn = () => this.adoptNewer()
    window.addEventListener('storage', onStorage)
    window.addEventListener('pageshow', onReturn)
    return () => {
      window.removeEventListener('storage', onStorage)
      window.removeEventListener('pageshow', onReturn)
    }
  }

  /** Called when another window wrote. */
  readonly followOther = (): void => {
    if (this.readKept() !== null) this.adoptNewer()
    else if (this.state.saved === 'saved' && !isEmptyDraft(this.state.draft)) this.set({ ...this.state, notice: 'gone-elsewhere' })
  }

  private adoptNewer(): void {
    const kept = this.readKept()
    const reading = kept === null ? null : readDraft(kept)
    if (!reading?.ok || reading.draft.savedAtMs <= this.state.draft.savedAtMs) return
    this.set({ draft: reading.draft, saved: 'saved', notice: 'newer-elsewhere' })
  }

  private firstState(): DraftState {
    const kept = this.readKept()
    if (kept === null) return { draft: this.start(), saved: 'nothing-yet', notice: null }
    const reading = readDraft(kept)
    if (!reading.ok) return { draft: this.start(), saved: 'nothing-yet', notice: 'was-broken' }
    return { draft: reading.draft, saved: 'saved', notice: isEmptyDraft(reading.draft) ? null : 'restored' }
  }

  private readKept(): string | null {
    try {
      return this.storage?.getItem(this.storageKey) ?? null
    } catch {
      return null
    }
  }

  private write(draft: Draft): boolean {
    try {
      this.storage?.setItem(this.storageKey, JSON.stringify(draft))
      return this.storage !== null
    } catch {
      return false
    }
  }

  private set(state: DraftState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}

/** The browser's storage, or `null` where it may not be touched. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
