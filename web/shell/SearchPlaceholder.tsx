import { useTranslation } from '../lib/i18n.ts'
import { SearchSign } from '../ui/signs.tsx'

/** Looks like the search box until it is there. */
export function SearchPlaceholder() {
  const { t } = useTranslation('shell')
  return (
    <div className="bm-search" aria-hidden="true">
      <SearchSign />
      <span className="bm-search-hint">{t('search.label')}</span>
    </div>
  )
}
