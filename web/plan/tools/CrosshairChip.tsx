import Crosshair from 'lucide-react/icons/crosshair'
import { useTranslation } from '../../lib/i18n.ts'
import { Chip } from '../../ui/Chip.tsx'

/** A cross in the middle of the map, for work without a mouse. */
export function CrosshairChip({ isOn, onToggle }: { isOn: boolean; onToggle: () => void }) {
  const { t } = useTranslation('mapTools')
  return (
    <div>
      <Chip isOn={isOn} onToggle={onToggle}>
        <Crosshair aria-hidden="true" />
        {t('crosshair')}
      </Chip>
    </div>
  )
}
