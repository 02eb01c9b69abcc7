import { ApiProblem } from '../api.ts'
import { formatDistance, formatMoment } from '../format.ts'
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
  const opensAt = typeof body.opensAt === 'string' ? body.opensAt : null
  const exists = (key: string) => ready && i18n.exists(key, { ns: 'problems' })
  const key = closerKeys(kind, body).find((each) => exists(`${each}.title`)) ?? `kinds.${kind}`
  if (!exists(`${key}.title`)) return { title: shell('problem.title'), kept: '', todo: shell('problem.todo') }
  const values = {
    district: String(body.nearestDistrictName ?? ''),
    distance: typeof body.distanceM === 'number' ? formatDistance(body.distanceM, language) : '',
    opens: opensAt ? formatMoment(opensAt, language) : '',
    seconds: error instanceof ApiProblem ? (error.retryAfterS ?? 60) : 60,
    interpolation: { escapeValue: false },
  }
  return { title: t(`${key}.title`, values), kept: t(`${key}.kept`, values), todo: t(`${key}.todo`, values) }
}

/** Where the words for one case of a kind stand: a reason for which a place is refused, and what is closed because it is yet to open. */
function closerKeys(kind: string, body: ApiProblem['body']): string[] {
  if (kind === 'geometry-refused') return [`geometry.${body.errors?.[0]?.detail}`]
  const { state, opensAt } = body
  if (typeof opensAt === 'string' && (state === 'frozen' || Date.parse(opensAt) > Date.now())) return [`early.${kind}`]
  return []
}
