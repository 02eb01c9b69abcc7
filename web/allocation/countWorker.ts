import { countElection } from '../../server/allocation/rules/count.ts'
import { addEnough } from '../../server/allocation/rules/enough.ts'
import { type PbFile, readPb } from '../../server/allocation/rules/pb/pbReader.ts'
import { termsOf } from '../../server/allocation/rules/pb/terms.ts'
import type { CountAnswer, CountedFile, CountOrder, WorkerMessage, WorkProgress } from './countOrder.ts'

/** The two things a worker's own scope is needed for; the page's types know the window only. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<CountOrder>) => void) | null
  postMessage(message: WorkerMessage): void
}

const scope = globalThis as unknown as WorkerScope
const PROGRESS_EVERY_MS = 50

/** Tells how far it is now and then: every run would be more messages than anybody can draw. */
function progressTeller(): (progress: WorkProgress) => void {
  let last = performance.now()
  return (progress) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY_MS) return
    last = now
    scope.postMessage({ kind: 'progress', progress })
  }
}

function whatIsIn({ election, projects, warnings }: PbFile): CountedFile {
  const { ballots: _, blankBallots: __, ...frame } = election
  return { frame, titles: projects.map(({ id, columns }) => [id, columns.name || id]), warnings }
}

function answer(order: CountOrder): CountAnswer {
  const { source, rule, asWritten = false, withEnough = false } = order
  const reading = 'pb' in source ? readPb(source.pb) : null
  if (reading?.ok === false) return reading
  const file = reading?.file ?? null
  const election = 'election' in source ? source.election : file?.election
  if (election === undefined) throw new TypeError('an order holds a file or an election')
  const options = asWritten && file !== null ? { ...order.options, ...termsOf(file) } : order.options
  const tell = progressTeller()
  const counted = countElection(election, rule, { ...options, onProgress: (progress) => tell({ kind: 'raising', ...progress }) })
  const count = withEnough ? addEnough(election, options, counted, (done, of) => tell({ kind: 'asking', done, of })) : counted
  return { ok: true, count, file: file === null ? null : whatIsIn(file) }
}

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ kind: 'answer', answer: answer(data) })
  } catch (error) {
    scope.postMessage({ kind: 'failed', message: (error as Error).message })
  }
}
