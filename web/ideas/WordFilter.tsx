import { useEffect, useState } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { useChangeSearch, useSharedSearch } from '../lib/sharedSearch.ts'
import { SearchSign } from '../ui/signs.tsx'

const TYPING_PAUSE_MS = 300

/** Filters list and map by words, a moment after the typing stops. */
export function WordFilter() {
  const { t } = useTranslation('ideas')
  const { q } = useSharedSearch()
  const change = useChangeSearch()
  const [typed, setTyped] = useState(q ?? '')
  useEffect(() => setTyped(q ?? ''), [q])
  useEffect(() => {
    const words = typed.trim()
    if (words === (q ?? '')) return
    const timer = setTimeout(() => change({ q: words || undefined }, { replace: true }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, q, change])
  return (
    <label className="bm-filter-search">
      <SearchSign />
      <span className="bm-hidden">{t('filter.words')}</span>
      <input
        type="search"
        value={typed}
        maxLength={200}
        placeholder={t('filter.words')}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  )
}
