/** Longest texts of a vote's set-up. @unit characters */
export const ELECTION_LIMITS = { intro: 4000 } as const
