import { z } from 'zod'
import { districtIdSchema } from '../kernel/ids.ts'
import { defineProblems } from '../kernel/problem.ts'
import { roleSchema } from '../kernel/roles.ts'

/** Who is signed in, as the page may know it. `csrfToken` goes into the header `X-CSRF-Token` of every write. */
export const sessionSchema = z
  .object({
    person: z
      .object({
        personId: z.uuid(),
        displayName: z.string(),
        role: roleSchema,
        districtId: districtIdSchema.nullable(),
      })
      .nullable(),
    csrfToken: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    /** True when the sign-in page offers invented test people. */
    isTestSignIn: z.boolean(),
  })
  .meta({ id: 'Session' })
export type SessionBody = z.infer<typeof sessionSchema>

/** Where a sign-in begins: the page to come back to (a path of this site) and the language of the identity provider's page. */
export const signInQuerySchema = z.object({
  returnTo: z.string().optional().meta({ example: '/ideer/ny' }),
  lang: z.enum(['da', 'en']).optional(),
})

export const accountProblem = defineProblems({
  'sign-in-failed': 400,
  'sign-in-expired': 400,
  'identity-provider-away': 503,
})
