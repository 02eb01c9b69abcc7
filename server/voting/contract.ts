import { z } from 'zod'
import { channelSchema } from '../elections/contract.ts'
import { districtIdSchema, slugSchema } from '../kernel/ids.ts'
import { defineProblems } from '../kernel/problem.ts'
import { personLine } from '../kernel/text.ts'
import { dateSchema, instantSchema } from '../kernel/time.ts'
import { VOTING_LIMITS } from './limits.ts'

/** 64 hexadecimal digits of SHA-256. */
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

/** What a voter chose: nothing chosen is a blank ballot. Points only where the ballot kind is `points`, one number per project. */
export const choicesSchema = z
  .object({
    projectIds: z.array(slugSchema).max(VOTING_LIMITS.choices),
    points: z.array(z.int().min(1).max(100)).max(VOTING_LIMITS.choices).optional(),
  })
  .meta({ id: 'Choices' })
export type Choices = z.infer<typeof choicesSchema>

/** A code as a person types it; blanks and dashes between its groups and lower case are taken. */
const typedCodeSchema = z.string().trim().min(4).max(40)

/**
 * A ballot on its way to the box. With `code` it needs no session; without it the person signed in votes.
 * `retryKey` is a random number of the sender's: the same request again gets the same receipt, not a second ballot.
 */
export const castSchema = z
  .object({
    districtId: districtIdSchema,
    choices: choicesSchema,
    code: typedCodeSchema.optional(),
    retryKey: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
    /** The frozen set-up the voter looked at; another one answers 409 `wrong-state`. */
    setupSha256: sha256Schema,
  })
  .meta({ id: 'CastBallot' })
export type Cast = z.infer<typeof castSchema>

/** Proves that a ballot is in the box, not what it says. */
export const receiptSchema = z.object({ receipt: sha256Schema, districtId: districtIdSchema }).meta({ id: 'Receipt' })
export type Receipt = z.infer<typeof receiptSchema>

/** Why somebody may not vote at home just now. */
export const STANDINGS = [
  'may-vote',
  'already-voted',
  'not-eligible',
  'no-district',
  'too-young',
  'age-unknown',
  'not-signed-in',
  'not-at-home',
] as const

/** Where the person asking stands in a vote. Nothing of this is kept. */
export const standingSchema = z
  .object({ standing: z.enum(STANDINGS), districtId: districtIdSchema.nullable() })
  .meta({ id: 'VoterStanding' })
export type VoterStanding = z.infer<typeof standingSchema>

/** What a code opens: its district, and the knock-out round it belongs to (0: the district's ballot). */
export const codeQuerySchema = z.object({ code: typedCodeSchema }).meta({ id: 'CodeQuestion' })
export const codeStandingSchema = z
  .object({
    districtId: districtIdSchema,
    roundNumber: z.int(),
    /** Projects this code may choose among, in the order of the ballot; in a knock-out round those that still stand. */
    projectIds: z.array(slugSchema),
  })
  .meta({ id: 'CodeStanding' })
export type CodeStanding = z.infer<typeof codeStandingSchema>

/** Turnout, the only thing of a vote that shows while it goes on. */
export const turnoutSchema = z
  .object({
    roundYear: z.int(),
    districts: z.array(
      z.object({
        districtId: districtIdSchema,
        name: z.string(),
        /** Null where there is no list of voters. */
        rollSize: z.int().nullable(),
        ballots: z.int(),
        byChannel: z.array(z.object({ channel: channelSchema, ballots: z.int() })),
      }),
    ),
  })
  .meta({ id: 'Turnout' })
export type Turnout = z.infer<typeof turnoutSchema>

/**
 * The receipts of a closed vote, sorted, with how many ballots the box holds, which must be as many, and the root of their Merkle
 * tree (RFC 9162 §2.1.1: leaves 00 ‖ h, nodes 01 ‖ left ‖ right).
 */
export const receiptListSchema = z
  .object({
    roundYear: z.int(),
    districts: z.array(
      z.object({ districtId: districtIdSchema, ballots: z.int(), merkleRoot: sha256Schema, receipts: z.array(sha256Schema) }),
    ),
  })
  .meta({ id: 'ReceiptList' })
export type ReceiptList = z.infer<typeof receiptListSchema>

/** A sheet of codes that was made; the codes themselves are shown once and then forgotten. */
export const codeBatchSchema = z
  .object({
    batchId: z.uuid(),
    districtId: districtIdSchema,
    meetingId: z.uuid().nullable(),
    roundNumber: z.int(),
    count: z.int(),
    used: z.int(),
    createdBy: z.string(),
    createdOn: dateSchema,
    cancelledAt: instantSchema.nullable(),
  })
  .meta({ id: 'CodeBatch' })
export type CodeBatch = z.infer<typeof codeBatchSchema>

export const codeBatchListSchema = z.object({ items: z.array(codeBatchSchema) }).meta({ id: 'CodeBatchList' })

export const newCodeBatchSchema = z
  .object({
    districtId: districtIdSchema,
    count: z.int().min(1).max(VOTING_LIMITS.codesPerBatch),
    meetingId: z.uuid().nullable().default(null),
    roundNumber: z.int().min(0).max(20).default(0),
  })
  .meta({ id: 'NewCodeBatch' })
export type NewCodeBatch = z.infer<typeof newCodeBatchSchema>

/** The only answer that ever holds codes. */
export const madeCodesSchema = z
  .object({ batch: codeBatchSchema, codes: z.array(z.string()), voteUrl: z.string() })
  .meta({ id: 'MadeCodes' })
export type MadeCodes = z.infer<typeof madeCodesSchema>

/** Public keys of the two auditors; both are needed to open a receipt. */
export const auditorsSchema = z
  .object({ items: z.array(z.object({ position: z.int(), name: z.string(), publicKey: z.string(), fingerprint: sha256Schema })) })
  .meta({ id: 'Auditors' })
export type Auditors = z.infer<typeof auditorsSchema>
export const newAuditorSchema = z
  .object({ position: z.int().min(1).max(2), name: personLine(2, 100), publicKey: z.string().max(2000) })
  .meta({ id: 'NewAuditor' })
export type NewAuditor = z.infer<typeof newAuditorSchema>

export const votingProblem = defineProblems({
  /** Too early or too late: `state` says how far the vote is, `opensAt` when the district opens. */
  'voting-closed': 409,
  /** The clocks of the server and of its database disagree by more than a minute: no ballot is taken, and nothing is lost. */
  'clock-wrong': 503,
  'not-eligible': 403,
  'already-voted': 409,
  'code-unknown': 404,
  'code-used': 409,
  /** A knock-out code before its round is open, or after. */
  'code-not-open': 409,
  'too-many-choices': 422,
  'over-budget': 422,
  'not-on-ballot': 422,
  /** The same project twice, points that do not match. */
  'ballot-malformed': 422,
  /** Codes of the batch have been used: it cannot be cancelled. */
  'batch-in-use': 409,
  /** Codes for a round where the box decides, for the box where rounds do, or for a meeting that agrees without voting. */
  'codes-not-for-round': 409,
  /** The boxes are not closed yet. */
  'receipts-not-published': 404,
  'key-refused': 422,
  /** This process hashes people and codes with another key than the one the vote began with. */
  'voting-key-differs': 503,
})
