import { useTranslation } from '../lib/i18n.ts'
import type { WordChange } from './layerWords.ts'

/** What was changed, each in a line. */
export function ChangeList({ changes }: { changes: readonly WordChange[] }) {
  const { t } = useTranslation('constraints')
  return (
    <ul className="bm-changes">
      {changes.map((change) =>
        change.kind === 'severity' ? (
          <li key={change.type}>{t('history.severity', { type: t(`type.${change.type}`), from: change.from, to: change.to })}</li>
        ) : (
          <li key={`${change.part}-${change.language}`}>
            {t(`history.${change.part}.${change.language}`)} <q lang={change.language}>{change.text}</q>
          </li>
        ),
      )}
    </ul>
  )
}
