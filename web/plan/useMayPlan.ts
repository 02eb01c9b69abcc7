import type { Role } from '../../server/kernel/roles.ts'
import { useSession } from '../lib/session.ts'

const PLANNERS: readonly Role[] = ['planner', 'organiser', 'admin']
const ORGANISERS: readonly Role[] = ['organiser', 'admin']
const MEETING_STAFF: readonly Role[] = ['planner', 'organiser', 'moderator', 'admin']

export interface PlanRights {
  /** Nobody knows yet who is here. */
  isUnknown: boolean
  personId: string | null
  mayPlan: boolean
  mayOrganise: boolean
  /** Works at a district's meeting: door desk, codes, paper. */
  mayRunMeetings: boolean
}

/** What the person here may do in the workspace. The server asks again; this only decides what is shown. */
export function useMayPlan(): PlanRights {
  const { isLoading, person } = useSession()
  return {
    isUnknown: isLoading,
    personId: person?.personId ?? null,
    mayPlan: person !== null && PLANNERS.includes(person.role),
    mayOrganise: person !== null && ORGANISERS.includes(person.role),
    mayRunMeetings: person !== null && MEETING_STAFF.includes(person.role),
  }
}
