import type { VoteParts } from './elections/parts.ts'
import { openMeetingWork } from './meetings/forCount.ts'
import { readAuditorCount } from './voting/auditors.ts'
import { closeBoxes } from './voting/box.ts'
import { readRollSizes } from './voting/service.ts'

/** What the rooms of a vote do for its set-up and its steps. */
export const voteParts: VoteParts = {
  runs: { close: closeBoxes, count: async () => {}, publish: async () => {} },
  readAuditorCount,
  readRollSizes,
  openMeetingWork,
}
