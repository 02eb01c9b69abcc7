/** What a vote takes at most. */
export const VOTING_LIMITS = { choices: 50, codesPerBatch: 2000 } as const
