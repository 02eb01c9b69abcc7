import type { RoundResult } from '../result.api.ts'

type Decision = RoundResult['decisions'][number]

/**
 * The newest decision that stands for a district: one about it, or about the whole round; null while its awards are a promise.
 * A corrected record does not stand. Decisions come newest first.
 */
export function formalDecision(decisions: readonly Decision[], districtId: string | null): Decision | null {
  return decisions.find((one) => one.correctedById === null && (one.districtId === null || one.districtId === districtId)) ?? null
}

/** The districts whose awards are a promise still. */
export function promisedDistricts({ decisions, districts }: Pick<RoundResult, 'decisions' | 'districts'>) {
  return districts.filter(({ districtId }) => formalDecision(decisions, districtId) === null)
}
