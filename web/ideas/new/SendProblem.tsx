import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useProblemText } from '../../lib/problems/useProblemText.ts'
import { signInPath } from '../../lib/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import type { SendAdvice } from './sendAdvice.ts'

interface SendProblemProps {
  problem: ApiProblem
  advice: SendAdvice
  onRetry: () => void
  onSendAsNew: () => void
  onWithoutPictures: (() => void) | null
}

/** A send that failed: what happened, what is kept, and the one way on that fits. */
export function SendProblem({ problem, advice, onRetry, onSendAsNew, onWithoutPictures }: SendProblemProps) {
  const { t } = useTranslation('newIdea')
  const text = useProblemText(problem)
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new failure takes the focus, also one of the same kind
  useEffect(() => box.current?.focus(), [problem])
  return (
    <div className="bm-send-problem" role="alert" tabIndex={-1} ref={box}>
      <h3>{text.title}</h3>
      {text.kept ? <p>{text.kept}</p> : null}
      <p>{text.todo}</p>
      <div className="bm-send-ways">
        {advice.action === 'retry' ? <Button onClick={onRetry}>{t('problem.retry')}</Button> : null}
        {advice.action === 'wait' ? <WaitButton key={problem.message} seconds={problem.retryAfterS ?? 60} onRetry={onRetry} /> : null}
        {advice.action === 'sign-in' ? (
          <a className={buttonClass('main')} href={signInPath()}>
            {t('problem.signIn')}
          </a>
        ) : null}
        {advice.action === 'send-as-new' ? <Button onClick={onSendAsNew}>{t('problem.sendAsNew')}</Button> : null}
        {advice.action === 'send-as-new' || advice.action === 'none' ? (
          <Link to="/" className={buttonClass('quiet')}>
            {t('problem.seeIdeas')}
          </Link>
        ) : null}
        {onWithoutPictures ? <Button onClick={onWithoutPictures}>{t('problem.withoutPictures')}</Button> : null}
      </div>
    </div>
  )
}

/** Counts down what the server asked for, then lets the person try again. */
function WaitButton({ seconds, onRetry }: { seconds: number; onRetry: () => void }) {
  const { t } = useTranslation('newIdea')
  const [until] = useState(() => Date.now() + seconds * 1000)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 500)
    return () => clearInterval(timer)
  }, [until])
  return (
    <Button disabled={left > 0} onClick={onRetry}>
      {left > 0 ? t('problem.wait', { seconds: left }) : t('problem.retry')}
    </Button>
  )
}
