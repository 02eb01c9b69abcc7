import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A modal dialog on the browser's own `<dialog>`: focus is kept inside, Escape closes, focus returns. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    const cameFrom = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (cameFrom instanceof HTMLElement) cameFrom.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="bm-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  )
}
