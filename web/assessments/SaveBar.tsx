import { formatTime } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useProblemText } from '../lib/problems/useProblemText.ts'
import { Button } from '../ui/Button.tsx'
import type { SaverState } from './draftSaver.ts'

/** Whether what is written is safe, at the bottom of the panel. */
export function SaveBar({ state, onRetry }: { state: SaverState; onRetry: () => void }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const problem = useProblemText(state.error)
  const time = state.savedAtMs === null ? null : formatTime(state.savedAtMs, language)
  const words = state.phase === 'saved' ? (time ? t('save.savedAt', { time }) : t('save.nothing')) : t(`save.${state.phase}`)
  return (
    <div className="bm-save-bar" data-phase={state.phase}>
      <p role="status">
        {words}
        {state.phase === 'failed' ? ` ${problem.title}` : ''}
      </p>
      {state.phase === 'failed' ? <Button onClick={onRetry}>{t('save.retry')}</Button> : null}
    </div>
  )
}
