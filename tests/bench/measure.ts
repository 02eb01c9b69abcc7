export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

/** Median and range of some measurements. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const median = ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
  return { median, lowest: sorted[0] as number, highest: sorted.at(-1) as number }
}

/** One thing measured against its bar. `bar: null` is told for comparison only. */
export interface Figure {
  readonly name: string
  readonly bar: { readonly atLeast: number } | { readonly atMost: number } | null
  readonly unit: string
  readonly measured: Spread
  readonly detail: string
}

/** Whether a figure holds its bar, by its median; null without a bar. */
export function holdsBar({ bar, measured }: Figure): boolean | null {
  if (bar === null) return null
  return 'atLeast' in bar ? measured.median >= bar.atLeast : measured.median <= bar.atMost
}

/** What one part of the bench found. */
export interface PartResult {
  readonly figures: readonly Figure[]
  /** Plans, shown folded: title → text. */
  readonly plans: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}

/** A number with as many digits as say something. */
export function rounded(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}

export function spreadText({ median, lowest, highest }: Spread): string {
  return `${rounded(median)} (${rounded(lowest)}–${rounded(highest)})`
}
