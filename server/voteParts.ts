import { type CountSources, countRound, publishRound } from './allocation/countRound.ts'
import type { VoteParts } from './elections/parts.ts'
import { openMeetingWork, readMeetingForCount } from './meetings/forCount.ts'
import type { Config } from './platform/config.ts'
import { readFrozenAuditors } from './voting/auditors.ts'
import { closeBoxes, readBallotsForCount, stopBoxes } from './voting/box.ts'
import { cancelEverySheet } from './voting/cancelSheets.ts'
import { readEvidence, readRollSizes } from './voting/service.ts'

/** Where the count takes its ballots from: the boxes, and what was accepted of the meetings. */
const countSources: CountSources = {
  ballots: readBallotsForCount,
  meeting: readMeetingForCount,
  turnout: async (trx, year, districtId) => {
    const { byChannel, marks, receipts } = await readEvidence(trx, year, districtId)
    const { paper, rounds } = await readMeetingForCount(trx, year, districtId)
    const papers = paper.ballots.length + paper.invalid.reduce((sum, { count }) => sum + count, 0)
    // The first round of a knock-out tells how many came.
    const first = rounds.slice(0, 1).map(({ method, ballots }) => ({ channel: method, ballots }))
    const came = [...byChannel, { channel: 'paper' as const, ballots: papers }, ...first]
    return { byChannel: came.filter(({ ballots }) => ballots > 0), marks, receipts }
  },
}

/** What the rooms of a vote do for its set-up and its steps. */
export function voteParts({ municipality, oidc }: Pick<Config, 'municipality' | 'oidc'>): VoteParts {
  return {
    runs: {
      stop: stopBoxes,
      close: closeBoxes,
      count: (trx, year, { at }) => countRound(trx, year, at, { sources: countSources, municipality }),
      publish: publishRound,
    },
    readAuditors: readFrozenAuditors,
    // The development issuer tells one.
    tellsNumber: oidc === null || oidc.rollClaim !== null,
    readRollSizes,
    cancelCodes: cancelEverySheet,
    openMeetingWork,
  }
}
