import { lazy, Suspense, useId, useState } from 'react'
import { announce } from '../../lib/announce.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import { type SetUpElection, useBooth } from '../useVote.ts'
import { BallotCard } from './BallotCard.tsx'
import { BallotMeter } from './BallotMeter.tsx'
import { type Ballot, type Marks, markedLines } from './ballot.ts'
import { boothStore } from './boothStore.ts'
import { meterText } from './meterText.ts'
import { Quietly } from './Quietly.tsx'
import './ballot.css'

// The little map is a drawing, not the map library; it comes after the projects, and the ballot does without it.
const PlaceMap = lazy(async () => ({ default: (await import('./PlaceMap.tsx')).PlaceMap }))

interface ChooseStepProps {
  election: SetUpElection
  ballot: Ballot
  marks: Marks
  onMark: (marks: Marks) => void
  onNext: () => void
}

/** The ballot paper: what is to be shared, how to choose, and the projects. */
export function ChooseStep({ election, ballot, marks, onMark, onNext }: ChooseStepProps) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const howId = useId()
  const [isAskingBlank, setIsAskingBlank] = useState(false)
  const mark = (next: Marks) => {
    onMark(next)
    announce(meterText(t, language, ballot, next))
  }
  const isBlank = markedLines(ballot, marks).length === 0
  return (
    <div className="bm-ballot" data-bm-district={districtKey(ballot.districtId)}>
      <BallotHead election={election} ballot={ballot} howId={howId} />
      <fieldset aria-describedby={howId}>
        <legend>
          <h2>{t('choose.legend', { district: ballot.name })}</h2>
        </legend>
        <ol className="bm-ballot-cards">
          {ballot.lines.map((line) => (
            <BallotCard key={line.projectId} election={election} ballot={ballot} marks={marks} line={line} onMark={mark} />
          ))}
        </ol>
      </fieldset>
      {ballot.kind === 'choose-one' && !isBlank ? (
        <p>
          <Button onClick={() => mark({})}>{t('choose.clear')}</Button>
        </p>
      ) : null}
      <Quietly>
        <Suspense fallback={null}>
          <PlaceMap year={election.roundYear} ballot={ballot} marks={marks} />
        </Suspense>
      </Quietly>
      <KeepChoice />
      <div className="bm-ballot-bar">
        <BallotMeter ballot={ballot} marks={marks} />
        <Button look="main" onClick={() => (isBlank ? setIsAskingBlank(true) : onNext())}>
          {t('choose.next')}
        </Button>
      </div>
      {isAskingBlank ? <BlankQuestion onClose={() => setIsAskingBlank(false)} onBlank={onNext} /> : null}
    </div>
  )
}

function BallotHead({ election: { setup }, ballot, howId }: { election: SetUpElection; ballot: Ballot; howId: string }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const { districtId, name, shareDkk, roundNumber, kind, maxChoices, points, pointsPerProject, rule } = ballot
  const share = formatAmount(shareDkk, language)
  const intro = language === 'en' && setup.introEn ? setup.introEn : setup.introDa
  const how = roundNumber > 0 ? 'knockOut' : kind
  return (
    <header className="bm-ballot-head" data-bm-district={districtKey(districtId)}>
      <h1>{t(roundNumber > 0 ? 'choose.titleRound' : 'choose.title', { district: name, round: roundNumber })}</h1>
      {intro && roundNumber === 0 ? (
        <p className="bm-text" lang={language === 'en' && setup.introEn ? 'en' : 'da'}>
          {intro}
        </p>
      ) : null}
      <p className="bm-ballot-share">
        <strong>{t('choose.share', { share })}</strong> <span>{t('choose.shareText')}</span>
      </p>
      <p id={howId} className="bm-ballot-how">
        {t(`choose.how.${how}`, { count: maxChoices, share, points, each: pointsPerProject })}
      </p>
      {roundNumber > 0 ? null : <p className="bm-fine">{t(rule.startsWith('mes') ? 'choose.count.equal' : 'choose.count.greedy')}</p>}
    </header>
  )
}

/** Own device or shared one: only the voter knows. */
function KeepChoice() {
  const { t } = useTranslation('voting')
  const { keepsWhenAway } = useBooth()
  const id = useId()
  return (
    <div className="bm-ballot-keep">
      <input
        id={id}
        type="checkbox"
        checked={keepsWhenAway}
        aria-describedby={`${id}-text`}
        onChange={(event) => boothStore().keepWhenAway(event.target.checked)}
      />
      <label htmlFor={id}>{t('choose.keep')}</label>
      <p id={`${id}-text`}>{t('choose.keepText')}</p>
    </div>
  )
}

function BlankQuestion({ onClose, onBlank }: { onClose: () => void; onBlank: () => void }) {
  const { t } = useTranslation('voting')
  return (
    <Dialog title={t('blank.title')} onClose={onClose}>
      <p>{t('blank.text')}</p>
      <div className="bm-dialog-actions">
        <Button look="main" onClick={onClose}>
          {t('blank.back')}
        </Button>
        <Button onClick={onBlank}>{t('blank.go')}</Button>
      </div>
    </Dialog>
  )
}
