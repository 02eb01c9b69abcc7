import { type FormEvent, useId, useState } from 'react'
import type { RoundMethod } from '../../../server/meetings/contract.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AtMeeting } from '../AtMeeting.tsx'
import type { EveningDesk, MeetingKey } from '../meetings.api.ts'
import { type Doing, useDoing } from '../useMeeting.ts'

/** `/plan/afstemning/moede/:districtId/doer`: whoever stands at the door, with a phone in one hand. */
export function DoorPage() {
  return <AtMeeting title="door.title">{(desk, key) => <Door desk={desk} meetingKey={key} />}</AtMeeting>
}

const MOST = 500

function Door({ desk, meetingKey }: { desk: EveningDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const doing = useDoing(meetingKey)
  const [means, setMeans] = useState<RoundMethod | undefined>(desk.means[0])
  const [asked, setAsked] = useState<{ rollNumber?: string; people: number } | null>(null)
  const [done, setDone] = useState<{ means: RoundMethod; people: number } | null>(null)
  if (desk.meeting.state !== 'open') return <EmptyState title={t(`state.${desk.meeting.state}`)} text={t('door.notOpen')} />
  if (means === undefined) return <EmptyState title={t('knockOut.noMeans')} />
  async function letIn() {
    if (asked === null || means === undefined) return
    setAsked(null)
    setDone(null)
    if (await doing.act((actions) => actions.letIn({ means, ...asked }), t(`door.give.${means}`, { count: asked.people })))
      setDone({ means, people: asked.people })
  }
  return (
    <div className="bm-door">
      <Totals desk={desk} />
      <fieldset className="bm-meeting-means">
        <legend>{t('door.means')}</legend>
        {desk.means.map((one) => (
          <label key={one} className="bm-meeting-radio">
            <input type="radio" name="means" checked={one === means} onChange={() => setMeans(one)} />
            <span>{t(`means.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <DoorForm key={done ? `${desk.admissions.map(({ people }) => people).join()}` : 'first'} desk={desk} doing={doing} onAsk={setAsked} />
      <div role="status">
        {done ? (
          <p className="bm-door-done">
            <strong>{t('door.in')}</strong> {t(`door.give.${done.means}`, { count: done.people })}
          </p>
        ) : null}
      </div>
      {doing.error ? <ErrorState error={doing.error} /> : null}
      {asked ? (
        <Dialog
          title={asked.rollNumber ? t('door.askNumber', { number: asked.rollNumber }) : t('door.askPeople', { count: asked.people })}
          onClose={() => setAsked(null)}
        >
          <p>{t('door.askText', { count: asked.people })}</p>
          <div className="bm-dialog-actions">
            <Button look="main" className="bm-meeting-big" onClick={() => void letIn()}>
              {t('door.yes')}
            </Button>
            <Button className="bm-meeting-big" onClick={() => setAsked(null)}>
              {t('cancel')}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  )
}

interface DoorFormProps {
  desk: EveningDesk
  doing: Doing
  onAsk: (asked: { rollNumber?: string; people: number }) => void
}

/** Everybody's number where one can vote at home too or there is a list; elsewhere how many come in together. */
function DoorForm({ desk, doing, onAsk }: DoorFormProps) {
  const { t } = useTranslation('meetings')
  const [rollNumber, setRollNumber] = useState('')
  const [people, setPeople] = useState(1)
  const number = rollNumber.trim()
  const isByNumber = desk.hasRoll || desk.isVotedAtHome
  const isReady = (isByNumber ? number.length > 0 : people >= 1 && people <= MOST) && !doing.isBusy
  function ask(event: FormEvent) {
    event.preventDefault()
    if (!isReady) return
    doing.forget()
    onAsk(isByNumber ? { rollNumber: number, people: 1 } : { people })
  }
  return (
    <form className="bm-door-form" onSubmit={ask}>
      <p>{t('door.who', { district: desk.meeting.districtName, age: desk.minAgeMeeting })}</p>
      {isByNumber ? (
        <NumberField hasRoll={desk.hasRoll} value={rollNumber} onChange={setRollNumber} />
      ) : (
        <PeopleField people={people} onChange={setPeople} />
      )}
      <Button look="main" className="bm-meeting-big" type="submit" disabled={!isReady}>
        {t(isByNumber ? 'door.tick' : 'door.letIn')}
      </Button>
    </form>
  )
}

function NumberField({ hasRoll, value, onChange }: { hasRoll: boolean; value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  return (
    <div className="bm-field">
      <label htmlFor={id}>{t(hasRoll ? 'door.number' : 'door.ownNumber')}</label>
      <span className="bm-field-hint" id={`${id}-hint`}>
        {t(hasRoll ? 'door.numberHint' : 'door.ownNumberHint')}
      </span>
      <input
        id={id}
        className="bm-input bm-door-number"
        autoComplete="off"
        maxLength={40}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

function PeopleField({ people, onChange }: { people: number; onChange: (people: number) => void }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  return (
    <div className="bm-field">
      <label htmlFor={id}>{t('door.people')}</label>
      <div className="bm-door-stepper">
        <Button aria-label={t('door.fewer')} disabled={people <= 1} onClick={() => onChange(people - 1)}>
          −
        </Button>
        <input
          id={id}
          className="bm-input bm-door-number"
          inputMode="numeric"
          value={people}
          onChange={(event) => onChange(Math.min(MOST, Number(event.target.value.replaceAll(/\D/g, '')) || 0))}
        />
        <Button aria-label={t('door.more')} disabled={people >= MOST} onClick={() => onChange(people + 1)}>
          +
        </Button>
      </div>
    </div>
  )
}

function Totals({ desk }: { desk: EveningDesk }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const shown = desk.admissions.filter(({ means, people }) => people > 0 || desk.means.includes(means))
  const total = shown.reduce((sum, { people }) => sum + people, 0)
  return (
    <dl className="bm-door-totals">
      <div>
        <dt>{t('door.total')}</dt>
        <dd>{formatNumber(total, language)}</dd>
      </div>
      {shown.map(({ means, people }) => (
        <div key={means}>
          <dt>{t(`means.${means}`)}</dt>
          <dd>{formatNumber(people, language)}</dd>
        </div>
      ))}
    </dl>
  )
}
