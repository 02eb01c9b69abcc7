import { z } from 'zod'
import { defineProblems } from '../kernel/problem.ts'
import { personLine } from '../kernel/text.ts'
import { ALT_TEXT_MAX, ALT_TEXT_MIN } from './limits.ts'

/** Widths every picture is offered in. @unit pixels */
export const PICTURE_WIDTHS = [320, 800, 1600] as const
export const PICTURE_FORMATS = ['avif', 'webp'] as const

export const altTextSchema = personLine(ALT_TEXT_MIN, ALT_TEXT_MAX)

/** `pending` until the job has made the variants; `failed` when the file could not be read after all. */
export const pictureSchema = z
  .object({
    pictureId: z.uuid(),
    status: z.enum(['pending', 'ready', 'failed']),
    altText: z.string(),
    /** Size of the upright original. @unit pixels */
    width: z.int(),
    height: z.int(),
    /** Variants in growing width; empty until `ready`. */
    variants: z.array(z.object({ width: z.int(), height: z.int(), format: z.enum(PICTURE_FORMATS), url: z.string() })),
  })
  .meta({ id: 'Picture' })
export type Picture = z.infer<typeof pictureSchema>

export const pictureIdParamSchema = z.object({ pictureId: z.uuid() })
export const altTextChangeSchema = z.object({ altText: altTextSchema }).meta({ id: 'AltTextChange' })

export const pictureProblem = defineProblems({
  'picture-too-large': 413,
  'picture-format': 415,
  'picture-unreadable': 422,
  'picture-too-many-pixels': 422,
  'alt-text-missing': 422,
  'too-many-pictures': 409,
  'picture-in-use': 409,
})
