/** The three signs of the first page, drawn here so that it does not wait for an icon library. */
const stroke = {
  width: 20,
  height: 20,
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

export function PlusSign() {
  return (
    <svg {...stroke} strokeWidth={2.5} aria-hidden="true">
      <path d="M5 12h14M12 5v14" />
    </svg>
  )
}

export function SearchSign() {
  return (
    <svg {...stroke} aria-hidden="true">
      <circle cx="11" cy="11" r="7" />
      <path d="m20 20-4-4" />
    </svg>
  )
}

export function BackSign() {
  return (
    <svg {...stroke} aria-hidden="true">
      <path d="M19 12H5m7-7-7 7 7 7" />
    </svg>
  )
}
