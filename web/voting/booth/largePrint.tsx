import ALargeSmall from 'lucide-react/icons/a-large-small'
import { useSyncExternalStore } from 'react'
import { useTranslation } from '../../lib/i18n.ts'

const STORAGE_KEY = 'bm-large-print'
const listeners = new Set<() => void>()
let isLarge: boolean | null = null

function read(): boolean {
  try {
    isLarge ??= window.localStorage.getItem(STORAGE_KEY) === '1'
  } catch {
    isLarge ??= false
  }
  return isLarge
}

function change(next: boolean): void {
  isLarge = next
  try {
    window.localStorage.setItem(STORAGE_KEY, next ? '1' : '0')
  } catch {
    // Private browsing may refuse; the size then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the voter reads in large print; remembered for the next visit, since it says nothing of a vote. */
export function useLargePrint(): boolean {
  return useSyncExternalStore(subscribe, read)
}

export function LargePrintSwitch() {
  const { t } = useTranslation('voting')
  const isOn = useLargePrint()
  return (
    <button type="button" className="bm-large-switch" aria-pressed={isOn} onClick={() => change(!isOn)}>
      <ALargeSmall aria-hidden="true" />
      <span className="bm-large-word">{t('frame.large')}</span>
    </button>
  )
}
