import type { Project } from '../../server/projects/contract.ts'
import { useTranslation } from '../lib/i18n.ts'

/** Where a project stands: its outcome when it is history, else how far it has come. */
export function ProjectState({ project: { state, shortlistNumber, outcome } }: { project: Project }) {
  const { t } = useTranslation('projects')
  // A vote has given it an outcome: where it stood before is history.
  if (state === null || outcome !== 'unknown') {
    return (
      <span className="bm-outcome" data-outcome={outcome}>
        {t(`outcome.${outcome}`)}
      </span>
    )
  }
  return (
    <span className="bm-outcome" data-state={state}>
      {t(`state.${state}`, { number: shortlistNumber ?? 0 })}
    </span>
  )
}
