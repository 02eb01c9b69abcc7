import { useId, useState } from 'react'
import type { ElectionSettings, PlanElection } from '../../../server/elections/contract.ts'
import { ELECTION_LIMITS } from '../../../server/elections/limits.ts'
import { settingsOf } from '../../../server/elections/rules/settings.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { saveSettings } from '../elections.api.ts'
import { DistrictException } from './DistrictException.tsx'
import { SaveBar } from './SaveBar.tsx'
import { isUsed, SETTING_NAMES, SettingField } from './SettingField.tsx'
import { useSending } from './useSending.ts'

const NOBODY = ''

/** How is voted: for all districts, and where a district does otherwise. What is written stays here until it is saved. */
export function SettingsForm({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const [own, setOwn] = useState<ElectionSettings | null>(null)
  const { isSending, error, send } = useSending()
  const settings = own ?? election.settings
  const common = settingsOf({ ...settings, exceptions: {} }, NOBODY)
  const change = (next: Partial<ElectionSettings>) => setOwn({ ...settings, ...next })
  return (
    <form
      className="bm-vote-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(t('settings.saved'), async () => {
          await saveSettings(election, settings, csrfToken)
          setOwn(null)
        })
      }}
    >
      <TextField name="introDa" lang="da" value={settings.introDa} onChange={(introDa) => change({ introDa })} />
      <TextField name="introEn" lang="en" value={settings.introEn} onChange={(introEn) => change({ introEn })} />
      {SETTING_NAMES.filter((name) => isUsed(name, common)).map((name) => (
        <SettingField key={name} name={name} value={settings[name]} onChange={(value) => change({ [name]: value })} />
      ))}
      <h3>{t('exception.title')}</h3>
      <p className="bm-fine">{t('exception.text')}</p>
      {election.districts.map(({ districtId, name }) => (
        <DistrictException
          key={districtId}
          districtId={districtId}
          name={name}
          common={common}
          own={settings.exceptions[districtId] ?? {}}
          onChange={(exception) => {
            const kept = Object.fromEntries(Object.entries(exception).filter(([, value]) => value !== undefined))
            const { [districtId]: _, ...others } = settings.exceptions
            change({ exceptions: Object.keys(kept).length === 0 ? others : { ...others, [districtId]: kept } })
          }}
        />
      ))}
      <SaveBar isDirty={own !== null} isSending={isSending} error={error} onUndo={own === null ? null : () => setOwn(null)} />
    </form>
  )
}

interface TextFieldProps {
  name: 'introDa' | 'introEn'
  lang: string
  value: string | null
  onChange: (value: string | null) => void
}

function TextField({ name, lang, value, onChange }: TextFieldProps) {
  const { t } = useTranslation('planElections')
  const id = useId()
  return (
    <div className="bm-field">
      <label htmlFor={id}>
        {t(`setting.${name}`)} {name === 'introEn' ? <span className="bm-optional">{t('optional')}</span> : null}
      </label>
      <textarea
        id={id}
        lang={lang}
        className="bm-input"
        rows={4}
        maxLength={ELECTION_LIMITS.intro}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      />
    </div>
  )
}
