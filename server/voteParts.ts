import type { VoteParts } from './elections/parts.ts'

/** What the rooms of a vote do for its set-up and its steps. */
export const voteParts: VoteParts = {
  runs: { close: async () => {}, count: async () => {}, publish: async () => {} },
  readAuditorCount: async () => 2,
  readRollSizes: async () => new Map(),
  openMeetingWork: async () => [],
}
