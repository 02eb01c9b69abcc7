import { useId, useState } from 'react'
import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { AtMeeting } from '../AtMeeting.tsx'
import { PaperBallot } from './PaperBallot.tsx'
import './ballots.css'

/** `/plan/afstemning/moede/:districtId/stemmesedler`: numbered ballots for the printer, two on a sheet of A4. */
export function BallotSheetsPage() {
  return <AtMeeting title="ballots.title">{(desk) => <Sheets desk={desk} />}</AtMeeting>
}

const MOST = 400
const wholeOf = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : 0)

function Sheets({ desk }: { desk: MeetingDesk }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  const [first, setFirst] = useState('1')
  const [count, setCount] = useState('20')
  const [roundNumber, setRoundNumber] = useState(1)
  const isKnockOut = desk.decidedBy === 'knock-out'
  const from = Math.max(1, wholeOf(first))
  const many = Math.min(MOST, wholeOf(count))
  const numbers = Array.from({ length: many }, (_, index) => from + index)
  const lines = isKnockOut && roundNumber > 1 ? desk.lines.filter(({ projectId }) => desk.standing.includes(projectId)) : desk.lines
  const pages = Array.from({ length: Math.ceil(numbers.length / 2) }, (_, page) => numbers.slice(2 * page, 2 * page + 2))
  return (
    <>
      <section className="bm-meeting-card bm-ballots-bar">
        <p>{t('ballots.lead')}</p>
        <div className="bm-meeting-when">
          <div className="bm-field">
            <label htmlFor={`${id}-first`}>{t('ballots.first')}</label>
            <input
              id={`${id}-first`}
              className="bm-input"
              inputMode="numeric"
              value={first}
              onChange={(event) => setFirst(event.target.value)}
            />
          </div>
          <div className="bm-field">
            <label htmlFor={`${id}-count`}>{t('ballots.count', { most: MOST })}</label>
            <input
              id={`${id}-count`}
              className="bm-input"
              inputMode="numeric"
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
          </div>
          {isKnockOut ? (
            <div className="bm-field">
              <label htmlFor={`${id}-round`}>{t('ballots.round')}</label>
              <select
                id={`${id}-round`}
                className="bm-select"
                value={roundNumber}
                onChange={(event) => setRoundNumber(Number(event.target.value))}
              >
                {[1, 2, 3, 4, 5].map((number) => (
                  <option key={number} value={number}>
                    {t('knockOut.round', { number })}
                  </option>
                ))}
              </select>
            </div>
          ) : null}
        </div>
        <p className="bm-detail-actions">
          <Button look="main" className="bm-meeting-big" disabled={many === 0} onClick={() => window.print()}>
            {t('ballots.print', { count: many })}
          </Button>
        </p>
        <p className="bm-fine">{t('ballots.numbersHint')}</p>
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, it must scroll from the keyboard */}
      <section className="bm-ballots-sheets" tabIndex={0} aria-label={t('ballots.sheets')}>
        {pages.map((onPage) => (
          <div className="bm-ballots-page" key={onPage[0]}>
            {onPage.map((number) => (
              <PaperBallot key={number} desk={desk} lines={lines} number={number} roundNumber={isKnockOut ? roundNumber : null} />
            ))}
          </div>
        ))}
      </section>
    </>
  )
}
