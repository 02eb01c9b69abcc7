import type { Idea } from '../../server/ideas/contract.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'

/** What happened to the idea, oldest first. */
export function IdeaHistory({ history }: { history: Idea['history'] }) {
  const { t } = useTranslation('idea')
  const language = useLanguage()
  return (
    <section className="bm-section" aria-labelledby="history">
      <h2 id="history">{t('history.title')}</h2>
      <ol className="bm-idea-history">
        {history.map((event) => (
          <li key={`${event.at}${event.kind}`}>
            <span>{t(`history.${event.kind}`)}</span> <time dateTime={event.at}>{formatDate(event.at, language)}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}
