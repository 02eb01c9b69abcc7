import type { ProjectOutcome, StageRecord, TieReport, Transcript } from '../../../server/allocation/rules/transcript.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { Translate } from '../../lib/translate.ts'
import type { DistrictResult } from '../result.api.ts'
import { EqualSharesRounds } from './EqualSharesRounds.tsx'
import { wordsOf } from './otherWords.ts'
import { enoughSentence, reasonSentences, type Wording } from './reasonSentences.ts'
import { type TieFacts, tieFactsOf, tieSentence } from './tieSentences.ts'

interface Named {
  titleOf: (projectId: string) => string
  /** Other words than the usual, for example of points instead of votes. */
  words?: Translate | undefined
}

/** More ties than these are counted, not told. */
const SHOWN_TIES = 20

/** How the district was counted: the rule in words, every step, a reason for every project, ties. */
export function CountSteps({ district, titleOf }: { district: DistrictResult } & Named) {
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const { transcript, rule, tiesMet, passedOn } = district
  if (rule === null) return null
  const [passed] = passedOn
  const facts = tieFactsOf(district)
  const ties = tiesMet as TieReport[]
  return (
    <details className="bm-tally-steps">
      <summary>{passed === undefined ? t('steps.open') : t('steps.openBefore', { title: titleOf(passed.projectId) })}</summary>
      <RuleWords district={district} rule={rule} words={t} />
      {transcript === null ? (
        <TieNotes ties={ties} facts={facts} titleOf={titleOf} words={t} />
      ) : (
        <TranscriptSteps transcript={transcript} ties={ties} facts={facts} titleOf={titleOf} words={t} />
      )}
    </details>
  )
}

function RuleWords({ district, rule, words: t }: { district: DistrictResult; rule: string; words: Translate }) {
  const { tie, minVotes, remainderOffer } = district
  return (
    <p>
      {t(`rule.${rule}`)} {t(`tie.${tie}`)} {minVotes !== null && minVotes > 1 ? t('steps.minVotes', { count: minVotes }) : ''}{' '}
      {remainderOffer ? t('steps.remainderOffer') : ''}
    </p>
  )
}

/** Every step of a count, a reason for every project, and its ties. */
export function TranscriptSteps({ transcript, ...rest }: { transcript: Transcript } & TieProps) {
  return (
    <>
      {transcript.stages.map((stage, index) => (
        <Stage key={`${stage.kind}${String(index)}`} stage={stage} isFirst={index === 0} titleOf={rest.titleOf} words={rest.words} />
      ))}
      <ReasonList outcomes={transcript.projects} titleOf={rest.titleOf} words={rest.words} />
      <TieNotes {...rest} />
    </>
  )
}

/** One stage of a count. */
export function Stage({ stage, titleOf, isFirst, words }: { stage: StageRecord; isFirst: boolean } & Named) {
  const { t: usual } = useTranslation('result')
  const language = useLanguage()
  const t = words ?? usual
  if (stage.kind === 'walk') {
    return <WalkTable stage={stage} titleOf={titleOf} words={t} title={isFirst ? t('steps.walk') : t('steps.walkAfter')} />
  }
  if (stage.kind === 'equal-shares') return <EqualSharesRounds stage={stage} titleOf={titleOf} words={t} />
  if (stage.kind === 'remainder') {
    const amount = formatAmount(stage.left, language)
    return (
      <p>{stage.projectId ? t('steps.remainder', { amount, title: titleOf(stage.projectId) }) : t('steps.remainderNobody', { amount })}</p>
    )
  }
  return null
}

/** The walk down the list, to be redone by hand: votes, cost, money before and after. */
function WalkTable({
  stage,
  titleOf,
  title,
  words: t,
}: { stage: Extract<StageRecord, { kind: 'walk' }>; title: string; words: Translate } & Named) {
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
export function ReasonList({ outcomes, titleOf, words }: { outcomes: readonly ProjectOutcome[] } & Named) {
  const { t: usual } = useTranslation('result')
  const language = useLanguage()
  const t = words ?? usual
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
