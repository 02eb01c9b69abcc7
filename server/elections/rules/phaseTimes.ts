import { fromCopenhagenLocal } from '../../kernel/copenhagen.ts'

/**
 * Opening and closing that fit a phase: from nine o'clock of its first day to ten in the evening of its last, in Danish time. Later
 * than an evening meeting of that day, which votes by code too.
 */
export function suggestedTimes({ startsOn, endsOn }: { startsOn: string; endsOn: string }): {
  opensAt: string | null
  closesAt: string | null
} {
  const instant = (local: string) => fromCopenhagenLocal(local)?.toISOString() ?? null
  return { opensAt: instant(`${startsOn}T09:00`), closesAt: instant(`${endsOn}T22:00`) }
}
