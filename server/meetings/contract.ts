import { z } from 'zod'
import {
  ballotKindSchema,
  ballotLineSchema,
  decidedBySchema,
  electionDistrictSchema,
  electionStateSchema,
  reasonSchema,
} from '../elections/contract.ts'
import { districtIdSchema, slugSchema, yearSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { personLine, personText } from '../kernel/text.ts'
import { instantSchema } from '../kernel/time.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'
import { INVALID_REASONS, MEETING_LIMITS, ROUND_METHODS } from './limits.ts'

export const MEETING_STATES = ['planned', 'open', 'closed'] as const
export type MeetingState = (typeof MEETING_STATES)[number]

/** What the door gives somebody, and how a knock-out round is voted on. */
export const roundMethodSchema = z.enum(ROUND_METHODS)
export type RoundMethod = z.infer<typeof roundMethodSchema>

export const ROUND_STATES = ['open', 'counting', 'confirmed', 'cancelled'] as const
export type RoundState = (typeof ROUND_STATES)[number]

export const invalidReasonSchema = z.enum(INVALID_REASONS)
export type InvalidReason = z.infer<typeof invalidReasonSchema>

export const meetingParamSchema = z.object({ year: yearSchema, districtId: districtIdSchema })
export const roundParamSchema = meetingParamSchema.extend({ roundNumber: writtenNumber(z.int().min(1).max(20)).meta({ example: 1 }) })
export const batchParamSchema = meetingParamSchema.extend({ batchId: z.uuid() })

/** A district's evening. */
export const meetingSchema = z
  .object({
    meetingId: z.uuid(),
    districtId: districtIdSchema,
    districtName: z.string(),
    place: z.string(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    state: z.enum(MEETING_STATES),
    version: z.int(),
    /** Why it ended without the decision it was to take; null else. */
    undecidedReason: z.string().nullable(),
  })
  .meta({ id: 'Meeting' })
export type Meeting = z.infer<typeof meetingSchema>

export const meetingListSchema = z
  .object({
    items: z.array(
      z.object({
        districtId: districtIdSchema,
        name: z.string(),
        decidedBy: decidedBySchema,
        /** The district's voting hours, within which its meeting lies. */
        opensAt: instantSchema,
        closesAt: instantSchema,
        meeting: meetingSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'MeetingList' })
export type MeetingList = z.infer<typeof meetingListSchema>

export const meetingChangeSchema = z
  .object({
    /** Version of the meeting as it was seen, 0 for a new one; another one answers 409 `meeting-edit-conflict` with it. */
    version: z.int().min(0).max(1_000_000),
    place: personLine(2, 200),
    startsAt: instantSchema,
    endsAt: instantSchema,
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ['endsAt'], message: 'before-start' })
  .meta({ id: 'MeetingChange' })
export type MeetingChange = z.infer<typeof meetingChangeSchema>

/** `undecidedReason` where the meeting should have decided and did not. */
export const meetingCloseSchema = z.object({ undecidedReason: reasonSchema.nullable().default(null) }).meta({ id: 'MeetingClose' })

/** The clock of a pitch as every screen shows it: `elapsedMs` at `now`, and on from there while it runs. */
export const pitchSchema = z
  .object({
    projectId: slugSchema.nullable(),
    isRunning: z.boolean(),
    /** @unit milliseconds */
    elapsedMs: z.int(),
    /** @unit milliseconds */
    totalMs: z.int(),
    /** The server's time when this was answered. */
    now: instantSchema,
  })
  .meta({ id: 'Pitch' })
export type Pitch = z.infer<typeof pitchSchema>

/** `select` shows a project with its clock at zero (null: none), `start` lets it run, `pause` halts it, `reset` sets it to zero. */
export const pitchActionSchema = z
  .discriminatedUnion('action', [
    z.object({ action: z.literal('select'), projectId: slugSchema.nullable() }),
    z.object({ action: z.enum(['start', 'pause', 'reset']) }),
  ])
  .meta({ id: 'PitchAction' })
export type PitchAction = z.infer<typeof pitchActionSchema>

export const admissionSchema = z.object({ means: roundMethodSchema, people: z.int() }).meta({ id: 'Admission' })
export type Admission = z.infer<typeof admissionSchema>

/**
 * One person by number, or, where there is no list, a number of people. With a number they cannot vote at home any more, or are
 * not let in because they have. It cannot be taken back.
 */
export const doorSchema = z
  .object({
    means: roundMethodSchema,
    rollNumber: personLine(1, 40).optional(),
    people: z.int().min(1).max(MEETING_LIMITS.people).default(1),
  })
  .meta({ id: 'DoorAdmission' })
export type Door = z.infer<typeof doorSchema>
export const doorAnswerSchema = z.object({ admissions: z.array(admissionSchema) }).meta({ id: 'DoorAnswer' })

const standingSchema = z.object({ projectId: slugSchema, votes: z.int(), goesOn: z.boolean() })

/** A round whose counters agreed: the meeting's own public result. */
export const confirmedRoundSchema = z
  .object({
    roundNumber: z.int(),
    method: roundMethodSchema,
    note: z.string().nullable(),
    /** Most votes first. */
    standing: z.array(standingSchema),
    blankVotes: z.int(),
    /** Projects with equally many votes that the lot told apart. */
    tieProjects: z.array(slugSchema),
  })
  .meta({ id: 'ConfirmedRound' })
export type ConfirmedRound = z.infer<typeof confirmedRoundSchema>

/** What the two counters counted where they differ; null stands for blank votes. */
export const differenceSchema = z.object({ projectId: slugSchema.nullable(), votes: z.tuple([z.int(), z.int()]) })

/** A round as the staff of the meeting see it: no numbers before both counters agree. */
export const deskRoundSchema = z
  .object({
    roundNumber: z.int(),
    method: roundMethodSchema,
    state: z.enum(ROUND_STATES),
    note: z.string().nullable(),
    cancelReason: z.string().nullable(),
    projectIds: z.array(slugSchema),
    /** How many have voted so far in an open round by phone code; null else. */
    castInRound: z.int().nullable(),
    attempt: z.int(),
    /** Who has counted in this attempt. */
    counters: z.array(z.object({ name: z.string(), isMe: z.boolean() })),
    /** Where the two counts before this attempt differed; both count again. */
    differences: z.array(differenceSchema),
    result: confirmedRoundSchema.nullable(),
  })
  .meta({ id: 'DeskRound' })
export type DeskRound = z.infer<typeof deskRoundSchema>

/** Opens the next round; `roundNumber` is the one expected, so that pressing twice opens one. */
export const newRoundSchema = z
  .object({
    roundNumber: z.int().min(1).max(20),
    method: roundMethodSchema,
    note: personText(1, MEETING_LIMITS.note).nullable().default(null),
  })
  .meta({ id: 'NewKnockOutRound' })
export type NewRound = z.infer<typeof newRoundSchema>

/** What one counter counted. A round by phone code is counted by the box: votes and blank are left out, both counters only say that they saw it done. */
export const countSchema = z
  .object({
    attempt: z.int().min(1).max(1000),
    votes: z
      .array(z.object({ projectId: slugSchema, votes: z.int().min(0).max(MEETING_LIMITS.votes) }))
      .max(50)
      .default([]),
    blankVotes: z.int().min(0).max(MEETING_LIMITS.votes).default(0),
    /** What is worth remembering of the count; needed for a show of hands. */
    note: personText(1, MEETING_LIMITS.note).nullable().default(null),
  })
  .meta({ id: 'KnockOutCount' })
export type Count = z.infer<typeof countSchema>

export const cancelRoundSchema = z.object({ reason: reasonSchema }).meta({ id: 'CancelRound' })

const agreedAmountSchema = z.object({ projectId: slugSchema, amountDkk: amountDkkSchema.min(1) })

/** What a meeting agreed on instead of voting. */
export const sharingSchema = z
  .object({
    version: z.int(),
    amounts: z.array(agreedAmountSchema),
    leftDkk: amountDkkSchema,
    minutes: z.string(),
    recorderName: z.string(),
    isMine: z.boolean(),
    confirmerName: z.string().nullable(),
  })
  .meta({ id: 'AgreedSharing' })
export type Sharing = z.infer<typeof sharingSchema>

export const sharingChangeSchema = z
  .object({
    version: z.int().min(0).max(1_000_000),
    amounts: z.array(agreedAmountSchema).min(1).max(50),
    minutes: personText(20, MEETING_LIMITS.minutes),
  })
  .meta({ id: 'AgreedSharingChange' })
export type SharingChange = z.infer<typeof sharingChangeSchema>
export const sharingConfirmSchema = z.object({ version: z.int().min(1).max(1_000_000) }).meta({ id: 'AgreedSharingConfirmation' })

/** Everything the evening needs on one laptop. No ballot, no count that is not confirmed. */
export const meetingDeskSchema = z
  .object({
    roundYear: z.int(),
    voteState: electionStateSchema,
    districtId: districtIdSchema,
    districtName: z.string(),
    /** Null while nobody has planned one: papers are printed and entered without. */
    meeting: meetingSchema.nullable(),
    shareDkk: amountDkkSchema,
    decidedBy: decidedBySchema,
    ballotKind: ballotKindSchema,
    /** For `approval-limited`. */
    maxChoices: z.int(),
    /** For `points`: how many a ballot has. */
    points: z.int(),
    means: z.array(roundMethodSchema),
    /** True: the door ticks people in by their number on the list. */
    hasRoll: z.boolean(),
    /** True: people may have voted at home already, so that the door asks for everybody's number even without a list. */
    isVotedAtHome: z.boolean(),
    /** From which age one may vote at the meeting. */
    minAgeMeeting: z.int(),
    closesAt: instantSchema,
    lines: z.array(ballotLineSchema),
    /** Projects of which at most one gets money. */
    exclusivePairs: electionDistrictSchema.shape.exclusivePairs,
    pitch: pitchSchema,
    admissions: z.array(admissionSchema),
    /** Ballots in the district's box so far, whatever the channel. */
    ballots: z.int(),
    rounds: z.array(deskRoundSchema),
    /** Projects still standing; one only when the knock-out is over. */
    standing: z.array(slugSchema),
    sharing: sharingSchema.nullable(),
    paper: z.object({ entered: z.int(), accepted: z.int() }),
  })
  .meta({ id: 'MeetingDesk' })
export type MeetingDesk = z.infer<typeof meetingDeskSchema>

/** What the projector shows, and everybody may see: no names, no count that two counters have not confirmed. */
export const stageSchema = z
  .object({
    roundYear: z.int(),
    districtId: districtIdSchema,
    districtName: z.string(),
    shareDkk: amountDkkSchema,
    decidedBy: decidedBySchema,
    voteState: electionStateSchema,
    /** Null while nobody has planned one. */
    meeting: z.object({ place: z.string(), startsAt: instantSchema, endsAt: instantSchema, state: z.enum(MEETING_STATES) }).nullable(),
    closesAt: instantSchema,
    /** Whether one may vote in the hall at this moment. */
    isVotingOpen: z.boolean(),
    lines: z.array(ballotLineSchema.pick({ lineNumber: true, projectId: true, title: true, costDkk: true })),
    pitch: pitchSchema,
    admitted: z.int(),
    ballots: z.int(),
    /** The round that is open or being counted. */
    round: z
      .object({
        roundNumber: z.int(),
        method: roundMethodSchema,
        state: z.enum(ROUND_STATES),
        projectIds: z.array(slugSchema),
        /** How many have voted so far in an open round by phone code; null else. */
        castInRound: z.int().nullable(),
      })
      .nullable(),
    rounds: z.array(confirmedRoundSchema),
    winnerId: slugSchema.nullable(),
    agreed: z.object({ amounts: z.array(agreedAmountSchema), leftDkk: amountDkkSchema }).nullable(),
  })
  .meta({ id: 'Stage' })
export type Stage = z.infer<typeof stageSchema>

/** One way of filling in a ballot, and how many papers did; no project is a blank ballot. */
export const tallySchema = z.object({
  projectIds: z.array(slugSchema).max(50),
  points: z.array(z.int().min(1).max(100)).max(50).optional(),
  ballots: z.int().min(1).max(MEETING_LIMITS.papers),
})
export type Tally = z.infer<typeof tallySchema>
export const invalidSchema = z.object({ reason: invalidReasonSchema, ballots: z.int().min(1).max(MEETING_LIMITS.papers) })
export type Invalid = z.infer<typeof invalidSchema>

export const newBatchSchema = z
  .object({
    /** What stands on the pile, for example `Kasse 1`. */
    label: personLine(1, 60),
    /** Papers counted out of the box, before any of them was entered. */
    controlTotal: z.int().min(1).max(MEETING_LIMITS.papers),
    tallies: z.array(tallySchema).max(MEETING_LIMITS.tallies),
    invalid: z.array(invalidSchema).max(INVALID_REASONS.length),
    /** A batch with the same content under another label is really another pile. */
    isAnother: z.boolean().default(false),
    /** The accepted batch that this one counts again. */
    recount: z.object({ batchId: z.uuid(), reason: reasonSchema }).nullable().default(null),
  })
  .meta({ id: 'NewPaperBatch' })
export type NewBatch = z.infer<typeof newBatchSchema>

/** Numbers for ballots about to be printed: for a knock-out round, or with 0 for the box of the district. */
export const newBallotsSchema = z
  .object({ count: z.int().min(1).max(MEETING_LIMITS.ballots), roundNumber: z.int().min(0).max(20).default(0) })
  .meta({ id: 'NewPaperBallots' })
export type NewBallots = z.infer<typeof newBallotsSchema>
/** The numbers that are this printing's alone. */
export const ballotNumbersSchema = z
  .object({ roundNumber: z.int(), firstNumber: z.int(), lastNumber: z.int() })
  .meta({ id: 'PaperBallotNumbers' })
export type BallotNumbers = z.infer<typeof ballotNumbersSchema>

export const BATCH_STATES = ['entered', 'accepted', 'refused', 'replaced'] as const

/** A batch without what its ballots say. */
export const batchSchema = z
  .object({
    batchId: z.uuid(),
    label: z.string(),
    recountNumber: z.int(),
    replacesBatchId: z.uuid().nullable(),
    recountReason: z.string().nullable(),
    controlTotal: z.int(),
    invalidTotal: z.int(),
    state: z.enum(BATCH_STATES),
    clerkName: z.string(),
    isMine: z.boolean(),
    enteredAt: instantSchema,
    deciderName: z.string().nullable(),
    refuseReason: z.string().nullable(),
  })
  .meta({ id: 'PaperBatch' })
export type Batch = z.infer<typeof batchSchema>
export const batchListSchema = z.object({ items: z.array(batchSchema) }).meta({ id: 'PaperBatchList' })
export type BatchList = z.infer<typeof batchListSchema>

/** With what was entered, for the second clerk, who compares it with the papers; null for the one who entered it, and once it is decided. */
export const batchDetailSchema = batchSchema
  .extend({ content: z.object({ tallies: z.array(tallySchema), invalid: z.array(invalidSchema) }).nullable() })
  .meta({ id: 'PaperBatchDetail' })
export type BatchDetail = z.infer<typeof batchDetailSchema>
export const refuseBatchSchema = z.object({ reason: reasonSchema }).meta({ id: 'PaperBatchRefusal' })
