import type { Role } from '../../kernel/roles.ts'
import type { Log } from '../log.ts'

/** Who the request's session belongs to. */
export interface SessionPerson {
  personId: string
  displayName: string
  role: Role
  districtId: string | null
  csrfToken: string
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
  }
}
