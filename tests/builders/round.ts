import { PHASES, type Phase } from '../../server/kernel/phases.ts'
import type { Database } from '../../server/platform/db/connect.ts'

/** A round with all eight phases, a month each, such that May of its year lies in `phaseInMay`. */
export async function buildRound(db: Database, options: { year?: number; phaseInMay?: Phase; isDemo?: boolean } = {}): Promise<number> {
  const { year = 2026, phaseInMay = 'involvement', isDemo = false } = options
  await db
    .insertInto('round')
    .values({
      year,
      theme: 'Prøverunde',
      title: 'Hvad mangler der?',
      total_dkk: 1_000_000,
      is_demo: isDemo,
      rules: JSON.stringify({
        whoProposes: null,
        whoDecides: null,
        howDecided: null,
        maxProjectsPerDistrict: 3,
        minimumAge: null,
        notes: [],
      }),
      record: JSON.stringify({ proposalDeadline: null, sources: null, meetings: [], ballots: [] }),
    })
    .execute()
  // The wanted phase fills May; the others lie a month each around it.
  const may = new Date(Date.UTC(year, 4, 1))
  const wanted = PHASES.indexOf(phaseInMay)
  const month = (offset: number) => new Date(Date.UTC(may.getUTCFullYear(), may.getUTCMonth() + offset, 1))
  const iso = (date: Date) => date.toISOString().slice(0, 10)
  await db
    .insertInto('round_phase')
    .values(
      PHASES.map((phase, index) => ({
        round_year: year,
        phase,
        starts_on: iso(month(index - wanted)),
        ends_on: iso(new Date(month(index - wanted + 1).getTime() - 86_400_000)),
      })),
    )
    .execute()
  return year
}
