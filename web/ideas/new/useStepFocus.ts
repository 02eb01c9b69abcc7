import { useEffect, useRef } from 'react'
import { fieldId } from './fields.tsx'
import type { Step } from './stepNumber.ts'

const TRIES = 10

function focusById(id: string, triesLeft: number): void {
  const element = document.getElementById(id)
  if (element === null) {
    if (triesLeft > 0) setTimeout(() => focusById(id, triesLeft - 1), 50)
    return
  }
  element.focus()
  element.scrollIntoView({ block: 'center' })
}

/** After a step the focus goes to its heading, or to the field the person asked for. Not when the page opens. */
export function useStepFocus(step: Step) {
  const wanted = useRef<string | null>(null)
  const before = useRef(step)
  useEffect(() => {
    if (before.current === step) return
    before.current = step
    if (wanted.current === null) document.getElementById('step-heading')?.focus({ preventScroll: true })
    else focusById(wanted.current, TRIES)
    wanted.current = null
  }, [step])
  return {
    /** Focuses a field, now when its step is open, otherwise once it is. */
    goToField: (field: string, itsStep: Step) => {
      if (itsStep === step) focusById(fieldId(field), 0)
      else wanted.current = fieldId(field)
    },
  }
}
