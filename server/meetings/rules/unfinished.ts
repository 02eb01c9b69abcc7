import type { DecidedBy } from '../../elections/contract.ts'

/** What keeps a district's vote from being closed. */
export const UNFINISHED = [
  'paper-not-accepted',
  'meeting-open',
  'meeting-missing',
  'round-not-confirmed',
  'knock-out-not-over',
  'sharing-missing',
  'sharing-not-confirmed',
] as const
export type Unfinished = (typeof UNFINISHED)[number]

export interface DistrictWork {
  decidedBy: DecidedBy
  meetingState: 'planned' | 'open' | 'closed' | null
  /** The meeting ended without a decision, with a reason. */
  isUndecided: boolean
  openBatches: number
  openRounds: number
  /** Projects still standing in the knock-out. */
  standing: number
  sharing: 'missing' | 'recorded' | 'confirmed'
}

/** What of the meeting's own decision is missing; nothing where the ballots decide, or where it ended without one. */
function undecided({ decidedBy, isUndecided, standing, sharing }: DistrictWork): Unfinished[] {
  if (isUndecided || decidedBy === 'ballots') return []
  if (decidedBy === 'knock-out') return standing > 1 ? ['knock-out-not-over'] : []
  return sharing === 'confirmed' ? [] : [sharing === 'missing' ? 'sharing-missing' : 'sharing-not-confirmed']
}

/** What must be finished before a meeting may be closed. */
export function unfinishedAtMeeting(work: DistrictWork): Unfinished[] {
  return [...(work.openRounds > 0 ? (['round-not-confirmed'] as const) : []), ...undecided(work)]
}

/** What must be finished before the district's boxes may be closed. */
export function unfinishedInDistrict(work: DistrictWork): Unfinished[] {
  const needsMeeting = work.decidedBy !== 'ballots'
  return [
    ...(work.openBatches > 0 ? (['paper-not-accepted'] as const) : []),
    ...(work.meetingState === 'open' ? (['meeting-open'] as const) : []),
    ...(needsMeeting && work.meetingState === null ? (['meeting-missing'] as const) : unfinishedAtMeeting(work)),
  ]
}
