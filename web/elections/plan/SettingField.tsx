import { useId } from 'react'
import type { Channel, DistrictSettings } from '../../../server/elections/contract.ts'
import type { DraftDistrictSettings } from '../../../server/elections/rules/settings.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { BALLOT_KINDS, CHANNELS, DECIDED_BY, DECISION_RULES, ELIGIBILITIES, LEFT_GOES_TO, TIE_ORDERS, wordKey } from '../electionWords.ts'
import { MomentField } from '../MomentField.tsx'
import { NumberField } from '../NumberField.tsx'

export type SettingName = keyof DistrictSettings

const SELECTS: Partial<Record<SettingName, readonly string[]>> = {
  decidedBy: DECIDED_BY,
  ballotKind: BALLOT_KINDS,
  rule: DECISION_RULES,
  tie: TIE_ORDERS,
  eligibility: ELIGIBILITIES,
  leftGoesTo: LEFT_GOES_TO,
}
const NUMBERS: Partial<Record<SettingName, [min: number, max: number]>> = {
  maxChoices: [1, 50],
  points: [1, 100],
  pointsPerProject: [1, 100],
  minVotes: [1, 100_000],
  minAgeHome: [0, 120],
  minAgeMeeting: [0, 120],
}

/** The settings in the order of the form. */
export const SETTING_NAMES = [
  'opensAt',
  'closesAt',
  'decidedBy',
  'ballotKind',
  'maxChoices',
  'points',
  'pointsPerProject',
  'channels',
  'eligibility',
  'minAgeHome',
  'minAgeMeeting',
  'rule',
  'tie',
  'minVotes',
  'remainderOffer',
  'leftGoesTo',
] as const satisfies readonly SettingName[]

/** Whether a setting means anything beside the others. */
export function isUsed(name: SettingName, { decidedBy, ballotKind, channels }: DraftDistrictSettings): boolean {
  if (['rule', 'tie', 'minVotes', 'remainderOffer'].includes(name)) return decidedBy === 'ballots'
  if (name === 'ballotKind') return decidedBy !== 'agreed-sharing'
  if (name === 'maxChoices') return ballotKind === 'approval-limited'
  if (name === 'points' || name === 'pointsPerProject') return ballotKind === 'points'
  if (name === 'minAgeHome') return channels.includes('home')
  return true
}

interface SettingFieldProps {
  name: SettingName
  value: unknown
  onChange: (value: never) => void
}

/** One setting as a field, for the whole vote or for one district. */
export function SettingField({ name, value, onChange }: SettingFieldProps) {
  const { t } = useTranslation('planElections')
  const id = useId()
  const label = t(`setting.${name}`)
  const change = onChange as (value: unknown) => void
  const options = SELECTS[name]
  const range = NUMBERS[name]
  if (name === 'opensAt' || name === 'closesAt') return <MomentField label={label} value={value as string | null} onChange={change} />
  if (range) {
    const [min, max] = range
    return <NumberField label={label} value={value as number} min={min} max={max} onChange={(next) => next !== null && change(next)} />
  }
  if (options) {
    return (
      <div className="bm-field">
        <label htmlFor={id}>{label}</label>
        <select id={id} className="bm-select" value={value as string} onChange={(event) => change(event.target.value)}>
          {options.map((word) => (
            <option key={word} value={word}>
              {t(`word.${wordKey(word)}`)}
            </option>
          ))}
        </select>
      </div>
    )
  }
  if (name === 'channels') return <ChannelsField label={label} value={value as Channel[]} onChange={change} />
  return (
    <label className="bm-check">
      <input type="checkbox" checked={value as boolean} onChange={(event) => change(event.target.checked)} />
      {label}
    </label>
  )
}

function ChannelsField({ label, value, onChange }: { label: string; value: Channel[]; onChange: (value: unknown) => void }) {
  const { t } = useTranslation('planElections')
  const toggle = (channel: Channel, isOn: boolean) => {
    const next = CHANNELS.filter((one) => (one === channel ? isOn : value.includes(one)))
    if (next.length > 0) onChange(next)
  }
  return (
    <fieldset className="bm-field">
      <legend>{label}</legend>
      {CHANNELS.map((channel) => (
        <label key={channel} className="bm-check">
          <input type="checkbox" checked={value.includes(channel)} onChange={(event) => toggle(channel, event.target.checked)} />
          {t(`word.${channel}`)}
        </label>
      ))}
    </fieldset>
  )
}
