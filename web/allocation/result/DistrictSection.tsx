import { Link } from '@tanstack/react-router'
import { formatAmount, formatDate, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { Translate } from '../../lib/translate.ts'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import type { DistrictResult, RoundResult } from '../result.api.ts'
import { CountSteps } from './CountSteps.tsx'
import { FundedHistogram } from './FundedHistogram.tsx'
import { formalDecision } from './formalDecision.ts'
import { KnockOutSteps } from './KnockOutSteps.tsx'
import { OtherRule } from './OtherRule.tsx'
import { wordsOf } from './otherWords.ts'
import { PassedOnNotes } from './PassedOnNotes.tsx'
import { totalsSentence } from './reasonSentences.ts'
import { TrailPicture } from './TrailPicture.tsx'
import { TurnoutLine } from './TurnoutLine.tsx'

/** One district: what won for how much, what is left, how it was counted and why. */
export function DistrictSection({ district, result }: { district: DistrictResult; result: RoundResult }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const { districtId, name, shareDkk, projects, knockOut } = district
  const id = districtId ?? 'elsewhere'
  const titleOf = (projectId: string) => projects.find((one) => one.projectId === projectId)?.title ?? projectId
  return (
    <section className="bm-tally-district" id={id} aria-labelledby={`${id}-title`} data-bm-district={districtKey(districtId)}>
      <h2 id={`${id}-title`}>
        {districtId === null ? t('noDistrict') : <DistrictChip districtId={districtId} name={name ?? ''} />}
        {shareDkk === null ? null : <span className="bm-tally-share">{formatAmount(shareDkk, language)}</span>}
      </h2>
      <SplitBar district={district} />
      <Winners district={district} />
      {result.source === 'count' && district.awardedDkk ? <Standing decisions={result.decisions} districtId={districtId} /> : null}
      <Remainder district={district} />
      <PassedOnNotes district={district} titleOf={titleOf} />
      <TurnoutLine district={district} />
      <FundedHistogram district={district} titleOf={titleOf} />
      <Losers district={district} titleOf={titleOf} />
      <CountSteps district={district} titleOf={titleOf} />
      {knockOut ? <KnockOutSteps district={district} titleOf={titleOf} /> : null}
      {district.isWithheld ? <p className="bm-fine">{t('withheld')}</p> : null}
      {district.decidedBy === 'agreed-sharing' && !district.undecidedReason ? <Agreed minutes={district.minutes} /> : null}
      {district.undecidedReason ? (
        <p>
          {t('undecided')} <span lang="da">{district.undecidedReason}</span>
        </p>
      ) : null}
      {result.source === 'count' ? <OtherRule district={district} titleOf={titleOf} /> : null}
      <TrailPicture district={district} titleOf={titleOf} />
      {projects.length === 0 ? <p className="bm-unknown">{t('nothingKnown')}</p> : null}
    </section>
  )
}

/** The share as a bar: one piece per winner, what is left hatched. */
function SplitBar({ district: { projects, shareDkk, awardedDkk: given } }: { district: DistrictResult }) {
  // What was given is not known: a bar would say that nothing was.
  if (!shareDkk || given === null) return null
  const won = projects.filter(({ awardedDkk }) => awardedDkk)
  return (
    <div className="bm-split-bar" aria-hidden="true">
      {won.map(({ projectId, awardedDkk }) => (
        <span key={projectId} style={{ width: `${((awardedDkk ?? 0) / shareDkk) * 100}%` }} />
      ))}
    </div>
  )
}

/** Whether the awards are a promise still, or formally decided. */
function Standing({ decisions, districtId }: Pick<RoundResult, 'decisions'> & Pick<DistrictResult, 'districtId'>) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const decision = formalDecision(decisions, districtId)
  return (
    <p className="bm-fine">
      {decision === null ? t('decision.promise') : t('decision.formal', { date: formatDate(decision.decidedOn, language) })}
    </p>
  )
}

/** That the meeting agreed instead of voting, and what was written down of it. */
function Agreed({ minutes }: Pick<DistrictResult, 'minutes'>) {
  const { t } = useTranslation('result')
  return (
    <>
      <p className="bm-fine">{t('agreed')}</p>
      {minutes === null ? null : (
        <details className="bm-tally-steps">
          <summary>{t('minutes')}</summary>
          <p className="bm-text" lang="da">
            {minutes}
          </p>
        </details>
      )}
    </>
  )
}

function Winners({ district }: { district: DistrictResult }) {
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const { projects } = district
  const language = useLanguage()
  const won = projects.filter(({ outcome }) => outcome === 'won').toSorted((a, b) => (b.awardedDkk ?? 0) - (a.awardedDkk ?? 0))
  if (won.length === 0) return null
  return (
    <ol className="bm-tally-winners" aria-label={t('winners')}>
      {won.map(({ projectId, title, awardedDkk, votes, awardSource, note, mergedFrom }) => (
        <li key={projectId}>
          <Link to="/projekter/$id" params={{ id: projectId }} lang="da">
            {title}
          </Link>
          <strong>{formatAmount(awardedDkk, language)}</strong>
          <span className="bm-fine">
            {[
              votes === null ? null : t('votes', { count: votes }),
              awardSource === null || awardSource === 'count' ? null : t(`source.${awardSource}`),
            ]
              .filter(Boolean)
              .join(' · ')}
            {note && (votes !== null || awardSource) ? ' · ' : ''}
            {note ? <span lang="da">{note}</span> : null}
          </span>
          {mergedFrom.length > 0 ? (
            <span className="bm-fine">
              {t('merged', { count: mergedFrom.length })} <span lang="da">{mergedFrom.join(', ')}</span>
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function Losers({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const language = useLanguage()
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const { projects, transcript } = district
  // With a transcript every project stands in the table below, with its reason.
  if (transcript) return null
  return (['lost', 'unknown'] as const).map((outcome) => {
    const some = projects.filter((project) => project.outcome === outcome)
    return some.length === 0 ? null : (
      <div key={outcome} className="bm-tally-others">
        <h3>{t(outcome === 'lost' ? 'others' : 'unknownOnes')}</h3>
        <ul className="bm-notes">
          {some.map((project) => (
            <LoserLine
              key={project.projectId}
              project={project}
              words={t}
              reason={totalsSentence(district, project.projectId, { t, language, titleOf })}
            />
          ))}
        </ul>
      </div>
    )
  })
}

interface LoserProps {
  project: DistrictResult['projects'][number]
  words: Translate
  /** Where no steps are shown that tell. */
  reason: string | null
}

function LoserLine({ project, words: t, reason }: LoserProps) {
  const { projectId, title, votes, costDkk } = project
  const language = useLanguage()
  const facts = [votes === null ? null : t('votes', { count: votes }), costDkk === null ? null : formatAmount(costDkk, language)]
  return (
    <li>
      <Link to="/projekter/$id" params={{ id: projectId }} lang="da">
        {title}
      </Link>
      <span className="bm-fine"> {facts.filter(Boolean).join(' · ')}</span>
      {reason === null ? null : <p>{reason}</p>}
    </li>
  )
}

function Remainder({ district: { leftDkk, shareDkk, projects, leftGoesTo } }: { district: DistrictResult }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  if (leftDkk === null || shareDkk === null || projects.length === 0) return null
  const percent = formatNumber((leftDkk / shareDkk) * 100, language, 0)
  return (
    <p className="bm-tally-left">
      {leftDkk === 0 ? t('allSpent') : t('left', { amount: formatAmount(leftDkk, language), percent })}
      {leftDkk > 0 ? <span className="bm-fine"> {t(leftGoesTo === null ? 'leftWhere' : `leftTo.${leftGoesTo}`)}</span> : null}
    </p>
  )
}
