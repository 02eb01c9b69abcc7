import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useProblemText } from '../../lib/problems/useProblemText.ts'
import { queryClient } from '../../lib/queryClient.ts'
import { sessionQuery, signInPath } from '../../lib/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { boothStore } from './boothStore.ts'
import { castAction } from './castAdvice.ts'

interface CastProblemProps {
  problem: ApiProblem
  isCode: boolean
  onRetry: () => void
  onChange: () => void
}

/** A ballot that did not go in, or may have: what is known, that nothing is lost, and the one way on. */
export function CastProblem({ problem, isCode, onRetry, onChange }: CastProblemProps) {
  const { t, i18n } = useTranslation('voting')
  const plain = useProblemText(problem)
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new failure takes the focus, also one of the same kind
  useEffect(() => box.current?.focus(), [problem])
  const own = `problem.kinds.${problem.kind}`
  const hasOwn = i18n.exists(`${own}.title`, { ns: 'voting' })
  const values = { seconds: problem.retryAfterS ?? 60 }
  return (
    <div className="bm-cast-problem" role="alert" tabIndex={-1} ref={box}>
      <h2>{hasOwn ? t(`${own}.title`) : plain.title}</h2>
      {hasOwn ? <p>{t(`${own}.text`, values)}</p> : null}
      {hasOwn ? null : (
        <>
          {plain.kept ? <p>{plain.kept}</p> : null}
          <p>{plain.todo}</p>
        </>
      )}
      <WayOn problem={problem} isCode={isCode} onRetry={onRetry} onChange={onChange} />
    </div>
  )
}

function WayOn({ problem, isCode, onRetry, onChange }: CastProblemProps) {
  const { t } = useTranslation('voting')
  const navigate = useNavigate()
  const start = isCode ? '/stem/kode' : '/stem'
  function finish() {
    boothStore().clear()
    void queryClient.invalidateQueries({ queryKey: ['election'] })
    void queryClient.invalidateQueries({ queryKey: ['voter'] })
    void navigate({ to: start, search: {} })
  }
  async function reload() {
    await queryClient.invalidateQueries({ queryKey: ['election'] })
    onChange()
  }
  switch (castAction(problem.kind)) {
    case 'wait':
      return <WaitButton key={problem.message} seconds={problem.retryAfterS ?? 60} onRetry={onRetry} />
    case 'sign-in':
      return (
        <a
          className={buttonClass('main')}
          href={signInPath()}
          onClick={() => queryClient.removeQueries({ queryKey: sessionQuery.queryKey })}
        >
          {t('problem.signIn')}
        </a>
      )
    case 'change':
      return (
        <Button look="main" onClick={onChange}>
          {t('problem.change')}
        </Button>
      )
    case 'reload':
      return (
        <Button look="main" onClick={() => void reload()}>
          {t('problem.reload')}
        </Button>
      )
    case 'other-code':
    case 'finish':
      return (
        <Button look="main" onClick={finish}>
          {t(isCode ? 'problem.otherCode' : 'problem.finish')}
        </Button>
      )
    default:
      return (
        <Button look="main" onClick={onRetry}>
          {t('problem.retry')}
        </Button>
      )
  }
}

/** Counts down what the server asked for, then lets the same ballot go again. */
function WaitButton({ seconds, onRetry }: { seconds: number; onRetry: () => void }) {
  const { t } = useTranslation('voting')
  const [until] = useState(() => Date.now() + seconds * 1000)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 500)
    return () => clearInterval(timer)
  }, [until])
  return (
    <Button look="main" disabled={left > 0} onClick={onRetry}>
      {left > 0 ? t('problem.wait', { seconds: left }) : t('problem.retry')}
    </Button>
  )
}
