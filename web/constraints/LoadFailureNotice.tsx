import type { LayerData } from '../../server/constraints/contract.ts'
import { formatMoment } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Notice } from '../ui/Notice.tsx'

/** Why the last load failed and what to do about it; what the loader said itself is folded away. */
export function LoadFailureNotice({ data }: { data: LayerData }) {
  const { t } = useTranslation('loadFailure')
  const language = useLanguage()
  const { failure, attemptedAt, loadedAt } = data
  if (failure === null) return null
  return (
    <Notice>
      <p>
        <strong>{attemptedAt ? t('failedAt', { moment: formatMoment(attemptedAt, language) }) : t('failed')}</strong>{' '}
        {t(`kinds.${failure.kind}.title`)}
      </p>
      <p>{t(`kinds.${failure.kind}.todo`)}</p>
      <p>{t(loadedAt ? 'kept' : 'none')}</p>
      <details className="bm-technical">
        <summary>{t('technical')}</summary>
        <p lang="en">{failure.detail}</p>
      </details>
    </Notice>
  )
}
