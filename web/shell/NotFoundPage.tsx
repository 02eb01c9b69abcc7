import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { buttonClass } from '../ui/Button.tsx'

export function NotFoundPage() {
  const { t } = useTranslation('shell')
  useEffect(markTextUsable, [])
  usePageTitle(t('notFound.title'))
  return (
    <div className="bm-page">
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <Link to="/" className={buttonClass('main')}>
        {t('notFound.toMap')}
      </Link>
    </div>
  )
}
