/** An exact fraction. The denominator is greater than zero; it need not be reduced. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Whether a fraction is less than (< 0), equal to (0) or greater than another. */
export function compareRationals(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** A fraction ≥ 0 with so many decimals, halves up: for people to read, never to count on. */
export function roundRational({ numerator, denominator }: Rational, decimals: number): number {
  const power = 10n ** BigInt(decimals)
  return Number((2n * numerator * power + denominator) / (2n * denominator)) / Number(power)
}

/** A fraction less another that is not greater. */
export function differenceOf(a: Rational, b: Rational): Rational {
  return { numerator: a.numerator * b.denominator - b.numerator * a.denominator, denominator: a.denominator * b.denominator }
}
