import { useId } from 'react'
import type { BallotLine } from '../../../server/elections/contract.ts'
import { announce } from '../../lib/announce.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { SetUpElection } from '../useVote.ts'
import { type Ballot, blockOf, type Marks, mostPoints, rivalsOf, toggled, withPoints } from './ballot.ts'
import { LinePicture } from './LinePicture.tsx'
import { LinePlace } from './LinePlace.tsx'

interface BallotCardProps {
  election: SetUpElection
  ballot: Ballot
  marks: Marks
  line: BallotLine
  onMark: (marks: Marks) => void
}

/** One project on the ballot. The whole card is its mark; what leads elsewhere lies above it. */
export function BallotCard(props: BallotCardProps) {
  const { election, ballot, marks, line } = props
  const id = useId()
  const isMarked = (marks[line.projectId] ?? 0) > 0
  return (
    <li className="bm-ballot-card" data-marked={isMarked || undefined} data-kind={ballot.kind === 'points' ? 'points' : 'mark'}>
      <div className="bm-ballot-card-head">
        {ballot.kind === 'points' ? <Title line={line} id={`${id}-title`} /> : <MarkBox {...props} id={id} />}
      </div>
      <div className="bm-ballot-card-body" id={`${id}-facts`}>
        <LineFacts line={line} />
        <Description line={line} />
        <LineNotes ballot={ballot} line={line} />
        <BlockedWhy ballot={ballot} marks={marks} line={line} />
      </div>
      <div className="bm-ballot-card-extras">
        <LinePicture year={election.roundYear} projectId={line.projectId} title={line.title} />
        <LinePlace year={election.roundYear} projectId={line.projectId} title={line.title} />
      </div>
      {ballot.kind === 'points' ? <PointStepper {...props} titleId={`${id}-title`} /> : null}
    </li>
  )
}

function Title({ line: { lineNumber, title }, id }: { line: BallotLine; id?: string }) {
  const { t } = useTranslation('voting')
  return (
    <span className="bm-ballot-title" id={id}>
      <span className="bm-ballot-number">
        <span className="bm-hidden">{t('choose.number', { number: '' })}</span>
        {lineNumber}
      </span>
      <span lang="da">{title}</span>
    </span>
  )
}

/** A tick or a dot of the browser's own. What is blocked can still be reached and says why. */
function MarkBox({ ballot, marks, line, onMark, id }: BallotCardProps & { id: string }) {
  const isMarked = (marks[line.projectId] ?? 0) > 0
  const why = useBlockedWhy(ballot, marks, line)
  return (
    <>
      <input
        id={id}
        type={ballot.kind === 'choose-one' ? 'radio' : 'checkbox'}
        name="ballot"
        checked={isMarked}
        aria-disabled={why !== null || undefined}
        aria-describedby={`${id}-facts`}
        onChange={() => (why === null ? onMark(toggled(ballot, marks, line)) : announce(why))}
      />
      <label htmlFor={id}>
        <Title line={line} />
      </label>
    </>
  )
}

function LineFacts({ line: { costDkk, runningCostDkkPerYear } }: { line: BallotLine }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  return (
    <dl className="bm-ballot-facts">
      <div>
        <dt>{t('choose.cost')}</dt>
        <dd>
          <strong>{formatAmount(costDkk, language)}</strong>
        </dd>
      </div>
      <div>
        <dt>{t('choose.running')}</dt>
        <dd>{formatAmount(runningCostDkkPerYear, language)}</dd>
      </div>
    </dl>
  )
}

const SHORT_TEXT = 240

function Description({ line: { description } }: { line: BallotLine }) {
  const { t } = useTranslation('voting')
  if (description.length <= SHORT_TEXT) {
    return (
      <p className="bm-text" lang="da">
        {description}
      </p>
    )
  }
  const cut = description.lastIndexOf(' ', SHORT_TEXT)
  return (
    <>
      <p className="bm-text" lang="da">
        {description.slice(0, cut)} …
      </p>
      <details className="bm-ballot-more">
        <summary>{t('choose.more')}</summary>
        <p className="bm-text" lang="da">
          {description}
        </p>
      </details>
    </>
  )
}

function LineNotes({ ballot, line }: { ballot: Ballot; line: BallotLine }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const least = line.smallestUsefulDkk
  const rivals = rivalsOf(ballot, line.projectId)
  if (least === null && rivals.length === 0) return null
  return (
    <ul className="bm-ballot-notes">
      {least === null ? null : (
        <li>{t(ballot.remainderOffer ? 'choose.lessRest' : 'choose.less', { amount: formatAmount(least, language) })}</li>
      )}
      {rivals.map(({ lineNumber, title, reason }) => (
        <li key={lineNumber}>{t('choose.rival', { number: lineNumber, title, reason })}</li>
      ))}
    </ul>
  )
}

function BlockedWhy({ ballot, marks, line }: Pick<BallotCardProps, 'ballot' | 'marks' | 'line'>) {
  const why = useBlockedWhy(ballot, marks, line)
  return why === null ? null : <p className="bm-ballot-blocked">{why}</p>
}

/** Why a project cannot be marked just now; null when it can. */
function useBlockedWhy(ballot: Ballot, marks: Marks, line: BallotLine): string | null {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const block = blockOf(ballot, marks, line)
  if (block === null) return null
  return block.reason === 'full'
    ? t('choose.full', { max: ballot.maxChoices })
    : t('choose.tooDear', { left: formatAmount(block.leftDkk, language) })
}

function PointStepper({ ballot, marks, line, onMark, titleId }: BallotCardProps & { titleId: string }) {
  const { t } = useTranslation('voting')
  const points = marks[line.projectId] ?? 0
  const give = (next: number) => onMark(withPoints(ballot, marks, line, next))
  const isMost = points >= mostPoints(ballot, marks, line)
  return (
    <fieldset className="bm-stepper" aria-labelledby={titleId}>
      <button
        type="button"
        aria-label={t('choose.fewer', { title: line.title })}
        aria-disabled={points === 0 || undefined}
        onClick={() => give(points - 1)}
      >
        −
      </button>
      <output>{t('choose.pointsOf', { count: points })}</output>
      <button
        type="button"
        aria-label={t('choose.further', { title: line.title })}
        aria-disabled={isMost || undefined}
        onClick={() => give(points + 1)}
      >
        +
      </button>
    </fieldset>
  )
}
