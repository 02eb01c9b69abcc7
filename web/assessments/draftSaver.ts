import type { Assessment, AssessmentDraft } from '../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../server/assessments/limits.ts'
import { type Draft, draftOf, sendable } from './draft.ts'

/** Two assessors wrote at once: what the server holds, to choose between. */
export interface SaveConflict {
  current: Assessment
}

export interface SaverState {
  draft: Draft
  version: number
  phase: 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'
  /** When the server last said yes; null before the first time. @unit epoch milliseconds */
  savedAtMs: number | null
  error: unknown
  conflict: SaveConflict | null
}

interface Saving {
  send: (draft: AssessmentDraft) => Promise<Assessment>
  /** The server's version of an `assessment-conflict`; null for every other failure. */
  conflictOf: (error: unknown) => Assessment | null
  now?: () => number
  delayMs?: number
}

const TYPING_PAUSE_MS = 1200

/**
 * Saves a draft by itself a moment after the last change, one request at a time; what is written meanwhile follows.
 * A failure keeps everything here and is tried again with the next change; a conflict waits for a person.
 */
export class DraftSaver {
  private state: SaverState
  private readonly saving: Required<Saving>
  private ideaVersion: number
  private timer: ReturnType<typeof setTimeout> | null = null
  private running: Promise<void> | null = null
  private readonly listeners = new Set<() => void>()

  constructor(assessment: Assessment, ideaVersion: number, saving: Saving) {
    this.saving = { now: Date.now, delayMs: TYPING_PAUSE_MS, ...saving }
    this.ideaVersion = ideaVersion
    this.state = { draft: draftOf(assessment), version: assessment.version, phase: 'saved', savedAtMs: null, error: null, conflict: null }
  }

  readonly snapshot = (): SaverState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly change = (change: (draft: Draft) => Draft): void => {
    const draft = change(this.state.draft)
    const isStuck = this.state.phase === 'conflict'
    this.set({ draft, phase: isStuck ? 'conflict' : this.running ? 'saving' : 'waiting' })
    if (!isStuck) this.wait()
  }

  /** Saves what is not saved now, for example before a step or when the page is left. */
  readonly flush = async (): Promise<boolean> => {
    this.stopWaiting()
    while (this.running) await this.running
    if (this.state.phase === 'waiting' || this.state.phase === 'failed') await this.save()
    return this.state.phase === 'saved'
  }

  /** Saves even what nobody has changed: the first save takes the prefilled answers over. */
  readonly begin = async (): Promise<boolean> => {
    if (this.state.version === 0 && this.state.phase === 'saved') this.set({ phase: 'waiting' })
    return this.flush()
  }

  /** The person chose: their own text goes on top of the other's, or gives way to it. */
  readonly resolve = (choice: 'yours' | 'current'): void => {
    const { conflict } = this.state
    if (!conflict) return
    const { version } = conflict.current
    if (choice === 'current') {
      this.set({ draft: draftOf(conflict.current), version, phase: 'saved', conflict: null, error: null })
      return
    }
    this.set({ version, phase: 'waiting', conflict: null, error: null })
    this.wait(0)
  }

  /** The server's answer to something else moved the version on; nothing unsaved is lost. */
  readonly adopt = (assessment: Assessment, ideaVersion: number): void => {
    this.ideaVersion = ideaVersion
    if (this.state.phase !== 'saved' || this.running) return
    this.set({ draft: draftOf(assessment), version: assessment.version })
  }

  readonly isDirty = (): boolean => this.state.phase !== 'saved'

  private wait(delayMs = this.saving.delayMs): void {
    this.stopWaiting()
    this.timer = setTimeout(() => void this.save(), delayMs)
  }

  private stopWaiting(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private save(): Promise<void> {
    this.stopWaiting()
    if (this.running) return this.running.then(() => (this.state.phase === 'waiting' ? this.save() : undefined))
    const sent = this.state.draft
    this.set({ phase: 'saving' })
    const body = { ...sendable(sent, ASSESSMENT_LIMITS.reasonMin), version: this.state.version, ideaVersion: this.ideaVersion }
    this.running = this.saving
      .send(body)
      .then(
        (assessment) => this.finish(assessment, sent),
        (error: unknown) => this.fail(error),
      )
      .finally(() => {
        this.running = null
      })
    return this.running
  }

  private finish(assessment: Assessment, sent: Draft): void {
    const isUpToDate = this.state.draft === sent
    this.set({ version: assessment.version, phase: isUpToDate ? 'saved' : 'waiting', savedAtMs: this.saving.now(), error: null })
    if (!isUpToDate) this.wait()
  }

  private fail(error: unknown): void {
    const current = this.saving.conflictOf(error)
    this.set(current ? { phase: 'conflict', conflict: { current }, error } : { phase: 'failed', error })
  }

  private set(change: Partial<SaverState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}
