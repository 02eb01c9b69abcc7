import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '../lib/i18n.ts'
import { cameraText, type SharedSearch } from '../lib/searchParams.ts'
import { setSheetHeight } from '../shell/sheetState.ts'
import { Button } from './Button.tsx'

const CLOSE_ZOOM = 15.5

/** Flies the map to a place; on phones the sheet makes way. */
export function ShowOnMap({ lng, lat }: { lng: number; lat: number }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  function show() {
    setSheetHeight('low')
    const at = cameraText({ lng, lat, zoom: CLOSE_ZOOM })
    void navigate({ to: '.', search: (before: SharedSearch) => ({ ...before, at }), resetScroll: false })
  }
  return <Button onClick={show}>{t('showOnMap')}</Button>
}
