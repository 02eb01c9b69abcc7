import { z } from 'zod'
import { electionStateSchema } from '../elections/contract.ts'
import { districtIdSchema, slugSchema, yearSchema } from '../kernel/ids.ts'
import { amountDkkSchema } from '../kernel/money.ts'
import { phaseSchema } from '../kernel/phases.ts'
import { dateSchema } from '../kernel/time.ts'

export const yearParamSchema = z.object({ year: yearSchema })

export const roundPhaseSchema = z.object({ phase: phaseSchema, startsOn: dateSchema, endsOn: dateSchema }).meta({ id: 'RoundPhase' })

/** How the round was run, as far as known. Unknown is null. Texts are Danish. */
export const roundRulesSchema = z
  .object({
    whoProposes: z.string().nullable(),
    whoDecides: z.string().nullable(),
    howDecided: z.string().nullable(),
    maxProjectsPerDistrict: z.int().nullable(),
    minimumAge: z.int().nullable(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'RoundRules' })

/** Meetings and votes the sources tell of. */
export const roundRecordSchema = z
  .object({
    proposalDeadline: dateSchema.nullable(),
    sources: z.string().nullable(),
    meetings: z.array(
      z.object({
        districtId: districtIdSchema,
        date: dateSchema.nullable(),
        place: z.string().nullable(),
        fromTime: z.string().nullable(),
        toTime: z.string().nullable(),
      }),
    ),
    ballots: z.array(
      z.object({
        districtId: districtIdSchema,
        round: z.int(),
        votes: z.array(z.object({ projectId: slugSchema, votes: z.int() })).nullable(),
        note: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'RoundRecord' })

export const roundSchema = z
  .object({
    year: z.int(),
    title: z.string().nullable(),
    theme: z.string(),
    description: z.string().nullable(),
    totalDkk: amountDkkSchema,
    isDemo: z.boolean(),
    /** Null when the round has no dated phases or today lies in none of them. */
    currentPhase: phaseSchema.nullable(),
    /** Whole days left of the current phase, today included; null without a current phase. */
    daysLeft: z.int().nullable(),
    phases: z.array(roundPhaseSchema),
    /** How far the round's vote is; null while it has none or one that is being prepared. */
    voteState: electionStateSchema.exclude(['draft']).nullable(),
    rules: roundRulesSchema,
    record: roundRecordSchema,
    ideaCount: z.int(),
    projectCount: z.int(),
  })
  .meta({ id: 'Round' })
export type Round = z.infer<typeof roundSchema>

export const roundListSchema = z.object({ items: z.array(roundSchema) }).meta({ id: 'RoundList' })

export const shareSchema = z
  .object({
    districtId: districtIdSchema,
    name: z.string(),
    /** People the share was computed from; null when unknown. */
    population: z.int().nullable(),
    /** True when the population was worked out from the published shares, not published itself. */
    populationIsDerived: z.boolean(),
    shareDkk: amountDkkSchema.nullable(),
    /** Sum of the awards known; null when one of the district's winners has an unknown award or nothing is known. */
    awardedDkk: amountDkkSchema.nullable(),
    remainderDkk: z.int().nullable(),
    ideaCount: z.int(),
  })
  .meta({ id: 'Share' })
export type Share = z.infer<typeof shareSchema>
export const shareListSchema = z.object({ items: z.array(shareSchema) }).meta({ id: 'ShareList' })
