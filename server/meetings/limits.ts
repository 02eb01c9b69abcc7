/** How long a pitch is. @unit milliseconds */
export const PITCH_MS = 10 * 60_000

/** What a meeting takes at most. */
export const MEETING_LIMITS = {
  people: 500,
  votes: 100_000,
  papers: 5000,
  tallies: 1000,
  ballots: 400,
  note: 2000,
  minutes: 20_000,
} as const

/** Why a paper does not count. Every paper counted out of the box is either a ballot or one of these. */
export const INVALID_REASONS = [
  /** Not one of the municipality's printed ballots. */
  'not-official',
  /** Its number was torn off or cannot be read: nobody can tell whether it was handed out. */
  'number-torn-off',
  /** Another paper bears the same number. */
  'duplicate-number',
  /** More marks than the ballot allows. */
  'too-many-marks',
  /** The projects marked cost more than the share. */
  'over-budget',
  /** A name, a signature or something else that tells whose it is. */
  'name-or-signature',
  /** Nobody can tell which project is meant. */
  'unclear-mark',
  /** The ballot of another district. */
  'other-district',
  /** The whole ballot was struck through by its voter. */
  'struck-through',
  /** An envelope, or a folded paper, with nothing in it. */
  'empty-envelope',
] as const

/** How a knock-out round is voted on. */
export const ROUND_METHODS = ['code', 'paper', 'show-of-hands'] as const
