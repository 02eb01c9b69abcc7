import type { DistrictResult } from '../result.api.ts'

/** Projects that got money, or of which that is told. */
export function winnersIn(districts: readonly Pick<DistrictResult, 'projects'>[]) {
  return districts.flatMap(({ projects }) => projects.filter(({ outcome }) => outcome === 'won'))
}

/** What the districts gave together: the awards, not what there was to give. @unit whole kroner */
export function givenIn(districts: readonly Pick<DistrictResult, 'awardedDkk'>[]): number {
  return districts.reduce((sum, { awardedDkk }) => sum + (awardedDkk ?? 0), 0)
}
