import { Link } from '@tanstack/react-router'
import type { Project, ProjectIdea } from '../../server/projects/contract.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'

/** The ideas a project was made of, and what happened to it. Projects of earlier rounds have neither. */
export function ProjectTrace({ project: { ideas, history } }: { project: Project }) {
  const { t } = useTranslation('projects')
  return (
    <>
      {ideas.length > 0 ? (
        <section className="bm-section" aria-labelledby="ideas">
          <h2 id="ideas">{t('ideas.title')}</h2>
          <ul className="bm-notes">
            {ideas.map((idea) => (
              <IdeaLine key={idea.ideaId} idea={idea} />
            ))}
          </ul>
        </section>
      ) : null}
      {history.length > 0 ? <ProjectHistory history={history} /> : null}
    </>
  )
}

function IdeaLine({ idea: { ideaId, title, role, isActive, isWithdrawn } }: { idea: ProjectIdea }) {
  const { t } = useTranslation('projects')
  const note = role === 'in-favour' ? 'inFavour' : !isActive ? 'parted' : isWithdrawn ? 'withdrawn' : null
  return (
    <li>
      <Link to="/ideer/$id" params={{ id: String(ideaId) }}>
        {title}
      </Link>
      {note ? <span className="bm-soft"> ({t(`ideas.${note}`)})</span> : null}
    </li>
  )
}

function ProjectHistory({ history }: { history: Project['history'] }) {
  const { t } = useTranslation('projects')
  const language = useLanguage()
  return (
    <section className="bm-section" aria-labelledby="history">
      <h2 id="history">{t('history.title')}</h2>
      <ol className="bm-notes">
        {history.map(({ kind, at, ideaId, reason }) => (
          <li key={`${at}${kind}${ideaId}`}>
            <span>{t(`history.${kind}`, { id: ideaId ?? '' })}</span> <time dateTime={at}>{formatDate(at, language)}</time>
            {reason ? <p className="bm-soft">{t('reason', { reason })}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
