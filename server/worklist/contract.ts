import { z } from 'zod'
import {
  assessmentStateSchema,
  assignmentSchema,
  departmentSchema,
  occasionSchema,
  outcomeSchema,
  staffSchema,
} from '../assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../assessments/limits.ts'
import { bboxSchema } from '../ideas/contract.ts'
import { categorySchema } from '../kernel/categories.ts'
import { districtIdSchema, yearSchema } from '../kernel/ids.ts'
import { limitSchema } from '../kernel/page.ts'
import { defineProblems } from '../kernel/problem.ts'
import { verdictSchema } from '../kernel/severity.ts'
import { personLine } from '../kernel/text.ts'
import { dateSchema, instantSchema } from '../kernel/time.ts'

/** How far the work on an idea is: nobody has begun, or the state of its newest assessment. */
export const WORK_STATUSES = ['not-started', ...assessmentStateSchema.options] as const
export const workStatusSchema = z.enum(WORK_STATUSES)
export type WorkStatus = z.infer<typeof workStatusSchema>

const workFilterFields = {
  year: yearSchema,
  district: districtIdSchema.optional(),
  category: categorySchema.optional(),
  status: workStatusSchema.optional(),
  occasion: occasionSchema.optional().meta({ description: 'of the newest assessment, for example `appeal`' }),
  outcome: outcomeSchema.optional().meta({ description: 'of the latest decision' }),
  verdict: verdictSchema.or(z.literal('not-checked')).optional().meta({ description: 'of the latest check of the place' }),
  assignee: z
    .uuid()
    .or(z.enum(['me', 'nobody']))
    .optional(),
  department: departmentSchema.or(z.literal('none')).optional(),
  deadline: z.enum(['overdue', 'week']).optional().meta({ description: 'past, or within seven days; decided ideas are left out' }),
  notAssessedByMe: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: only ideas on whose assessment the person asking has not written' }),
  changed: z.enum(['true', 'false']).optional().meta({ description: 'true: only ideas changed since their assessment looked at them' }),
  settled: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: only ideas that are not taken forward or in a project; false: only the others' }),
  q: personLine(1, 200).optional(),
  bbox: bboxSchema.optional(),
}
export const workMapQuerySchema = z.object(workFilterFields)
export const workListQuerySchema = z.object({ ...workFilterFields, cursor: z.string().max(200).optional(), limit: limitSchema })
export type WorkFilter = Omit<z.infer<typeof workMapQuerySchema>, 'year'>

export const workItemSchema = z
  .object({
    ideaId: z.int(),
    title: z.string(),
    category: categorySchema,
    districtId: districtIdSchema,
    districtName: z.string(),
    labelPoint: z.tuple([z.number(), z.number()]),
    wishedAmountDkk: z.int().nullable(),
    createdAt: instantSchema,
    status: workStatusSchema,
    occasion: occasionSchema.nullable(),
    /** Its author has changed it since the newest assessment looked at it. */
    ideaChanged: z.boolean(),
    /** Of the latest decision. */
    outcome: outcomeSchema.nullable(),
    /** Of the latest check of the place; null when it was never checked. */
    verdict: verdictSchema.nullable(),
    isPartial: z.boolean().nullable(),
    /** Left with a public reason, or in a project that was not taken back; null while it is open what becomes of it. */
    settled: z.enum(['not-taken-forward', 'in-project']).nullable(),
    assignment: assignmentSchema,
  })
  .meta({ id: 'WorkItem' })
export type WorkItem = z.infer<typeof workItemSchema>

const load = { count: z.int(), openCount: z.int(), overdueCount: z.int() }

/** Who has how much: over the whole round, whatever is filtered. `open` is not decided. */
export const workCountsSchema = z
  .object({
    byAssignee: z.array(z.object({ assignee: staffSchema.nullable(), ...load })),
    byDepartment: z.array(z.object({ department: departmentSchema.nullable(), ...load })),
    byStatus: z.array(z.object({ status: workStatusSchema, count: z.int() })),
  })
  .meta({ id: 'WorkCounts' })
export type WorkCounts = z.infer<typeof workCountsSchema>

export const workPageSchema = z
  .object({ items: z.array(workItemSchema), next: z.string().nullable(), total: z.int().nullable(), counts: workCountsSchema.nullable() })
  .describe('`total` and `counts` come with the first page only')
  .meta({ id: 'WorkPage' })
export type WorkPage = z.infer<typeof workPageSchema>

/** Pins of everything that matches, for the map; at most 10,000. */
export const workFeatureCollectionSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    truncated: z.boolean(),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.int(),
        properties: z.object({
          ideaId: z.int(),
          title: z.string(),
          category: categorySchema,
          status: workStatusSchema,
          verdict: verdictSchema.nullable(),
          isOverdue: z.boolean(),
        }),
        geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }),
      }),
    ),
  })
  .meta({ id: 'WorkFeatureCollection' })

const deadlineSchema = dateSchema.refine((date) => date >= '2000-01-01' && date <= '2100-12-31', { message: 'year-out-of-range' })

/** What is not sent stays as it is; null takes it away. */
export const bulkAssignmentSchema = z
  .object({
    ideaIds: z.array(z.int().min(1).max(2_147_483_647)).min(1).max(ASSESSMENT_LIMITS.bulkIdeas),
    assigneeId: z.uuid().nullable().optional(),
    department: departmentSchema.nullable().optional(),
    deadline: deadlineSchema.nullable().optional(),
  })
  .meta({ id: 'BulkAssignment' })
export type BulkAssignment = z.infer<typeof bulkAssignmentSchema>

export const assignmentListSchema = z
  .object({ items: z.array(z.object({ ideaId: z.int(), assignment: assignmentSchema })) })
  .meta({ id: 'AssignmentList' })

export const worklistProblem = defineProblems({
  /** Nobody who may assess. */
  'assignee-unknown': 422,
  /** One or more of the ideas are not there; `errors` says which. Nothing was assigned. */
  'ideas-missing': 422,
  'nothing-to-assign': 422,
})
