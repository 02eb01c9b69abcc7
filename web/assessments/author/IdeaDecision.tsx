import { useQuery } from '@tanstack/react-query'
import type { Decision, PublicAssessment } from '../../../server/assessments/contract.ts'
import type { Idea } from '../../../server/ideas/contract.ts'
import { formatAmount, formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { publicAssessmentQuery, questionsQuery } from '../assessments.api.ts'
import { AppealForm } from './AppealForm.tsx'
import { ConsentQuestion } from './ConsentQuestion.tsx'
import { CorrectionForm } from './CorrectionForm.tsx'
import '../../ui/fields.css'
import './decision.css'

/** The municipality's answer on the idea's page: for everybody the outcome and its reason, for the author what they may do now. */
export function IdeaDecision({ idea }: { idea: Idea }) {
  const { data } = useQuery(publicAssessmentQuery(idea.ideaId))
  return (
    <>
      {idea.projects.map((project) =>
        project.consent && project.isActive ? <ConsentQuestion key={project.projectId} idea={idea} project={project} /> : null,
      )}
      {data?.decision ? <Answer idea={idea} assessment={data} decision={data.decision} /> : null}
    </>
  )
}

interface AnswerProps {
  idea: Idea
  assessment: PublicAssessment
  decision: Decision
}

function Answer({ idea, assessment, decision }: AnswerProps) {
  const { t } = useTranslation('decision')
  const { state, earlier, appeal, timeline, may } = assessment
  const { data: questions } = useQuery(questionsQuery)
  const language = useLanguage()
  return (
    <section className="bm-section bm-decision" aria-labelledby="decision">
      <h2 id="decision">{t('title')}</h2>
      <DecisionText decision={decision} />
      {state === 'reconsidered' ? <p className="bm-decision-note">{t('reconsidered')}</p> : null}
      {appeal ? <p className="bm-decision-note">{t(`appeal.${appeal.result}`, { date: formatDate(appeal.at, language) })}</p> : null}
      {may.correct ? (
        <CorrectionForm
          idea={idea}
          until={decision.correctUntil}
          questions={(questions?.items ?? []).filter(({ questionId }) => decision.correctable.includes(questionId))}
        />
      ) : null}
      {may.appeal ? <AppealForm ideaId={idea.ideaId} until={decision.appealUntil} /> : null}
      <details>
        <summary>{t('course')}</summary>
        <ol className="bm-idea-history">
          {timeline.map(({ kind, at, by, outcome, corrected }) => (
            <li key={`${at}${kind}`}>
              {t(`event.${kind}`)}
              {outcome ? `: ${t(`outcome.${outcome}`)}` : ''}
              {corrected.length > 0 ? `: ${corrected.map((field) => t(`corrected.${field}`)).join(', ')}` : ''}{' '}
              <span className="bm-soft-text">{t(`by.${by}`)}</span> <time dateTime={at}>{formatDate(at, language)}</time>
            </li>
          ))}
        </ol>
        {earlier.map((before) => (
          <div key={before.decidedAt} className="bm-decision-earlier">
            <h3>{t('earlier', { date: formatDate(before.decidedAt, language) })}</h3>
            <DecisionText decision={before} />
          </div>
        ))}
      </details>
    </section>
  )
}

function DecisionText({ decision }: { decision: Decision }) {
  const { t } = useTranslation('decision')
  const language = useLanguage()
  const { outcome, publicReason, sentences, decidedAt, totalDkk, runningCostDkkPerYear } = decision
  const facts = [
    totalDkk === null ? null : { term: t('total'), value: formatAmount(totalDkk, language) },
    runningCostDkkPerYear === null
      ? null
      : { term: t('running'), value: t('perYear', { amount: formatAmount(runningCostDkkPerYear, language) }) },
  ]
  return (
    <>
      <p className="bm-decision-outcome" data-outcome={outcome}>
        <strong>{t(`outcome.${outcome}`)}</strong> <time dateTime={decidedAt}>{formatDate(decidedAt, language)}</time>
      </p>
      {publicReason ? (
        <p className="bm-text" lang="da">
          {publicReason}
        </p>
      ) : null}
      {sentences.length > 0 ? (
        <ul className="bm-notes" lang="da">
          {sentences.map(({ questionId, text }) => (
            <li key={questionId}>{text}</li>
          ))}
        </ul>
      ) : null}
      <Facts items={facts.filter((fact) => fact !== null)} />
    </>
  )
}
