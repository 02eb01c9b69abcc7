import { PHASES } from '../../server/kernel/phases.ts'
import type { DatedPhase } from '../../server/rounds/rules.ts'

/** How long each of the eight phases lasts. @unit days */
const LENGTHS = [30, 30, 68, 40, 20, 180, 15, 70] as const
/** The oldest demo idea is 24 days old: it too was sent in this phase. @unit days */
const INVOLVEMENT_AGE = 27

/** Phases without gap around `today` (`YYYY-MM-DD`): involvement began 27 days ago and goes on for 40 more. */
export function demoPhases(today: string): DatedPhase[] {
  const day = (offset: number) => new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10)
  let next = -INVOLVEMENT_AGE - LENGTHS[0] - LENGTHS[1]
  return PHASES.map((phase, index) => {
    const first = next
    next += LENGTHS[index] as number
    return { phase, startsOn: day(first), endsOn: day(next - 1) }
  })
}
