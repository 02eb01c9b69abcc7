import type { ButtonHTMLAttributes } from 'react'

type ButtonLook = 'main' | 'quiet' | 'plain' | 'danger'

/** Class of a button's look, for links that lead like buttons. */
export function buttonClass(look: ButtonLook): string {
  return `bm-button bm-button-${look}`
}

export function Button({
  look = 'quiet',
  type = 'button',
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook }) {
  return <button type={type} className={className ? `${buttonClass(look)} ${className}` : buttonClass(look)} {...rest} />
}
