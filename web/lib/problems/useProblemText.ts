import { ApiProblem } from '../api.ts'
import { formatDistance } from '../format.ts'
import { useLanguage, useTranslation } from '../i18n.ts'

export interface ProblemText {
  /** What happened. */
  title: string
  /** What is kept; empty when nothing could be lost. */
  kept: string
  /** What to do now. */
  todo: string
}

/** The words for a failure in the person's language. Speaks of the draft as kept, because it always is. */
export function useProblemText(error: unknown): ProblemText {
  const { t, i18n, ready } = useTranslation('problems', { useSuspense: false })
  const { t: shell } = useTranslation('shell')
  const language = useLanguage()
  const kind = error instanceof ApiProblem ? error.kind : 'internal-error'
  const body = error instanceof ApiProblem ? error.body : {}
  const reason = kind === 'geometry-refused' ? body.errors?.[0]?.detail : undefined
  const exists = (key: string) => ready && i18n.exists(key, { ns: 'problems' })
  const key = reason && exists(`geometry.${reason}.title`) ? `geometry.${reason}` : `kinds.${kind}`
  if (!exists(`${key}.title`)) return { title: shell('problem.title'), kept: '', todo: shell('problem.todo') }
  const values = {
    district: String(body.nearestDistrictName ?? ''),
    distance: typeof body.distanceM === 'number' ? formatDistance(body.distanceM, language) : '',
    seconds: error instanceof ApiProblem ? (error.retryAfterS ?? 60) : 60,
    interpolation: { escapeValue: false },
  }
  return { title: t(`${key}.title`, values), kept: t(`${key}.kept`, values), todo: t(`${key}.todo`, values) }
}
