import type { Phase } from '../kernel/phases.ts'

export interface DistrictPopulation {
  districtId: string
  name: string
  population: number
}

/**
 * Shares a total by population: every district gets the whole kroner of its exact quota, the kroner left over go one by
 * one to the largest remainders; ties go to the larger population, then to the name that sorts first.
 * Not monotone in the total: with one krone more to share, a district can get one krone less (the Alabama paradox).
 * @unit whole kroner, people
 * @source largest remainder (Hamilton, Hare–Niemeyer); gives the published shares of 2015, 2017 and 2018 exactly
 * @errors RangeError when the total or a population is not a whole number ≥ 0, or nobody lives anywhere
 */
export function apportion(totalDkk: number, populations: readonly DistrictPopulation[]): Map<string, number> {
  const whole = (value: number) => Number.isSafeInteger(value) && value >= 0
  if (!whole(totalDkk) || !populations.every(({ population }) => whole(population))) {
    throw new RangeError('total and populations must be whole numbers ≥ 0')
  }
  const people = populations.reduce((sum, { population }) => sum + BigInt(population), 0n)
  if (people === 0n) throw new RangeError('at least one district must have people')
  const quotas = populations.map((district) => {
    const product = BigInt(totalDkk) * BigInt(district.population)
    return { ...district, shareDkk: Number(product / people), remainder: product % people }
  })
  const leftDkk = totalDkk - quotas.reduce((sum, { shareDkk }) => sum + shareDkk, 0)
  const inTurn = quotas.toSorted(
    (a, b) =>
      Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder) ||
      b.population - a.population ||
      Number(a.name > b.name) - Number(a.name < b.name),
  )
  for (const district of inTurn.slice(0, leftDkk)) district.shareDkk += 1
  return new Map(quotas.map(({ districtId, shareDkk }) => [districtId, shareDkk]))
}

export interface DatedPhase {
  phase: Phase
  startsOn: string
  endsOn: string
}

/** The phase a date lies in, both ends included; null in none. Dates `YYYY-MM-DD` in Europe/Copenhagen. */
export function phaseOn(phases: readonly DatedPhase[], date: string): DatedPhase | null {
  return phases.find(({ startsOn, endsOn }) => startsOn <= date && date <= endsOn) ?? null
}

/** Whole days from a date to another, both included. */
export function daysThrough(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
}
