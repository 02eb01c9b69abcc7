import { useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'

/** The code that stood after `#` in the address. It is taken out of the address at once: no history keeps it. */
export function useCodeInAddress() {
  const hash = useLocation({ select: (location) => location.hash })
  const navigate = useNavigate()
  const [scanned, setScanned] = useState<string | null>(null)
  useEffect(() => {
    if (hash === '') return
    setScanned(decoded(hash))
    void navigate({ to: '/stem/kode', search: {}, hash: '', replace: true })
  }, [hash, navigate])
  return { scanned, forget: useCallback(() => setScanned(null), []) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
