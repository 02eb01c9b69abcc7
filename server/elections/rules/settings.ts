import type { DistrictSettings, ElectionSettings } from '../contract.ts'

/** What a district votes by, times it does not know yet included. */
export type DraftDistrictSettings = Omit<DistrictSettings, 'opensAt' | 'closesAt'> & Pick<ElectionSettings, 'opensAt' | 'closesAt'>

/** What a new vote begins with: everybody ticks what they like, the most votes win, cheaper first where they are equal. */
export const DEFAULT_SETTINGS: ElectionSettings = {
  decidedBy: 'ballots',
  ballotKind: 'approval',
  maxChoices: 3,
  points: 10,
  pointsPerProject: 10,
  rule: 'greedy_cost',
  tie: 'min-cost,lot',
  minVotes: 1,
  remainderOffer: false,
  leftGoesTo: 'district-next-round',
  channels: ['home', 'code', 'paper'],
  eligibility: 'residents',
  minAgeHome: 15,
  minAgeMeeting: 6,
  opensAt: null,
  closesAt: null,
  exceptions: {},
  introDa: null,
  introEn: null,
}

/** What holds in a district: the common settings with its exceptions on top. */
export function settingsOf(settings: ElectionSettings, districtId: string): DraftDistrictSettings {
  const { exceptions, introDa: _, introEn: __, ...common } = settings
  const own = Object.entries(exceptions[districtId] ?? {}).filter(([, value]) => value !== undefined)
  return { ...common, ...Object.fromEntries(own) }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Names of the settings that differ, those of a district's exceptions as `maaloev.rule`. */
export function changedSettings(before: ElectionSettings, after: ElectionSettings): string[] {
  const keysOf = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
  const differing = (a: object, b: object) =>
    keysOf(a, b).filter((key) => !same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  const common = differing({ ...before, exceptions: null }, { ...after, exceptions: null })
  const districts = keysOf(before.exceptions, after.exceptions)
  const own = districts.flatMap((id) => differing(before.exceptions[id] ?? {}, after.exceptions[id] ?? {}).map((key) => `${id}.${key}`))
  return [...common, ...own]
}
