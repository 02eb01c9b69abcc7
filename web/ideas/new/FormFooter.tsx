import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import type { Step } from './stepNumber.ts'

interface FormFooterProps {
  step: Step
  isChange: boolean
  isSending: boolean
  onBack: () => void
  onNext: () => void
  onSend: () => void
  onSignIn: () => void
}

/** Back and on, always within reach of the thumb. */
export function FormFooter({ step, isChange, isSending, onBack, onNext, onSend, onSignIn }: FormFooterProps) {
  const { t } = useTranslation('newIdea')
  const { person } = useSession()
  return (
    <div className="bm-form-footer">
      {step === 4 ? (
        <p className="bm-soft">{person ? t('review.signedIn', { name: person.displayName }) : t('review.signInText')}</p>
      ) : null}
      <div>
        {step > 1 ? <Button onClick={onBack}>{t('previous')}</Button> : null}
        {step < 4 ? (
          <Button look="main" onClick={onNext}>
            {t(step === 1 ? 'confirmPlace' : 'next')}
          </Button>
        ) : (
          <SendButton isChange={isChange} isSending={isSending} isSignedIn={person !== null} onSend={onSend} onSignIn={onSignIn} />
        )}
      </div>
    </div>
  )
}

type SendButtonProps = Pick<FormFooterProps, 'isChange' | 'isSending' | 'onSend' | 'onSignIn'> & { isSignedIn: boolean }

function SendButton({ isChange, isSending, isSignedIn, onSend, onSignIn }: SendButtonProps) {
  const { t } = useTranslation('newIdea')
  if (!isSignedIn) {
    return (
      <Button look="main" onClick={onSignIn}>
        {t('review.signIn')}
      </Button>
    )
  }
  return (
    <Button look="main" aria-disabled={isSending || undefined} onClick={onSend}>
      {isSending ? t('review.sending') : t(isChange ? 'review.sendChanges' : 'review.send')}
    </Button>
  )
}
