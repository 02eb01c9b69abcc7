import { useSyncExternalStore } from 'react'

/** Heights of the phone's bottom sheet. */
export const SHEET_HEIGHTS = ['low', 'half', 'full'] as const
export type SheetHeight = (typeof SHEET_HEIGHTS)[number]

const STORAGE_KEY = 'bm-sheet'
const listeners = new Set<() => void>()

function readKept(): SheetHeight {
  try {
    const kept = window.sessionStorage.getItem(STORAGE_KEY)
    return SHEET_HEIGHTS.find((height) => height === kept) ?? 'half'
  } catch {
    return 'half'
  }
}

let current: SheetHeight | null = null

export function sheetHeight(): SheetHeight {
  current ??= readKept()
  return current
}

/** Moves the sheet, for example down while a place is picked on the map. Wide windows have no sheet and ignore it. */
export function setSheetHeight(height: SheetHeight): void {
  if (height === current) return
  current = height
  try {
    window.sessionStorage.setItem(STORAGE_KEY, height)
  } catch {
    // Private browsing may refuse; the height then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

export function useSheetHeight(): SheetHeight {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, sheetHeight)
}

/** How much of the window the sheet takes. @unit CSS pixels */
export function sheetPixels(height: SheetHeight, windowHeight: number): number {
  if (height === 'low') return Math.min(148, windowHeight * 0.4)
  if (height === 'half') return Math.round(windowHeight * 0.51)
  return Math.round(windowHeight - 66)
}

/** The height nearest to where the finger let go. */
export function nearestSheetHeight(pixels: number, windowHeight: number): SheetHeight {
  const distance = (height: SheetHeight) => Math.abs(sheetPixels(height, windowHeight) - pixels)
  return SHEET_HEIGHTS.reduce((best, height) => (distance(height) < distance(best) ? height : best))
}

/** One step up or down from a height. */
export function stepSheet(height: SheetHeight, direction: 1 | -1): SheetHeight {
  const index = SHEET_HEIGHTS.indexOf(height) + direction
  return SHEET_HEIGHTS[Math.min(SHEET_HEIGHTS.length - 1, Math.max(0, index))] ?? height
}

/** The next height in the direction of a flick, from where the finger let go. */
export function flickedSheetHeight(pixels: number, windowHeight: number, direction: 1 | -1): SheetHeight {
  const next = (height: SheetHeight) => (sheetPixels(height, windowHeight) - pixels) * direction > 0
  return direction > 0 ? (SHEET_HEIGHTS.find(next) ?? 'full') : (SHEET_HEIGHTS.findLast(next) ?? 'low')
}
