import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import './tabs.css'

interface TabsProps<Part extends string> {
  /** What the parts are parts of, for screen readers. */
  label: string
  parts: readonly Part[]
  part: Part
  onPart: (part: Part) => void
  words: (part: Part) => string
  className: string
  /** The part that is shown. */
  children: ReactNode
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Parts of a page of which one is shown; arrow keys go from one to the next and round again. */
export function Tabs<Part extends string>({ label, parts, part, onPart, words, className, children }: TabsProps<Part>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  function press(event: KeyboardEvent) {
    const step = STEPS[event.key]
    if (step === undefined) return
    const next = parts[(parts.indexOf(part) + step + parts.length) % parts.length] as Part
    onPart(next)
    list.current?.querySelector<HTMLElement>(`[data-part=${next}]`)?.focus()
    event.preventDefault()
  }
  return (
    <>
      <div className="bm-tabs" role="tablist" aria-label={label} ref={list} onKeyDown={press}>
        {parts.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            data-part={one}
            aria-selected={part === one}
            aria-controls={`${id}-panel`}
            tabIndex={part === one ? 0 : -1}
            onClick={() => onPart(one)}
          >
            {words(one)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${part}`} className={className}>
        {children}
      </div>
    </>
  )
}
