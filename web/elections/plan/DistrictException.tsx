import { useId } from 'react'
import type { DistrictSettings } from '../../../server/elections/contract.ts'
import type { DraftDistrictSettings } from '../../../server/elections/rules/settings.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { SETTING_NAMES, SettingField, type SettingName } from './SettingField.tsx'

interface DistrictExceptionProps {
  districtId: string
  name: string
  common: DraftDistrictSettings
  own: Partial<DistrictSettings>
  onChange: (own: Partial<DistrictSettings>) => void
}

/** Where one district does otherwise: only what differs is shown, and added one by one. */
export function DistrictException({ districtId, name, common, own, onChange }: DistrictExceptionProps) {
  const { t } = useTranslation('planElections')
  const id = useId()
  const named = SETTING_NAMES.filter((setting) => own[setting] !== undefined)
  const others = SETTING_NAMES.filter((setting) => own[setting] === undefined)
  const set = (setting: SettingName, value: unknown) => onChange({ ...own, [setting]: value ?? undefined })
  return (
    <details className="bm-vote-exception">
      <summary>
        <DistrictChip districtId={districtId} name={name} />
        <span className="bm-soft-text">{t('exception.count', { count: named.length })}</span>
      </summary>
      <div className="bm-vote-exception-fields">
        {named.map((setting) => (
          <div key={setting} className="bm-vote-exception-field">
            <SettingField name={setting} value={own[setting]} onChange={(value) => set(setting, value)} />
            <Button look="plain" onClick={() => set(setting, undefined)}>
              {t('exception.remove')}
              <span className="bm-hidden">: {t(`setting.${setting}`)}</span>
            </Button>
          </div>
        ))}
        <div className="bm-field">
          <label htmlFor={id}>{t('exception.add')}</label>
          <select
            id={id}
            className="bm-select"
            value=""
            onChange={(event) =>
              set(event.target.value as SettingName, common[event.target.value as SettingName] ?? new Date().toISOString())
            }
          >
            <option value="" disabled>
              {t('exception.choose')}
            </option>
            {others.map((setting) => (
              <option key={setting} value={setting}>
                {t(`setting.${setting}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
    </details>
  )
}
