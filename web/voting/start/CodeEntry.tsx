import { Link } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { OpenCode } from '../booth/boothStore.ts'
import { askCode } from '../voting.api.ts'
import { CODE_LENGTH, inGroups, readTypedCode, type TypedCode } from './typedCode.ts'
import '../../ui/fields.css'

interface CodeEntryProps {
  year: number
  /** The code in the address, which is tried at once; null when it is to be typed. */
  scanned: string | null
  /** A code that was opened here before. */
  known: string
  onOpened: (code: OpenCode) => void
}

/** Takes a code, tells slips of the finger at once, and asks the server only about what can be a code. */
export function CodeEntry({ year, scanned, known, onOpened }: CodeEntryProps) {
  const { t } = useTranslation('voting')
  const [typed, setTyped] = useState(() => inGroups(scanned ?? known))
  const [wasSent, setWasSent] = useState(scanned !== null)
  const { ask, isAsking, error } = useAskCode(year, onOpened)
  const field = useRef<HTMLInputElement>(null)
  const read = readTypedCode(typed)
  function send(event: SubmitEvent) {
    event.preventDefault()
    setWasSent(true)
    if (read.state === 'right') void ask(read.code)
    else field.current?.focus()
  }
  // The code of the address is tried once, when it comes in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was scanned, not what is typed after it
  useEffect(() => {
    if (scanned !== null && read.state === 'right') void ask(read.code)
  }, [scanned])
  return (
    <section className="bm-booth-sheet bm-code">
      <h1>{t('code.title')}</h1>
      <p className="bm-lead">{t('code.lead')}</p>
      <form onSubmit={send} noValidate>
        <CodeField typed={typed} read={read} insists={wasSent} field={field} onType={setTyped} />
        {error ? <ErrorState error={error} /> : null}
        <Button look="main" type="submit" aria-disabled={isAsking || undefined}>
          {t(isAsking ? 'code.checking' : 'code.next')}
        </Button>
      </form>
      <p className="bm-fine">{t('code.help')}</p>
      <p className="bm-fine">
        <Link to="/stem" search={{}}>
          {t('code.home')}
        </Link>
      </p>
    </section>
  )
}

function useAskCode(year: number, onOpened: (code: OpenCode) => void) {
  const [isAsking, setIsAsking] = useState(false)
  const [error, setError] = useState<ApiProblem | null>(null)
  async function ask(code: string) {
    setIsAsking(true)
    setError(null)
    try {
      onOpened({ roundYear: year, text: code, standing: await askCode(year, code) })
    } catch (problem) {
      setError(problem instanceof ApiProblem ? problem : new ApiProblem('internal-error', 0))
    } finally {
      setIsAsking(false)
    }
  }
  return { ask, isAsking, error }
}

interface CodeFieldProps {
  typed: string
  read: TypedCode
  /** It was sent: what is still missing is an error now. */
  insists: boolean
  field: React.RefObject<HTMLInputElement | null>
  onType: (typed: string) => void
}

function CodeField({ typed, read, insists, field, onType }: CodeFieldProps) {
  const { t } = useTranslation('voting')
  const id = useId()
  const isWrong = read.state === 'wrong' || read.state === 'letter' || read.state === 'long' || (insists && read.state !== 'right')
  return (
    <div className="bm-field" data-wrong={isWrong || undefined}>
      <label htmlFor={id}>{t('code.label')}</label>
      <p className="bm-field-hint" id={`${id}-hint`}>
        {t('code.hint', { length: CODE_LENGTH })}
      </p>
      <input
        id={id}
        ref={field}
        className="bm-input bm-code-input"
        value={typed}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        translate="no"
        aria-describedby={`${id}-hint ${id}-said`}
        aria-invalid={isWrong || undefined}
        onChange={({ target }) => onType(target.selectionEnd === target.value.length ? inGroups(target.value) : target.value)}
      />
      <p id={`${id}-said`} role="status" className={isWrong ? 'bm-field-error' : 'bm-code-said'} data-state={read.state}>
        {saidOf(read, insists, t)}
      </p>
    </div>
  )
}

/** Silent while the first signs are typed: nobody needs to hear how many are missing after each. */
function saidOf(
  read: TypedCode,
  insists: boolean,
  t: (key: string, values?: Record<string, unknown> & { count?: number }) => string,
): string {
  if (read.state === 'letter') return t('code.letter', { letter: read.letter })
  if (read.state === 'short') return insists ? t('code.short', { count: read.missing }) : ''
  if (read.state === 'empty') return insists ? t('code.short', { count: CODE_LENGTH }) : ''
  return t(`code.${read.state}`)
}
