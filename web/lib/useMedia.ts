import { useCallback, useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** From this width the panel stands at the left; below it is the phone's bottom sheet. */
export function useIsWide(): boolean {
  return useMedia('(min-width: 900px)')
}

/** @unit CSS pixels */
export function useWindowHeight(): number {
  return useSyncExternalStore(subscribeToResize, () => window.innerHeight)
}

function subscribeToResize(listener: () => void) {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}
