/** A number ≥ 0 as it is written, kept exactly: `digits` / 10^`decimals`. */
export interface Decimal {
  readonly digits: bigint
  readonly decimals: number
}

/** Beyond this many units sums of amounts would leave the whole numbers a double holds. */
const MOST_UNITS = 10n ** 15n

/** Reads digits with at most one decimal point or comma, and a sign; null for everything else. */
export function readDecimal(text: string): (Decimal & { readonly isNegative: boolean }) | null {
  const form = /^([+-]?)(\d+)(?:[.,](\d+))?$/.exec(text)
  if (form === null) return null
  const fraction = (form[3] ?? '').replace(/0+$/, '')
  const digits = BigInt(`${form[2]}${fraction}`)
  return { digits, decimals: fraction.length, isNegative: form[1] === '-' && digits > 0n }
}

/** The same in units of which 10^`decimals` make a whole; null when that is too large to count exactly. */
export function toUnits({ digits, decimals: own }: Decimal, decimals: number): number | null {
  const units = digits * 10n ** BigInt(decimals - own)
  return units <= MOST_UNITS ? Number(units) : null
}

/** Units written out as currency, exactly. */
export function writeAmount(units: number, unitsPerCurrency: number): string {
  const decimals = String(unitsPerCurrency).length - 1
  const digits = String(units).padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
