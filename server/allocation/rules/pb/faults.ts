export type PbSection = 'META' | 'PROJECTS' | 'VOTES'

/** Why a file is refused: one kind with what belongs to it. `line` counts from 1; null where the fault is that something is missing. */
export type PbFault = { readonly line: number | null } & (
  | { readonly kind: 'quote-left-open' }
  | { readonly kind: 'section-missing'; readonly section: PbSection }
  | { readonly kind: 'section-repeated'; readonly section: PbSection }
  | { readonly kind: 'before-sections'; readonly text: string }
  | { readonly kind: 'column-missing'; readonly section: PbSection; readonly column: string }
  | { readonly kind: 'column-repeated'; readonly section: PbSection; readonly column: string }
  | { readonly kind: 'meta-missing'; readonly key: string }
  | { readonly kind: 'meta-repeated'; readonly key: string }
  | { readonly kind: 'vote-type-unknown'; readonly text: string }
  | { readonly kind: 'amount-malformed'; readonly of: string; readonly text: string }
  | { readonly kind: 'amount-negative'; readonly of: string }
  | { readonly kind: 'amount-too-large'; readonly of: string }
  | { readonly kind: 'project-unnamed' }
  | { readonly kind: 'project-repeated'; readonly project: string }
  | { readonly kind: 'project-unknown'; readonly project: string }
  | { readonly kind: 'project-twice-on-ballot'; readonly project: string }
  | { readonly kind: 'voter-unnamed' }
  | { readonly kind: 'voter-repeated'; readonly voter: string }
  | { readonly kind: 'points-missing' }
  | { readonly kind: 'points-malformed'; readonly text: string }
  | { readonly kind: 'points-over-limit'; readonly sum: number; readonly limit: number }
  | { readonly kind: 'several-chosen' }
  | { readonly kind: 'lot-malformed' }
)

/** What is odd about a file and changes no count. */
export type PbWarning =
  | { readonly kind: 'ballots-differ'; readonly said: number; readonly found: number }
  | { readonly kind: 'projects-differ'; readonly said: number; readonly found: number }
  | { readonly kind: 'votes-differ'; readonly project: string; readonly said: number; readonly found: number }

/** A fault on its way out of the reader. */
export class PbRefusal extends Error {
  readonly fault: PbFault

  constructor(fault: PbFault) {
    super(fault.kind)
    this.name = 'PbRefusal'
    this.fault = fault
  }
}
