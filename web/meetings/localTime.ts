const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'short' })

/** Date and time of day in Denmark as the browser's fields write them: `2026-05-04`, `19:00`. */
export function localOf(instant: string): { date: string; time: string } {
  const [date = '', time = ''] = parts.format(new Date(instant)).split(' ')
  return { date, time }
}

/** The instant of a date and a time of day in Denmark; null when they are none. In the hour that comes twice the first one. */
export function instantOf(date: string, time: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return null
  for (const hours of [2, 1]) {
    const guess = new Date(`${date}T${time}:00Z`).getTime() - hours * 3_600_000
    if (Number.isNaN(guess)) return null
    const instant = new Date(guess).toISOString()
    const local = localOf(instant)
    if (local.date === date && local.time === time) return instant
  }
  return null
}
