import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { ChangeList } from './ChangeList.tsx'
import { differences, type LayerWords } from './layerWords.ts'

interface LayerConflictProps {
  base: LayerWords
  current: ConstraintLayer
  onRebase: () => void
  onTakeTheirs: () => void
}

/** Somebody else was faster: what they changed, and the choice to put one's own on top or let it go. */
export function LayerConflict({ base, current, onRebase, onTakeTheirs }: LayerConflictProps) {
  const { t } = useTranslation('constraints')
  return (
    <section className="bm-state bm-state-error" role="alert" aria-labelledby="konflikt">
      <h3 id="konflikt">{t('conflict.title')}</h3>
      <p>{t('conflict.text')}</p>
      <ChangeList changes={differences(base, current)} />
      <div className="bm-detail-actions">
        <Button look="main" onClick={onRebase}>
          {t('conflict.rebase')}
        </Button>
        <Button onClick={onTakeTheirs}>{t('conflict.takeTheirs')}</Button>
      </div>
    </section>
  )
}
