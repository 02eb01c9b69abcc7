import { useQuery } from '@tanstack/react-query'
import type { CheckResult } from '../../server/feasibility/contract.ts'
import { useLanguage } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { checkQuery, type Question } from './feasibility.api.ts'
import { useSteady } from './useSteady.ts'

/** While a pin is dragged the server is asked four times a second at most. */
const EVERY_MS = 250

export interface Checked {
  result: CheckResult | undefined
  error: Error | null
  /** The answer shown belongs to the place before. */
  isOld: boolean
  retry: () => void
}

/** The answer for a place, asked anew while it moves; `null` asks nothing. */
export function useCheck(question: Question): Checked {
  const language = useLanguage()
  const { csrfToken, isLoading } = useSession()
  const asked = useSteady(question, EVERY_MS)
  const query = checkQuery(asked, language, csrfToken)
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...query, enabled: asked.geometry !== null && !isLoading })
  const isWaiting = JSON.stringify(asked) !== JSON.stringify(question)
  return {
    result: question.geometry === null ? undefined : data,
    error: isWaiting ? null : error,
    isOld: isPlaceholderData || isWaiting,
    retry: () => void refetch(),
  }
}
