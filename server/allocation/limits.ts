/** Fewer ballots than this are published as totals only: a rare choice among few would tell who made it. */
export const FEWEST_PUBLISHED_BALLOTS = 20

/** Longest texts people write about a result. @unit characters */
export const RESULT_LIMITS = { body: 200, summary: 4000, url: 1000 } as const
