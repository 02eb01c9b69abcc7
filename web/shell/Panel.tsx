import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { useIsWide, useWindowHeight } from '../lib/useMedia.ts'
import { isWorkspace } from './isWorkspace.ts'
import { PanelFooter } from './PanelFooter.tsx'
import { PanelHeader } from './PanelHeader.tsx'
import { SheetHandle } from './SheetHandle.tsx'
import { sheetPixels, useSheetHeight } from './sheetState.ts'

/** At the left of wide windows, a bottom sheet with three heights on phones. */
export function Panel({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell')
  const isWide = useIsWide()
  const windowHeight = useWindowHeight()
  const height = useSheetHeight()
  const inWorkspace = useLocation({ select: ({ pathname }) => isWorkspace(pathname) })
  const panel = useRef<HTMLDivElement>(null)
  const pixels = sheetPixels(height, windowHeight)
  const style = isWide ? undefined : { height: pixels }
  // The big button stands on the sheet's edge; above a full sheet it would leave the window, so it stands on the sheet.
  useEffect(() => {
    document.documentElement.style.setProperty('--bm-sheet', `${height === 'full' ? 0 : pixels}px`)
  }, [height, pixels])
  return (
    <div className="bm-panel" ref={panel} style={style} data-height={isWide ? undefined : height} data-workspace={inWorkspace || undefined}>
      {isWide ? null : <SheetHandle panel={panel} />}
      <div className="bm-panel-scroll" data-scroll-restoration-id="panel">
        <PanelHeader />
        <main id="main" aria-label={t('panel')} tabIndex={-1}>
          {children}
        </main>
        <PanelFooter />
      </div>
    </div>
  )
}
