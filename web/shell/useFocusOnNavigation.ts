import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

const TRIES = 20

/** After a change of page the focus goes to its heading, so that keyboard and screen reader follow. */
export function useFocusOnNavigation(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (pathChanged && fromLocation) focusHeading(TRIES)
      }),
    [router],
  )
}

function focusHeading(triesLeft: number): void {
  const heading = document.querySelector<HTMLElement>('#main h1')
  // While a page waits for its texts, React keeps the one before it hidden in the document.
  if (!heading?.checkVisibility()) {
    if (triesLeft > 0) setTimeout(() => focusHeading(triesLeft - 1), 100)
    return
  }
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
