import { StartError } from '../platform/config.ts'
import { VectorFileError, type VectorFileReason } from '../platform/vectorFile/vectorFileError.ts'
import type { LoadFailureKind } from './contract.ts'

// These say nothing of the layer's data.
const BESIDE_THE_DATA: ReadonlySet<LoadFailureKind> = new Set([
  'already-loading',
  'taken-over',
  'unknown-layer',
  'not-mapped',
  'no-service',
])
// Somebody at the terminal mistyped; a service that answers like that is another matter.
const MISTYPED: ReadonlySet<LoadFailureKind> = new Set(['not-found', 'no-such-layer', 'several-layers', 'attribute-missing'])
const TRANSIENT: ReadonlySet<LoadFailureKind> = new Set(['service-away', 'service-answer', 'pages-differ'])

/** A load that did not come about, with the one sentence that says why. The layer keeps the data it had. */
export class LoadFailure extends StartError {
  override name = 'LoadFailure'
  readonly kind: LoadFailureKind

  constructor(kind: LoadFailureKind, message: string) {
    super(message)
    this.kind = kind
  }

  /** Whether trying again later may help without anybody doing anything. */
  get isTransient(): boolean {
    return TRANSIENT.has(this.kind)
  }

  /** Whether the layer must say it: its data could not be renewed. */
  concernsLayer(isByHand: boolean): boolean {
    return !BESIDE_THE_DATA.has(this.kind) && !(isByHand && MISTYPED.has(this.kind))
  }
}

/** What a load says that was given up for dead and woke up again. */
export const takenOver = () =>
  new LoadFailure('taken-over', 'This load was silent for so long that another one took its place. Nothing was changed.')

const KIND_OF: Record<VectorFileReason, LoadFailureKind> = {
  'not-found': 'not-found',
  'not-readable': 'not-readable',
  'too-large': 'too-large',
  'unsafe-archive': 'unsafe-archive',
  'no-such-layer': 'no-such-layer',
  'several-layers': 'several-layers',
  'no-coordinate-system': 'no-coordinate-system',
  'no-features': 'no-features',
}

/** The load's failure behind an error; `null` for what nobody foresaw. */
export function loadFailureOf(error: unknown): LoadFailure | null {
  if (error instanceof LoadFailure) return error
  if (error instanceof VectorFileError) return new LoadFailure(KIND_OF[error.reason], error.message)
  return null
}
