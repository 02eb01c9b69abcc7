const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** What clocks in Denmark show at an instant: `2026-11-23T19:05`. */
export function toCopenhagenLocal(instant: Date): string {
  return parts.format(instant).replace(' ', 'T').slice(0, 16)
}

const HOURS_AHEAD = [2, 1] as const

/**
 * The instant at which clocks in Denmark show this (`2026-11-23T19:05`); in the hour that comes twice in October the first
 * of the two. Null for what is no such time, and for the hour that is left out in March.
 * @source the two offsets of Danish time, UTC+2 in summer and UTC+1 in winter
 */
export function fromCopenhagenLocal(local: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const asUtc = Date.parse(`${local}:00Z`)
  if (Number.isNaN(asUtc)) return null
  const found = HOURS_AHEAD.map((hours) => new Date(asUtc - hours * 3_600_000)).find((instant) => toCopenhagenLocal(instant) === local)
  return found ?? null
}
