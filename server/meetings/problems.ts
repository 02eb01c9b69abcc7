import { defineProblems } from '../kernel/problem.ts'

/** Why something at a meeting is not done. */
export const meetingProblem = defineProblems({
  /** The district has no meeting yet. */
  'no-meeting': 404,
  /** Somebody else changed it meanwhile; `current` is theirs. */
  'meeting-edit-conflict': 409,
  /** The evening begins before the district's voting hours or ends after them; `opensAt` and `closesAt` say when they are. */
  'outside-voting-hours': 422,
  /** The meeting is not open, or is over; `state` says which. */
  'meeting-not-open': 409,
  /** Something at the meeting is not finished; `open` names it. */
  'meeting-unfinished': 409,
  /** The district does not decide in this way. */
  'not-decided-so': 409,
  /** The district's vote does not use this way of voting. */
  'channel-not-used': 409,
  /** Codes work during the district's voting hours only; `opensAt` and `closesAt` say when they are. */
  'code-hours': 409,
  /** The door needs the person's number on the list. */
  'roll-number-missing': 422,
  /** Another round is open, counted, or was meanwhile; `rounds` are there. */
  'round-not-next': 409,
  /** One project is left. */
  'knock-out-over': 409,
  /** The round is in another state than this needs; `state` says which. */
  'round-state': 409,
  /** Another count has begun meanwhile; `attempt` is its number. */
  'count-again': 409,
  /** Two others have counted, or this person has. */
  'counted-already': 409,
  /** A count must name every project that stands, once. */
  'count-incomplete': 422,
  /** More votes than people were let in; `people` and `votes` say how many. */
  'more-votes-than-people': 422,
  /** Nobody voted for anything. */
  'no-votes': 422,
  /** A show of hands needs a note of how it was counted. */
  'note-missing': 422,
  /** More was shared than there is; `beyondDkk` says how much. */
  'sharing-beyond-share': 422,
  /** Two projects that rule each other out both got money; `projectIds` are they. */
  'sharing-exclusive-pair': 422,
  'sharing-malformed': 422,
  'sharing-confirmed': 409,
  /** The papers entered are not as many as stated; `entered` and `stated` say how many. */
  'control-total-differs': 422,
  /** A ballot of the batch is not valid; `tally` and `reason` say which and why. */
  'paper-not-valid': 422,
  /** A batch of this label is there already; `batch` is it. */
  'batch-entered': 409,
  /** Another batch holds exactly the same; `batch` is it. */
  'batch-same-content': 409,
  /** Somebody has accepted or refused it, or it was replaced. */
  'batch-decided': 409,
  'no-batch': 404,
})
