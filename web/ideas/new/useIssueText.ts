import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { FieldIssue } from './steps.ts'

/** The sentence of an issue. Reasons of a refused geometry have their words among the problems. */
export function useIssueText(): (issue: FieldIssue) => string {
  const { t, i18n } = useTranslation(['newIdea', 'problems'])
  const language = useLanguage()
  return ({ text, values = {} }) => {
    const shown = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value, language) : value]),
    )
    if (!text.startsWith('reason.')) return t(`issue.${text}`, shown)
    const reason = text.slice('reason.'.length)
    const key = i18n.exists(`geometry.${reason}.title`, { ns: 'problems' }) ? `geometry.${reason}` : 'kinds.geometry-refused'
    return `${t(`${key}.title`, { ns: 'problems' })} ${t(`${key}.todo`, { ns: 'problems' })}`
  }
}
