import { z } from 'zod'
import { writtenNumber } from './writtenNumber.ts'

/** District id: the lower-case slug used in URLs, tables and data files, for example `ballerup-nord`. */
export const districtIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)
  .meta({ example: 'ballerup-nord' })

/** Year of a round: its public name and its key. */
export const yearSchema = writtenNumber(z.int().min(2000).max(2100)).meta({ example: 2018 })

/** Idea number as citizens say it ("idé 12"). */
export const ideaIdSchema = writtenNumber(z.int().min(1).max(2_147_483_647)).meta({ example: 12 })

/** Slug of a project or an installation, for example `2018-haren-i-aadalen`. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)
