import { useEffect } from 'react'
import { useTranslation } from './i18n.ts'

/** Names the window after the page; null keeps the plain name. */
export function usePageTitle(title: string | null | undefined): void {
  const { t } = useTranslation('shell')
  const full = title ? t('pageTitle', { title }) : t('brand')
  useEffect(() => {
    document.title = full
  }, [full])
}
