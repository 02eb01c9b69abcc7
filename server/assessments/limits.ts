/** Limits of what is written in an assessment. Free of zod, so that the page may import them. */
export const ASSESSMENT_LIMITS = {
  note: 1000,
  publicText: 500,
  reasonMin: 10,
  reason: 2000,
  returnReasonMin: 5,
  lines: 60,
  coFunding: 20,
  label: 100,
  /** Quantities have two decimals. */
  quantity: 100_000,
  unitPriceDkk: 10_000_000,
  lifeYears: 100,
  contingencyPercent: 100,
  runningYears: 50,
  correctionDays: 90,
  internalNote: 2000,
  bulkIdeas: 500,
} as const

/** How long an author may ask for another assessor, as with other municipal decisions. @unit days */
export const APPEAL_DAYS = 28

/** Where a new estimate begins. */
export const ESTIMATE_DEFAULTS = { contingencyPercent: 15, runningYears: 10 } as const

/** How long an author has to give information that is asked for, unless the assessor says otherwise. @unit days */
export const CORRECTION_DAYS = 14
