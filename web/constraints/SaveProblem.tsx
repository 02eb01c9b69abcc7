import { ApiProblem } from '../lib/api.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useProblemText } from '../lib/problems/useProblemText.ts'
import { signInPath } from '../lib/session.ts'

/** Why it could not be saved; what was written stays. */
export function SaveProblem({ error }: { error: Error }) {
  const { t } = useTranslation('accounts')
  const text = useProblemText(error)
  return (
    <div className="bm-state bm-state-error" role="alert">
      <h3>{text.title}</h3>
      {text.kept ? <p>{text.kept}</p> : null}
      <p>{text.todo}</p>
      {error instanceof ApiProblem && error.kind === 'not-signed-in' ? <a href={signInPath()}>{t('signIn')}</a> : null}
    </div>
  )
}
