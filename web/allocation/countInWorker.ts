import type { CountAnswer, CountOrder, WorkerMessage, WorkProgress } from './countOrder.ts'

export interface CountWatch {
  /** Called a few times a second while the count goes on. */
  readonly onProgress?: (progress: WorkProgress) => void
  /** Ends the count at once; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Counts beside the page, by the same rules as the server, so that the page goes on answering. Every count has a worker of its
 * own: ending it is how a count that nobody waits for any more is stopped.
 */
export function countInWorker(order: CountOrder, { onProgress, signal }: CountWatch = {}): Promise<CountAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const worker = new Worker(new URL('./countWorker.ts', import.meta.url), { type: 'module', name: 'count' })
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', cancel)
    }
    const cancel = () => {
      end()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', cancel)
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'progress') {
        onProgress?.(data.progress)
        return
      }
      end()
      if (data.kind === 'answer') resolve(data.answer)
      else reject(new Error(data.message))
    }
    worker.onerror = ({ message }) => {
      end()
      reject(new Error(message))
    }
    worker.postMessage(order)
  })
}
