import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { flickedSheetHeight, nearestSheetHeight, setSheetHeight, sheetPixels, stepSheet, useSheetHeight } from './sheetState.ts'

const FLICK_PX_PER_MS = 0.5
const TAP_PX = 6

interface Drag {
  startY: number
  startPixels: number
  lastY: number
  lastAt: number
  speed: number
}

/** The grip of the bottom sheet: drag it, tap it for the next height, or use the arrow keys. */
export function SheetHandle({ panel }: { panel: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation('shell')
  const height = useSheetHeight()
  const drag = useRef<Drag | null>(null)

  function begin(event: PointerEvent<HTMLButtonElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    const startPixels = panel.current?.offsetHeight ?? 0
    drag.current = { startY: event.clientY, startPixels, lastY: event.clientY, lastAt: event.timeStamp, speed: 0 }
  }

  function move(event: PointerEvent<HTMLButtonElement>) {
    const now = drag.current
    if (!now || !panel.current) return
    const span = Math.max(1, event.timeStamp - now.lastAt)
    drag.current = { ...now, speed: (now.lastY - event.clientY) / span, lastY: event.clientY, lastAt: event.timeStamp }
    panel.current.dataset.dragging = 'true'
    const pixels = now.startPixels + now.startY - event.clientY
    panel.current.style.height = `${Math.min(window.innerHeight - 60, Math.max(90, pixels))}px`
  }

  // A cancelled pointer reports no place: what counts is where it was seen last.
  function end() {
    const now = drag.current
    drag.current = null
    if (!now || !panel.current) return
    delete panel.current.dataset.dragging
    const moved = now.startY - now.lastY
    const target = settle(moved, now, window.innerHeight)
    panel.current.style.height = `${sheetPixels(target, window.innerHeight)}px`
    setSheetHeight(target)
  }

  function settle(moved: number, { startPixels, speed }: Drag, windowHeight: number) {
    if (Math.abs(moved) < TAP_PX) return height === 'full' ? 'half' : stepSheet(height, 1)
    if (Math.abs(speed) > FLICK_PX_PER_MS) return flickedSheetHeight(startPixels + moved, windowHeight, speed > 0 ? 1 : -1)
    return nearestSheetHeight(startPixels + moved, windowHeight)
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowUp') setSheetHeight(stepSheet(height, 1))
    else if (event.key === 'ArrowDown') setSheetHeight(stepSheet(height, -1))
    else if (event.key === 'Enter' || event.key === ' ') setSheetHeight(height === 'full' ? 'low' : stepSheet(height, 1))
    else return
    event.preventDefault()
  }

  return (
    <button
      type="button"
      className="bm-sheet-handle"
      aria-label={`${t('sheet.label')}: ${t(`sheet.${height}`)}`}
      title={t('sheet.hint')}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
      // The sheet moves under the mouse: without this Chromium would find a link where the press was and drag that.
      onMouseDown={(event) => event.preventDefault()}
    >
      <span aria-hidden="true" />
    </button>
  )
}
