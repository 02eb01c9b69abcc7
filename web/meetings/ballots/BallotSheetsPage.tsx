import { useEffect, useId, useState } from 'react'
import type { BallotNumbers, MeetingDesk } from '../../../server/meetings/contract.ts'
import { MEETING_LIMITS } from '../../../server/meetings/limits.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AtDistrict } from '../AtMeeting.tsx'
import type { MeetingKey } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'
import { PaperBallot } from './PaperBallot.tsx'
import './ballots.css'

/** `/plan/afstemning/moede/:districtId/stemmesedler`: numbered ballots for the printer, two on a sheet of A4. */
export function BallotSheetsPage() {
  return <AtDistrict title="ballots.title">{(desk, key) => <Sheets desk={desk} meetingKey={key} />}</AtDistrict>
}

const ROUNDS = [1, 2, 3, 4, 5, 6]
const wholeOf = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : 0)

function Sheets({ desk, meetingKey }: { desk: MeetingDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const { act, error, isBusy } = useDoing(meetingKey)
  const [count, setCount] = useState('20')
  const [roundNumber, setRoundNumber] = useState(desk.decidedBy === 'knock-out' ? 1 : 0)
  const [taken, setTaken] = useState<BallotNumbers | null>(null)
  const many = Math.min(MEETING_LIMITS.ballots, wholeOf(count))
  // Numbers are taken once; only then is there anything on the sheets to print.
  useEffect(() => {
    if (taken) window.print()
  }, [taken])
  const take = () => act(async ({ numberBallots }) => setTaken(await numberBallots({ count: many, roundNumber })))
  return (
    <>
      <section className="bm-meeting-card bm-ballots-bar">
        <p>{t('ballots.lead')}</p>
        {taken ? (
          <p role="status">{t('ballots.taken', { first: taken.firstNumber, last: taken.lastNumber })}</p>
        ) : (
          <div className="bm-meeting-when">
            <CountField value={count} onChange={setCount} />
            {desk.decidedBy === 'knock-out' ? <RoundField value={roundNumber} onChange={setRoundNumber} /> : null}
          </div>
        )}
        {error ? <ErrorState error={error} /> : null}
        <p className="bm-detail-actions">
          {taken ? (
            <>
              <Button look="main" className="bm-meeting-big" onClick={() => window.print()}>
                {t('ballots.again')}
              </Button>
              <Button onClick={() => setTaken(null)}>{t('ballots.more')}</Button>
            </>
          ) : (
            <Button look="main" className="bm-meeting-big" disabled={many === 0 || isBusy} onClick={take}>
              {t('ballots.print', { count: many })}
            </Button>
          )}
        </p>
        <p className="bm-fine">{t(taken ? 'ballots.numbersHint' : 'ballots.preview')}</p>
      </section>
      <Pages desk={desk} taken={taken} roundNumber={roundNumber} />
    </>
  )
}

/** The sheets with the numbers taken; before that what a ballot will look like, which no printer prints. */
function Pages({ desk, taken, roundNumber }: { desk: MeetingDesk; taken: BallotNumbers | null; roundNumber: number }) {
  const { t } = useTranslation('meetings')
  const numbers = taken ? Array.from({ length: taken.lastNumber - taken.firstNumber + 1 }, (_, index) => taken.firstNumber + index) : [null]
  const lines = roundNumber > 1 ? desk.lines.filter(({ projectId }) => desk.standing.includes(projectId)) : desk.lines
  const pages = Array.from({ length: Math.ceil(numbers.length / 2) }, (_, page) => numbers.slice(2 * page, 2 * page + 2))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, it must scroll from the keyboard
    <section className="bm-ballots-sheets" data-preview={taken === null || undefined} tabIndex={0} aria-label={t('ballots.sheets')}>
      {pages.map((onPage) => (
        <div className="bm-ballots-page" key={onPage[0]}>
          {onPage.map((number) => (
            <PaperBallot key={number} desk={desk} lines={lines} number={number} roundNumber={roundNumber || null} />
          ))}
        </div>
      ))}
    </section>
  )
}

function CountField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  return (
    <div className="bm-field">
      <label htmlFor={id}>{t('ballots.count', { most: MEETING_LIMITS.ballots })}</label>
      <input id={id} className="bm-input" inputMode="numeric" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

function RoundField({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  return (
    <div className="bm-field">
      <label htmlFor={id}>{t('ballots.round')}</label>
      <select id={id} className="bm-select" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {ROUNDS.map((number) => (
          <option key={number} value={number}>
            {t('knockOut.round', { number })}
          </option>
        ))}
      </select>
    </div>
  )
}
