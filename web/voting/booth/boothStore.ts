import type { CodeStanding, Receipt } from '../../../server/voting/contract.ts'
import type { Marks } from './ballot.ts'

/** After so long without a sign of the voter the screen asks, and then clears itself. */
export const IDLE_MS = 15 * 60_000
const STORAGE_KEY = 'bm-booth'

/** A ballot that is being filled in. It never leaves the browser before it is cast. */
export interface BoothDraft {
  roundYear: number
  setupSha256: string
  districtId: string
  roundNumber: number
  /** Whose it is: another person at the same screen must not see it. */
  voter: string
  marks: Marks
  /** Set when it is first sent: the same ballot sent again carries the same key. */
  retryKey: string | null
}

export interface OpenCode {
  roundYear: number
  text: string
  standing: CodeStanding
}

export interface BoothState {
  code: OpenCode | null
  draft: BoothDraft | null
  receipt: (Receipt & { roundYear: number; roundNumber: number }) | null
  /** The voter agreed that the choice may stay in this browser when nobody is at the screen. */
  keepsWhenAway: boolean
}

interface Kept extends BoothState {
  version: 1
  touchedAtMs: number
}

const EMPTY: BoothState = { code: null, draft: null, receipt: null, keepsWhenAway: false }

/** 128 random bits as text; works where the page has no secure context. */
function newRetryKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** What the booth remembers, in memory and in this window's own storage. Nothing of it is sent but by casting. */
export class BoothStore {
  private readonly storage: Storage | null
  private readonly now: () => number
  private readonly listeners = new Set<() => void>()
  private state: BoothState

  constructor(storage: Storage | null, now: () => number = Date.now) {
    this.storage = storage
    this.now = now
    this.state = this.read()
  }

  readonly snapshot = (): BoothState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly openCode = (code: OpenCode): void => this.set({ ...EMPTY, code })

  /** The draft of this voter on this ballot; another's, or one on another set-up, is thrown away. */
  readonly openBallot = (ballot: Omit<BoothDraft, 'marks' | 'retryKey'>): void => {
    const { draft } = this.state
    const isSame = draft && Object.entries(ballot).every(([name, value]) => draft[name as keyof typeof ballot] === value)
    if (!isSame) this.set({ ...this.state, receipt: null, draft: { ...ballot, marks: {}, retryKey: null } })
  }

  /** A changed ballot is another one: it gets its own key. */
  readonly mark = (marks: Marks): void => {
    const { draft } = this.state
    if (draft) this.set({ ...this.state, draft: { ...draft, marks, retryKey: null } })
  }

  /** The key this ballot is sent with, first time and every time after. */
  readonly keyForSending = (): string => {
    const key = this.state.draft?.retryKey ?? newRetryKey()
    if (this.state.draft) this.set({ ...this.state, draft: { ...this.state.draft, retryKey: key } })
    return key
  }

  /** The ballot is in the box: what it says is forgotten here, at once. */
  readonly cast = (receipt: Receipt): void => {
    const { draft } = this.state
    if (draft) this.set({ ...EMPTY, receipt: { ...receipt, roundYear: draft.roundYear, roundNumber: draft.roundNumber } })
  }

  readonly keepWhenAway = (keepsWhenAway: boolean): void => this.set({ ...this.state, keepsWhenAway })

  /** Somebody is here: what is kept stays fresh. */
  readonly touch = (): void => this.write()

  /** Forgets everything, here and in the browser. */
  readonly clear = (): void => {
    try {
      this.storage?.removeItem(STORAGE_KEY)
    } catch {
      // Then nothing was kept there either.
    }
    this.state = EMPTY
    this.tell()
  }

  private read(): BoothState {
    try {
      const kept = JSON.parse(this.storage?.getItem(STORAGE_KEY) ?? 'null') as Kept | null
      if (kept?.version !== 1) return EMPTY
      const isStale = this.now() - kept.touchedAtMs > IDLE_MS
      if (isStale && !kept.keepsWhenAway) {
        this.storage?.removeItem(STORAGE_KEY)
        return EMPTY
      }
      const { code, draft, receipt, keepsWhenAway } = kept
      return { code, draft, receipt, keepsWhenAway }
    } catch {
      return EMPTY
    }
  }

  private set(state: BoothState): void {
    this.state = state
    this.write()
    this.tell()
  }

  private write(): void {
    const isEmpty = this.state.code === null && this.state.draft === null && this.state.receipt === null
    if (isEmpty) return
    try {
      const kept: Kept = { ...this.state, version: 1, touchedAtMs: this.now() }
      this.storage?.setItem(STORAGE_KEY, JSON.stringify(kept))
    } catch {
      // A browser that refuses storage keeps the choice as long as the page.
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

function windowStorage(): Storage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}

let only: BoothStore | null = null

/** The one booth of this window. */
export function boothStore(): BoothStore {
  only ??= new BoothStore(windowStorage())
  return only
}
