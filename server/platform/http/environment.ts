import type { Role } from '../../kernel/roles.ts'
import type { Log } from '../log.ts'

/** Who the request's session belongs to. */
export interface SessionPerson {
  personId: string
  displayName: string
  role: Role
  districtId: string | null
  csrfToken: string
  /** Stands for the person on the roll, keyed; null where the issuer did not tell who that is. */
  voterKey: Buffer | null
  /** At the sign-in; null where the issuer does not tell. @unit years */
  ageYears: number | null
  expiresAt: Date
}

/** What middleware puts into Hono's context. */
export interface AppEnv {
  Variables: {
    person: SessionPerson | null
    requestId: string
    /** Keyed hash of the client's address prefix. */
    addressKey: string
    log: Log
    /** The request leaves no line of its own: its time would stand beside what it did. */
    leavesNoLine?: boolean
  }
}
