import { ALT_TEXT_MIN } from '../../../server/files/limits.ts'
import { ApiProblem } from '../../lib/api.ts'
import type { Draft, DraftPicture } from './draft.ts'
import { forgetPicture, readPicture } from './draftPictures.ts'
import type { DraftStore } from './draftStore.ts'
import { changeAltText } from './newIdea.api.ts'
import { uploadPicture } from './uploadPicture.ts'

export type UploadState = { phase: 'sending'; sentBytes: number; totalBytes: number } | { phase: 'failed'; problem: ApiProblem }

type Uploads = ReadonlyMap<string, UploadState>

/** Sends the pictures of one draft, one at a time, and remembers how far each has come. */
export class PictureUploads {
  private readonly store: DraftStore
  private readonly listeners = new Set<() => void>()
  private readonly running = new Map<string, { stop: AbortController; done: Promise<void> }>()
  private queue: Promise<void> = Promise.resolve()
  private states: Uploads = new Map()

  constructor(store: DraftStore) {
    this.store = store
  }

  readonly snapshot = (): Uploads => this.states

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Sends what waits and has its words; failures stay with their picture. */
  readonly sendWaiting = (csrfToken: string | null): void => {
    for (const picture of this.store.snapshot().draft.pictures) {
      const hasFailed = this.states.get(picture.localId)?.phase === 'failed'
      if (needsSending(picture) && !hasFailed) this.start(picture.localId, csrfToken).catch(() => {})
    }
  }

  /** Sends everything the idea needs; earlier failures are tried again. @errors ApiProblem of the first picture that fails */
  readonly sendAll = async (csrfToken: string | null): Promise<void> => {
    for (const { localId } of this.store.snapshot().draft.pictures) {
      const picture = this.find(localId)
      if (picture && picture.pictureId === null) await this.start(localId, csrfToken)
      const sent = this.find(localId)
      if (sent?.pictureId && sent.altText.trim() !== sent.sentAltText) await this.sendAltText(sent, csrfToken)
    }
  }

  readonly start = (localId: string, csrfToken: string | null): Promise<void> => {
    const underWay = this.running.get(localId)
    if (underWay) return underWay.done
    const stop = new AbortController()
    const done = this.queue.then(() => this.send(localId, csrfToken, stop.signal)).finally(() => this.running.delete(localId))
    this.queue = done.catch(() => {})
    this.running.set(localId, { stop, done })
    return done
  }

  readonly remove = (localId: string): void => {
    this.running.get(localId)?.stop.abort()
    this.setState(localId, null)
    this.store.change((draft) => ({ pictures: draft.pictures.filter((picture) => picture.localId !== localId) }))
    void forgetPicture(localId)
  }

  /** The server no longer knows these pictures: they are sent again from the browser's copy. */
  readonly forgetSent = (pictureIds: string[]): void => {
    this.store.change((draft) => ({
      pictures: draft.pictures.map((picture) =>
        picture.pictureId && pictureIds.includes(picture.pictureId) ? { ...picture, pictureId: null, sentAltText: null } : picture,
      ),
    }))
  }

  private find(localId: string): DraftPicture | undefined {
    return this.store.snapshot().draft.pictures.find((picture) => picture.localId === localId)
  }

  private async send(localId: string, csrfToken: string | null, signal: AbortSignal): Promise<void> {
    const picture = this.find(localId)
    if (!picture || picture.pictureId !== null || signal.aborted) return
    try {
      const bytes = await readPicture(localId)
      if (bytes === null) throw new ApiProblem('picture-lost', 0)
      this.setState(localId, { phase: 'sending', sentBytes: 0, totalBytes: bytes.size })
      const onProgress = (sentBytes: number, totalBytes: number) => this.setState(localId, { phase: 'sending', sentBytes, totalBytes })
      const altText = picture.altText.trim()
      const sent = await uploadPicture({ bytes, fileName: picture.fileName, altText, csrfToken, onProgress, signal })
      this.setState(localId, null)
      this.patch(localId, { pictureId: sent.pictureId, sentAltText: altText })
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof ApiProblem ? error : new ApiProblem('internal-error', 0)
      this.setState(localId, { phase: 'failed', problem })
      throw problem
    }
  }

  private async sendAltText(picture: DraftPicture, csrfToken: string | null): Promise<void> {
    const altText = picture.altText.trim()
    await changeAltText(picture.pictureId as string, altText, csrfToken)
    this.patch(picture.localId, { sentAltText: altText })
  }

  private patch(localId: string, change: Partial<DraftPicture>): void {
    this.store.change((draft: Draft) => ({
      pictures: draft.pictures.map((picture) => (picture.localId === localId ? { ...picture, ...change } : picture)),
    }))
  }

  private setState(localId: string, state: UploadState | null): void {
    const next = new Map(this.states)
    if (state === null) next.delete(localId)
    else next.set(localId, state)
    this.states = next
    for (const listener of this.listeners) listener()
  }
}

function needsSending(picture: DraftPicture): boolean {
  return picture.pictureId === null && picture.altText.trim().length >= ALT_TEXT_MIN
}
