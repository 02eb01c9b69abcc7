import { PHASES, type Phase } from '../../server/kernel/phases.ts'
import type { DatedPhase } from '../../server/rounds/rules.ts'

/** How long each of the eight phases lasts. @unit days */
const LENGTHS = [30, 30, 68, 40, 20, 180, 15, 70] as const
/**
 * How long a phase has gone on already: the oldest demo idea is 24 days old and was sent in its phase too; a vote is
 * two days old, and its result came yesterday. @unit days
 */
const AGES: Partial<Record<Phase, number>> = { involvement: 27, decision: 2, construction: 1 }

/** What a demo round is in: ideas, a running vote, or the time after its result. */
export type DemoPhase = 'involvement' | 'decision' | 'construction'

/** Phases without gap around `today` (`YYYY-MM-DD`): ideas came in for 27 days and still do for 40, or the vote began two days ago. */
export function demoPhases(today: string, current: DemoPhase = 'involvement'): DatedPhase[] {
  const day = (offset: number) => new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10)
  const before = LENGTHS.slice(0, PHASES.indexOf(current)).reduce<number>((sum, length) => sum + length, 0)
  let next = -(AGES[current] ?? 0) - before
  return PHASES.map((phase, index) => {
    const first = next
    next += LENGTHS[index] as number
    return { phase, startsOn: day(first), endsOn: day(next - 1) }
  })
}
