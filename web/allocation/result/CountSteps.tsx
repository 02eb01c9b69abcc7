import type { ProjectOutcome, StageRecord, TieReport } from '../../../server/allocation/rules/transcript.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { Translate } from '../../lib/translate.ts'
import type { DistrictResult } from '../result.api.ts'
import { EqualSharesRounds } from './EqualSharesRounds.tsx'
import { enoughSentence, reasonSentences, type Wording } from './reasonSentences.ts'
import { type TieFacts, tieFactsOf, tieSentence } from './tieSentences.ts'

type Named = { titleOf: (projectId: string) => string }

/** More ties than these are counted, not told. */
const SHOWN_TIES = 20

/** How the district was counted: the rule in words, every step, a reason for every project, ties. */
export function CountSteps({ district, titleOf }: { district: DistrictResult } & Named) {
  const { t } = useTranslation('result')
  const { transcript, rule, tie, minVotes, remainderOffer, tiesMet } = district
  if (transcript === null || rule === null) return null
  return (
    <details className="bm-tally-steps">
      <summary>{t('steps.open')}</summary>
      <p>
        {t(`rule.${rule}`)} {t(`tie.${tie}`)} {minVotes !== null && minVotes > 1 ? t('steps.minVotes', { count: minVotes }) : ''}{' '}
        {remainderOffer ? t('steps.remainderOffer') : ''}
      </p>
      {transcript.stages.map((stage, index) => (
        <Stage key={`${stage.kind}${String(index)}`} stage={stage} titleOf={titleOf} isFirst={index === 0} />
      ))}
      <ReasonList outcomes={transcript.projects} titleOf={titleOf} />
      <TieNotes ties={tiesMet as TieReport[]} titleOf={titleOf} facts={tieFactsOf(district)} />
    </details>
  )
}

/** One stage of a count. */
export function Stage({ stage, titleOf, isFirst }: { stage: StageRecord; isFirst: boolean } & Named) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  if (stage.kind === 'walk') return <WalkTable stage={stage} titleOf={titleOf} title={isFirst ? t('steps.walk') : t('steps.walkAfter')} />
  if (stage.kind === 'equal-shares') return <EqualSharesRounds stage={stage} titleOf={titleOf} />
  if (stage.kind === 'remainder') {
    const amount = formatAmount(stage.left, language)
    return (
      <p>{stage.projectId ? t('steps.remainder', { amount, title: titleOf(stage.projectId) }) : t('steps.remainderNobody', { amount })}</p>
    )
  }
  return null
}

/** The walk down the list, to be redone by hand: votes, cost, money before and after. */
function WalkTable({ stage, titleOf, title }: { stage: Extract<StageRecord, { kind: 'walk' }>; title: string } & Named) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const amount = (value: number) => formatAmount(value, language)
  return (
    <table className="bm-walk">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('walk.votes')}</th>
          <th scope="col">{t('walk.cost')}</th>
          <th scope="col">{t('walk.leftBefore')}</th>
          <th scope="col">{t('walk.leftAfter')}</th>
        </tr>
      </thead>
      {stage.lines.map(({ projectId, rank, votes, cost, leftBefore, leftAfter, verdict }) => (
        <tbody key={projectId} data-verdict={verdict.kind}>
          <tr>
            <th scope="rowgroup" colSpan={4}>
              {rank}. <span lang="da">{titleOf(projectId)}</span>
              <span className="bm-walk-verdict">{t(`verdict.${verdict.kind}`)}</span>
            </th>
          </tr>
          <tr>
            <td>{formatNumber(votes, language)}</td>
            <td>{amount(cost)}</td>
            <td>{amount(leftBefore)}</td>
            <td>{amount(leftAfter)}</td>
          </tr>
        </tbody>
      ))}
    </table>
  )
}

/** A reason for every project, as sentences; winners first. */
export function ReasonList({ outcomes, titleOf }: { outcomes: readonly ProjectOutcome[] } & Named) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const wording: Wording = { t, language, titleOf }
  const ordered = outcomes.toSorted((a, b) => Number(b.award !== null) - Number(a.award !== null) || b.votes - a.votes)
  return (
    <ul className="bm-tally-reasons" aria-label={t('reason.title')}>
      {ordered.map((outcome) => {
        const enough = enoughSentence(outcome, wording)
        return (
          <li key={outcome.projectId} data-won={outcome.award !== null}>
            <strong lang="da">{titleOf(outcome.projectId)}</strong>
            <span className="bm-fine">
              {' '}
              {t('votes', { count: outcome.votes })} · {formatAmount(outcome.cost, language)}
            </span>
            {reasonSentences(outcome, wording).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            {enough ? <p className="bm-fine">{enough}</p> : null}
          </li>
        )
      })}
    </ul>
  )
}

interface TieProps extends Named {
  ties: readonly TieReport[]
  /** Without them no cause is told where more than two were equal. */
  facts?: TieFacts | null
  words?: Translate
}

/** Ties that were met and how they fell, or that none was. */
export function TieNotes({ ties, titleOf, facts = null, words }: TieProps) {
  const { t: usual } = useTranslation('result')
  const language = useLanguage()
  const t = words ?? usual
  if (ties.length === 0) return <p className="bm-fine">{t('ties.none')}</p>
  const more = ties.length - SHOWN_TIES
  return (
    <>
      <h3>{t('ties.title')}</h3>
      <ul className="bm-notes">
        {ties.slice(0, SHOWN_TIES).map((tie) => (
          <li key={`${tie.stage}-${tie.fromRun}-${tie.step}-${tie.projects.join()}`}>
            {tieSentence(tie, { t, language, titleOf }, facts)}
          </li>
        ))}
        {more > 0 ? <li>{t('ties.more', { count: more })}</li> : null}
      </ul>
    </>
  )
}
