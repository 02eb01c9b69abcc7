import { z } from 'zod'

/** Calendar date `YYYY-MM-DD` in Europe/Copenhagen. */
export const dateSchema = z.iso.date().meta({ example: '2026-11-23' })

/** Instant in UTC, ISO 8601 with `Z`. */
export const instantSchema = z.iso.datetime().meta({ example: '2026-11-23T18:05:00.000Z' })

/** Date known to the year, the month or the day (ISO 8601 reduced precision): `2019`, `2019-05`, `2019-05-04`. */
export const reducedDateSchema = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .meta({ example: '2019-05' })

const copenhagen = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' })

/** The calendar date in Europe/Copenhagen at an instant: phases open and close by it, whatever the machine's zone. */
export function copenhagenDate(instant: Date): string {
  return copenhagen.format(instant)
}
