import { z } from 'zod'
import {
  ballotKindSchema,
  channelSchema,
  decidedBySchema,
  decisionRuleSchema,
  leftGoesToSchema,
  reasonSchema,
  tieOrderSchema,
} from '../elections/contract.ts'
import { categorySchema } from '../kernel/categories.ts'
import { districtIdSchema, slugSchema, yearSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { defineProblems } from '../kernel/problem.ts'
import { personLine, personText } from '../kernel/text.ts'
import { dateSchema, instantSchema } from '../kernel/time.ts'
import { roundMethodSchema } from '../meetings/contract.ts'
import { RESULT_LIMITS } from './limits.ts'

/** Which step of a result gave a project its money. */
export const AWARD_SOURCES = ['count', 'remainder', 'knock-out', 'agreed', 'passed-on'] as const
export const awardSourceSchema = z.enum(AWARD_SOURCES)
export type AwardSource = z.infer<typeof awardSourceSchema>

const projectAmountSchema = z.object({ projectId: slugSchema, amountDkk: amountDkkSchema })

/** What a project gets. */
export const awardSchema = projectAmountSchema.extend({ source: awardSourceSchema }).meta({ id: 'Award' })

/** A project of a district's ballot and what became of it. Unknown is null. */
export const resultProjectSchema = z
  .object({
    projectId: slugSchema,
    title: z.string(),
    lineNumber: z.int().nullable(),
    category: categorySchema,
    /** Lon/lat. */
    point: z.tuple([z.number(), z.number()]).nullable(),
    costDkk: amountDkkSchema.nullable(),
    votes: z.int().nullable(),
    outcome: z.enum(['won', 'lost', 'unknown']),
    awardedDkk: amountDkkSchema.nullable(),
    awardSource: awardSourceSchema.nullable(),
    /** Danish; what the sources say of the award, or why it was passed on. */
    note: z.string().nullable(),
    /** Ideas that were merged into it. */
    mergedFrom: z.array(z.string()),
  })
  .meta({ id: 'ResultProject' })
export type ResultProject = z.infer<typeof resultProjectSchema>

/** A round of a knock-out at a meeting. Votes, method and blank votes are null where nobody wrote them down. */
export const resultRoundSchema = z
  .object({
    round: z.int(),
    standing: z.array(z.object({ projectId: slugSchema, votes: z.int().nullable() })),
    out: z.array(slugSchema),
    tie: z.object({ projects: z.array(slugSchema), criterion: z.string() }).nullable(),
    /** How it was voted on. */
    method: roundMethodSchema.nullable(),
    /** Votes for nobody; they are in no project's number. */
    blankVotes: z.int().nullable(),
    /** Danish; what the counters wrote down, or the sources tell. */
    note: z.string().nullable(),
  })
  .meta({ id: 'ResultRound' })
export type ResultRound = z.infer<typeof resultRoundSchema>

/** What another rule would have given with the same ballots. Information, never the result. */
export const otherRuleSchema = z
  .object({
    rule: decisionRuleSchema,
    tie: tieOrderSchema,
    awards: z.array(projectAmountSchema),
    leftDkk: amountDkkSchema,
    /** Ballots of which nothing would be funded; null where ballots are withheld. */
    withNothing: z.int().nullable(),
    /** Ballots with more of what they chose under the result, under the other rule, or as much under both. */
    preference: z.object({ result: z.int(), other: z.int(), same: z.int() }).nullable(),
  })
  .meta({ id: 'OtherRule' })

/** The count step by step and a reason for every project; `rules/transcript.ts` says what stands in it. */
const transcriptSchema = z
  .object({
    pool: z.number(),
    ballots: z.int(),
    blankBallots: z.int(),
    sharers: z.int(),
    stages: z.array(z.looseObject({ kind: z.string() })),
    projects: z.array(z.looseObject({ projectId: slugSchema })),
  })
  .meta({ id: 'Transcript' })

/** A step in which projects were equal by the rule, and what told them apart. */
const tieSchema = z
  .object({ stage: z.string(), fromRun: z.int(), toRun: z.int(), step: z.int(), projects: z.array(slugSchema), criterion: z.string() })
  .meta({ id: 'TieMet' })

const passOnScopeSchema = z.enum(['all', 'losers'])
export type PassOnScope = z.infer<typeof passOnScopeSchema>

/** Why a loser of few ballots did not win. `not-shown`: the steps that tell would also tell who chose what together. */
const totalsReasonSchema = z
  .object({
    projectId: slugSchema,
    kind: z.enum(['too-few-votes', 'over-pool', 'excluded', 'not-shown']),
    /** The winner beside which it cannot be built. */
    by: slugSchema.nullable(),
  })
  .meta({ id: 'TotalsReason' })
export type TotalsReason = z.infer<typeof totalsReasonSchema>

/** A winner that could not be built, and what was done with its money. */
export const passedOnSchema = z
  .object({
    projectId: slugSchema,
    reason: z.string(),
    confirmedAt: instantSchema,
    /** What the district's projects got before. */
    awardsBefore: z.array(awardSchema),
    /** `recounted`: the rule without the project; `next-in-line`: the others keep theirs and the money goes on among the losers. */
    how: z.enum(['recounted', 'next-in-line', 'nobody']),
    /** Of which projects the count below is that decided: all but those that cannot be built, or of them those without money. Null without a count. */
    scope: passOnScopeSchema.nullable(),
    transcript: transcriptSchema.nullable(),
    tiesMet: z.array(tieSchema),
  })
  .meta({ id: 'PassedOn' })
export type PassedOn = z.infer<typeof passedOnSchema>

/** How one district decided its share. Everything unknown is null. */
export const districtResultSchema = z
  .object({
    /** Null where the sources name no district. */
    districtId: districtIdSchema.nullable(),
    name: z.string().nullable(),
    shareDkk: amountDkkSchema.nullable(),
    decidedBy: decidedBySchema.nullable(),
    ballotKind: ballotKindSchema.nullable(),
    rule: decisionRuleSchema.nullable(),
    tie: tieOrderSchema.nullable(),
    minVotes: z.int().nullable(),
    remainderOffer: z.boolean().nullable(),
    /** Where money goes that nobody got, as it was frozen; null in earlier rounds. */
    leftGoesTo: leftGoesToSchema.nullable(),
    rollSize: z.int().nullable(),
    /** Ballots counted, blank ones included; of a knock-out the votes for projects in its last round. */
    ballots: z.int().nullable(),
    blankBallots: z.int().nullable(),
    invalid: z.array(z.object({ reason: z.string(), count: z.int() })),
    /** By channel; of a knock-out those of its first round. */
    turnout: z.array(z.object({ channel: channelSchema, ballots: z.int() })),
    /** Marks on the list and receipts published, which must be as many as the ballots that were cast. */
    marks: z.int().nullable(),
    receipts: z.int().nullable(),
    projects: z.array(resultProjectSchema),
    awardedDkk: amountDkkSchema.nullable(),
    leftDkk: amountDkkSchema.nullable(),
    /** Ballots by how many of the funded projects they chose, from none; null where ballots are withheld or none were counted. */
    fundedPerBallot: z.array(z.int()).nullable(),
    transcript: transcriptSchema.nullable(),
    tiesMet: z.array(tieSchema),
    /** What totals tell of the losers where ballots decided and the steps are withheld; empty elsewhere. */
    totalsReasons: z.array(totalsReasonSchema),
    knockOut: z.array(resultRoundSchema).nullable(),
    /** Danish; the minutes of a meeting that agreed on the amounts. */
    minutes: z.string().nullable(),
    other: otherRuleSchema.nullable(),
    /** True: fewer than 20 ballots, published as totals only. */
    isWithheld: z.boolean(),
    /** Why a meeting ended without a decision. */
    undecidedReason: z.string().nullable(),
    /** The published ballot file. */
    ballotFile: z.object({ url: z.string(), fileName: z.string(), sha256: z.string() }).nullable(),
    passedOn: z.array(passedOnSchema),
  })
  .meta({ id: 'DistrictResult' })
export type DistrictResult = z.infer<typeof districtResultSchema>

/** A formal decision about a result. A correction is a new record; the corrected one stays. */
export const decisionRecordSchema = z
  .object({
    decisionRecordId: z.uuid(),
    roundYear: z.int(),
    districtId: districtIdSchema.nullable(),
    /** The political body, for example Kommunalbestyrelsen. */
    body: z.string(),
    decidedOn: dateSchema,
    summary: z.string(),
    documentUrl: z.string().nullable(),
    correctsId: z.uuid().nullable(),
    /** The record that corrects this one. */
    correctedById: z.uuid().nullable(),
    authorName: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'DecisionRecord' })
export type DecisionRecord = z.infer<typeof decisionRecordSchema>
export const decisionRecordListSchema = z.object({ items: z.array(decisionRecordSchema) }).meta({ id: 'DecisionRecordList' })

/** The result of a round: counted here, or known from the sources of an earlier round. */
export const roundResultSchema = z
  .object({
    roundYear: z.int(),
    isDemo: z.boolean(),
    totalDkk: amountDkkSchema,
    source: z.enum(['count', 'record']),
    publishedAt: instantSchema.nullable(),
    setupSha256: z.string().nullable(),
    districts: z.array(districtResultSchema),
    decisions: z.array(decisionRecordSchema),
    /** Danish; where an earlier round is known from. */
    sources: z.string().nullable(),
  })
  .meta({ id: 'RoundResult' })
export type RoundResult = z.infer<typeof roundResultSchema>

/** What was counted, by which rule, step by step. */
export const transcriptFileSchema = z
  .object({
    format: z.literal('borgermillionen-transcript-1'),
    roundYear: z.int(),
    districtId: districtIdSchema,
    setupSha256: z.string(),
    decidedBy: decidedBySchema,
    rule: decisionRuleSchema.nullable(),
    tie: tieOrderSchema,
    minVotes: z.int(),
    step: z.int(),
    remainderOffer: z.boolean(),
    awards: z.array(awardSchema),
    tiesMet: z.array(tieSchema),
    transcript: transcriptSchema.nullable(),
    knockOut: z.array(resultRoundSchema).nullable(),
    /** Danish; the minutes of a meeting that agreed on the amounts. */
    minutes: z.string().nullable(),
    /** Results that followed because a winner could not be built, each without the projects it names. The count above stays as it was. */
    later: z.array(
      z.object({
        resultNumber: z.int(),
        withoutProjectIds: z.array(slugSchema),
        how: passedOnSchema.shape.how,
        awards: z.array(awardSchema),
        /** As in `passedOn`; null beside a transcript that was kept before 2026-12: then it may be one that was put aside. */
        scope: passOnScopeSchema.nullable(),
        tiesMet: z.array(tieSchema),
        transcript: transcriptSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'TranscriptFile' })
export type TranscriptFile = z.infer<typeof transcriptFileSchema>

const httpsUrl = personLine(12, RESULT_LIMITS.url).refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', {
  message: 'not-https',
})

export const newDecisionRecordSchema = z
  .object({
    districtId: districtIdSchema.nullable().default(null),
    body: personLine(2, RESULT_LIMITS.body),
    decidedOn: dateSchema,
    summary: personText(10, RESULT_LIMITS.summary),
    documentUrl: httpsUrl.nullable().default(null),
    /** The record this one puts right. */
    correctsId: z.uuid().nullable().default(null),
  })
  .meta({ id: 'NewDecisionRecord' })
export type NewDecisionRecord = z.infer<typeof newDecisionRecordSchema>

/** A proposal to pass a winner's money on. */
export const passOnSchema = z
  .object({
    passOnId: z.uuid(),
    districtId: districtIdSchema,
    projectId: slugSchema,
    projectTitle: z.string(),
    reason: z.string(),
    state: z.enum(['proposed', 'confirmed', 'withdrawn']),
    proposerName: z.string(),
    proposedAt: instantSchema,
    /** True: the person asking proposed it and may take it back, not confirm it. */
    isMine: z.boolean(),
    settlerName: z.string().nullable(),
    settledAt: instantSchema.nullable(),
    /** Where the money goes if it is confirmed, or went. */
    awardsAfter: z.array(awardSchema),
    leftDkk: amountDkkSchema,
    how: passedOnSchema.shape.how,
  })
  .meta({ id: 'PassOn' })
export type PassOn = z.infer<typeof passOnSchema>
export const passOnListSchema = z.object({ items: z.array(passOnSchema) }).meta({ id: 'PassOnList' })

export const newPassOnSchema = z
  .object({ districtId: districtIdSchema, projectId: slugSchema, reason: reasonSchema })
  .meta({ id: 'NewPassOn' })
export type NewPassOn = z.infer<typeof newPassOnSchema>
export const passOnParamSchema = z.object({ year: yearSchema, passOnId: z.uuid() })

export const districtParamSchema = z.object({ year: yearSchema, districtId: districtIdSchema })
export const ballotFileParamSchema = z.object({
  year: yearSchema,
  file: z
    .string()
    .max(44)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*\.pb$/)
    .meta({ example: 'maaloev.pb' }),
})

export const allocationProblem = defineProblems({
  /** The result is not published yet; `closesAt` says when the voting ends, where that is known. */
  'not-published': 404,
  /** Fewer than 20 ballots: totals are published, ballots are not. Or the district decided at a meeting, without a box. */
  'ballots-withheld': 404,
  /** The project has no award in the district's result as it stands. */
  'not-a-winner': 409,
  /** A proposal for this district waits for its second person. */
  'pass-on-open': 409,
  /** The proposal was confirmed or taken back already. */
  'pass-on-settled': 409,
  /** The record was corrected already; `correctedById` names the newer one. */
  'record-corrected': 409,
})
