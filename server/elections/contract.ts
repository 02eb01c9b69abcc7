import { z } from 'zod'
import { districtIdSchema, slugSchema, yearSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { defineProblems } from '../kernel/problem.ts'
import { personLine, personText } from '../kernel/text.ts'
import { instantSchema } from '../kernel/time.ts'
import { ELECTION_LIMITS } from './limits.ts'

/** How far a vote is. `ended`: its time is over, the boxes are not closed yet. */
export const ELECTION_STATES = ['draft', 'frozen', 'open', 'ended', 'closed', 'counted', 'published', 'stopped'] as const
export const electionStateSchema = z.enum(ELECTION_STATES)
export type ElectionState = z.infer<typeof electionStateSchema>

/** `approval`: tick any number; `approval-limited`: at most `maxChoices`; `knapsack`: as much as the share pays for; `points`: `points` to give away. */
export const BALLOT_KINDS = ['approval', 'approval-limited', 'choose-one', 'knapsack', 'points'] as const
export const ballotKindSchema = z.enum(BALLOT_KINDS)
export type BallotKind = z.infer<typeof ballotKindSchema>

/** Ways a ballot reaches the box; `show-of-hands` only in knock-out rounds. */
export const CHANNELS = ['home', 'code', 'paper', 'show-of-hands'] as const
export const channelSchema = z.enum(CHANNELS)
export type Channel = z.infer<typeof channelSchema>

/** What a district's money follows: the count of its box, knock-out rounds at its meeting, or amounts its meeting agreed on. */
export const DECIDED_BY = ['ballots', 'knock-out', 'agreed-sharing'] as const
export const decidedBySchema = z.enum(DECIDED_BY)
export type DecidedBy = z.infer<typeof decidedBySchema>

/** Rules a vote may be decided by; the others of the count are for research. */
export const DECISION_RULES = ['greedy_cost', 'greedy_cost-noskip', 'mes_cost+add1u', 'mes_cost+add1'] as const
export const decisionRuleSchema = z.enum(DECISION_RULES)

/** `most-votes`: cheaper first, then the lot. `equal-shares`: cheaper first, then more votes, then the lot. `lot`: the lot at once. */
export const TIE_ORDERS = ['min-cost,lot', 'min-cost,max-votes,lot', 'lot'] as const
export const tieOrderSchema = z.enum(TIE_ORDERS)

/** `roll`: who is on the district's list; `residents`: everybody whose register address lies in the district. */
export const ELIGIBILITIES = ['roll', 'residents'] as const
export const eligibilitySchema = z.enum(ELIGIBILITIES)

/** Money nobody got stays with the district for its next round, comes on top of the next round's million, or the council decides. */
export const LEFT_GOES_TO = ['district-next-round', 'all-next-round', 'council'] as const
export const leftGoesToSchema = z.enum(LEFT_GOES_TO)

const districtFields = {
  decidedBy: decidedBySchema,
  ballotKind: ballotKindSchema,
  /** For `approval-limited`. */
  maxChoices: z.int().min(1).max(50),
  /** For `points`: how many a ballot has, and how many one project may get. */
  points: z.int().min(1).max(100),
  pointsPerProject: z.int().min(1).max(100),
  rule: decisionRuleSchema,
  tie: tieOrderSchema,
  /** Fewer votes than these fund nothing. */
  minVotes: z.int().min(1).max(100_000),
  /** Whether what is left is offered to a project that declared a smallest useful amount. */
  remainderOffer: z.boolean(),
  /** Where money goes that nobody got: decided before the vote, never after the count. */
  leftGoesTo: leftGoesToSchema,
  channels: z
    .array(channelSchema)
    .min(1)
    .refine((channels) => new Set(channels).size === channels.length, { message: 'repeated' }),
  eligibility: eligibilitySchema,
  minAgeHome: z.int().min(0).max(120),
  minAgeMeeting: z.int().min(0).max(120),
  opensAt: instantSchema,
  closesAt: instantSchema,
}

/** What a district votes by. */
export const districtSettingsSchema = z.object(districtFields)
export type DistrictSettings = z.infer<typeof districtSettingsSchema>

/** What holds for every district, and where a district does otherwise. */
export const electionSettingsSchema = z
  .object({
    ...districtFields,
    opensAt: instantSchema.nullable(),
    closesAt: instantSchema.nullable(),
    exceptions: z.partialRecord(districtIdSchema, districtSettingsSchema.partial()),
    /** What stands on the voting page above the projects, Danish first. */
    introDa: personText(1, ELECTION_LIMITS.intro).nullable(),
    introEn: personText(1, ELECTION_LIMITS.intro).nullable(),
  })
  .meta({ id: 'ElectionSettings' })
export type ElectionSettings = z.infer<typeof electionSettingsSchema>

/** A project on a ballot, as it was frozen. */
export const ballotLineSchema = z
  .object({
    lineNumber: z.int(),
    projectId: slugSchema,
    title: z.string(),
    description: z.string(),
    costDkk: amountDkkSchema,
    runningCostDkkPerYear: amountDkkSchema.nullable(),
    smallestUsefulDkk: amountDkkSchema.nullable(),
    /** 1 goes first in a tie. */
    lotPlace: z.int(),
  })
  .meta({ id: 'BallotLine' })
export type BallotLine = z.infer<typeof ballotLineSchema>

/** One district of a frozen vote. */
export const electionDistrictSchema = z
  .object({
    districtId: districtIdSchema,
    name: z.string(),
    shareDkk: amountDkkSchema,
    /** Null where everybody with an address in the district may vote. */
    rollSize: z.int().nullable(),
    settings: districtSettingsSchema,
    lines: z.array(ballotLineSchema),
    exclusivePairs: z.array(z.object({ projectIds: z.tuple([slugSchema, slugSchema]), reason: z.string() })),
  })
  .meta({ id: 'ElectionDistrict' })
export type ElectionDistrict = z.infer<typeof electionDistrictSchema>

/** An auditor by the key receipts are sealed for. `fingerprint`: SHA-256 of its 32 bytes. */
export const frozenAuditorSchema = z.object({ position: z.int(), name: z.string(), fingerprint: z.string() })
export type FrozenAuditor = z.infer<typeof frozenAuditorSchema>

/** Everything a count depends on besides the ballots, and who can check it. Its canonical JSON is what is hashed and published. */
export const frozenSetupSchema = z
  .object({
    format: z.literal('borgermillionen-election-1'),
    roundYear: z.int(),
    frozenAt: instantSchema,
    software: z.string(),
    lot: z.object({ seed: z.string(), source: z.string() }),
    introDa: z.string().nullable(),
    introEn: z.string().nullable(),
    districts: z.array(electionDistrictSchema),
    /** Whom receipts are sealed for; votes that were frozen before this was in it do without. */
    auditors: z.array(frozenAuditorSchema).optional(),
  })
  .meta({ id: 'FrozenSetup' })
export type FrozenSetup = z.infer<typeof frozenSetupSchema>

/** A vote as everybody may know it; null set-up while it is being prepared. */
export const electionSchema = z
  .object({
    roundYear: z.int(),
    state: electionStateSchema,
    opensAt: instantSchema.nullable(),
    closesAt: instantSchema.nullable(),
    setup: frozenSetupSchema.nullable(),
    /** SHA-256 of the set-up's canonical JSON, 64 hexadecimal digits. */
    setupSha256: z.string().nullable(),
    /**
     * The newest entry of the vote's log, from freezing on: whoever notes it can tell later that nothing up to it was taken out or
     * changed. Entries tell who did what, and how many ballots and papers there are, never what a ballot says: whoever guesses an
     * entry and finds its hash right knows no more than that.
     */
    logHead: z.object({ entryNumber: z.int(), entryHash: z.string() }).nullable(),
    publishedAt: instantSchema.nullable(),
    stoppedAt: instantSchema.nullable(),
    stopReason: z.string().nullable(),
    isDemo: z.boolean(),
  })
  .meta({ id: 'Election' })
export type Election = z.infer<typeof electionSchema>

export const STEPS = ['stop', 'close', 'count', 'publish'] as const
export const stepSchema = z.enum(STEPS)
export type Step = z.infer<typeof stepSchema>

/** One entry of the log. `entryHash` is SHA-256 of the canonical JSON of the other fields, so that nothing can be taken out or changed unseen. */
export const logEntrySchema = z
  .object({
    entryNumber: z.int(),
    action: z.string(),
    actorName: z.string(),
    detail: z.record(z.string(), z.unknown()),
    at: instantSchema,
    previousHash: z.string(),
    entryHash: z.string(),
  })
  .meta({ id: 'ElectionLogEntry' })
export type LogEntry = z.infer<typeof logEntrySchema>

export const reasonSchema = personText(10, 2000)
export const seedSchema = z.object({ seed: personLine(3, 500), source: personLine(3, 500) })

/** A vote's log, first entry first. */
export const electionLogSchema = z
  .object({
    roundYear: z.int(),
    /** The first entry that does not follow from those before it; null when the whole log holds. */
    brokenAt: z.int().nullable(),
    items: z.array(logEntrySchema),
  })
  .meta({ id: 'ElectionLog' })
export type ElectionLog = z.infer<typeof electionLogSchema>

/** What must be so before a set-up is frozen, in the order an organiser does it. */
export const CHECKS = [
  'shares',
  'projects',
  'assessed',
  'prepared',
  'within-share',
  'conflicts',
  'texts',
  'times',
  'channels',
  'ballot',
  'roll',
  'one-ballot',
  'lot',
  'auditors',
] as const
export const checkSchema = z.enum(CHECKS)
export type Check = z.infer<typeof checkSchema>

/** What is missing, and where. `count`: of open conflicts, or of auditors named. */
export const openPointSchema = z.object({
  districtId: districtIdSchema.nullable(),
  projectId: slugSchema.nullable(),
  ideaId: z.int().nullable(),
  count: z.int().nullable(),
})
export type OpenPoint = z.infer<typeof openPointSchema>
export const checklistSchema = z.array(z.object({ check: checkSchema, open: z.array(openPointSchema) }))
export type Checklist = z.infer<typeof checklistSchema>

const preparedFields = {
  /** What the district's share pays. */
  costDkk: z.int().min(1).max(1_000_000_000),
  runningCostDkkPerYear: amountDkkSchema.nullable(),
  /** Less than the cost that would still be of use; null: all or nothing. */
  smallestUsefulDkk: z.int().min(1).max(1_000_000_000).nullable(),
}

/** A shortlisted project on its way to the ballot. */
export const preparationSchema = z
  .object({
    projectId: slugSchema,
    districtId: districtIdSchema,
    title: z.string(),
    shortlistNumber: z.int(),
    /** Null until somebody has written it down. */
    prepared: z.object(preparedFields).nullable(),
    /** From the approved estimates of its ideas; null while one of them has none. */
    suggested: z.object({ costDkk: z.int(), runningCostDkkPerYear: z.int() }).nullable(),
    ideas: z.array(z.object({ ideaId: z.int(), title: z.string(), isFeasible: z.boolean() })),
  })
  .meta({ id: 'BallotPreparation' })
export type Preparation = z.infer<typeof preparationSchema>

export const stepRecordSchema = z
  .object({
    step: stepSchema,
    reason: z.string().nullable(),
    proposedBy: z.object({ personId: z.uuid(), displayName: z.string() }),
    proposedAt: instantSchema,
    confirmedBy: z.object({ personId: z.uuid(), displayName: z.string() }).nullable(),
    confirmedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ElectionStep' })
export type StepRecord = z.infer<typeof stepRecordSchema>

/** A vote as its organiser sees it. */
export const planElectionSchema = z
  .object({
    roundYear: z.int(),
    state: electionStateSchema,
    /** Of the set-up; every change of it names the one it was made from. */
    version: z.int(),
    settings: electionSettingsSchema,
    lot: z.object({ seed: z.string(), source: z.string() }).nullable(),
    districts: z.array(
      z.object({
        districtId: districtIdSchema,
        name: z.string(),
        shareDkk: amountDkkSchema.nullable(),
        /** A district without a shortlisted project has nothing to vote on. */
        takesPart: z.boolean(),
        /** Its projects in the order of the lot; empty without a seed. */
        lot: z.array(z.object({ projectId: slugSchema, title: z.string(), hash: z.string() })),
        exclusivePairs: z.array(z.object({ projectIds: z.tuple([slugSchema, slugSchema]), reason: z.string() })),
      }),
    ),
    /** While it is a draft; empty afterwards, when `setup` says it all. */
    preparations: z.array(preparationSchema),
    checklist: checklistSchema,
    setup: frozenSetupSchema.nullable(),
    setupSha256: z.string().nullable(),
    steps: z.array(stepRecordSchema),
    frozenAt: instantSchema.nullable(),
    stoppedAt: instantSchema.nullable(),
    stopReason: z.string().nullable(),
    log: z.array(logEntrySchema),
  })
  .meta({ id: 'PlanElection' })
export type PlanElection = z.infer<typeof planElectionSchema>

/** Null: nobody has begun to set the round's vote up. */
export const planElectionAnswerSchema = z.object({ election: planElectionSchema.nullable() }).meta({ id: 'PlanElectionAnswer' })
export type PlanElectionAnswer = z.infer<typeof planElectionAnswerSchema>

const version = z.int().min(1).max(1_000_000)
export const settingsChangeSchema = z.object({ version, settings: electionSettingsSchema }).meta({ id: 'ElectionSettingsChange' })
export type SettingsChange = z.infer<typeof settingsChangeSchema>

export const preparationChangeSchema = z
  .object({ version, ...preparedFields })
  .refine(({ costDkk, smallestUsefulDkk }) => smallestUsefulDkk === null || smallestUsefulDkk <= costDkk, {
    path: ['smallestUsefulDkk'],
    message: 'more-than-the-cost',
  })
  .meta({ id: 'BallotPreparationChange' })
export type PreparationChange = z.infer<typeof preparationChangeSchema>

export const lotChangeSchema = seedSchema.extend({ version }).meta({ id: 'LotChange' })
export type LotChange = z.infer<typeof lotChangeSchema>

export const freezeSchema = z.object({ version }).meta({ id: 'ElectionFreeze' })
export const thawSchema = z.object({ reason: reasonSchema }).meta({ id: 'ElectionThaw' })

/** One half of a step; `withdraw` takes a proposal back. A stop owes a public reason. */
export const stepActionSchema = z
  .object({ action: z.enum(['propose', 'confirm', 'withdraw']), reason: reasonSchema.nullable().default(null) })
  .meta({ id: 'ElectionStepAction' })
export type StepAction = z.infer<typeof stepActionSchema>

export const stepParamSchema = z.object({ year: yearSchema, step: stepSchema })
export const preparationParamSchema = z.object({ year: yearSchema, projectId: slugSchema })

/** Kinds of the whole vote; every room of it uses these. */
export const electionProblem = defineProblems({
  /** The round has no vote, or none that may be seen yet. */
  'no-election': 404,
  /** The set-up is frozen: nothing of it changes. */
  frozen: 409,
  /** The checklist has open points; `open` names them. */
  'not-ready': 409,
  /** The vote is in another state than this needs; `state` says which. */
  'wrong-state': 409,
  /** Somebody else changed the set-up meanwhile; `current` is theirs. */
  'election-edit-conflict': 409,
  /** The same person may not do both halves of this. */
  'needs-second-person': 409,
  /** Somebody else was quicker: the step is not where this takes it from; `step` says how it stands. */
  'step-conflict': 409,
  /** Papers or rounds of a meeting are not done; `open` names them. */
  'meeting-not-done': 409,
  /** Its time has not come: the log and the result show once the vote is published. */
  'not-published': 404,
})
