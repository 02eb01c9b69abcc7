import { StartError } from '../config.ts'

export type VectorFileReason =
  | 'not-found'
  | 'not-readable'
  | 'too-large'
  | 'unsafe-archive'
  | 'no-such-layer'
  | 'several-layers'
  | 'no-coordinate-system'
  | 'no-features'

/** A file of features that cannot be used, with the one sentence that says why. */
export class VectorFileError extends StartError {
  override name = 'VectorFileError'
  readonly reason: VectorFileReason

  constructor(reason: VectorFileReason, message: string) {
    super(message)
    this.reason = reason
  }
}
