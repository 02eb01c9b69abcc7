import type { Placement } from '../districts/rules.ts'
import { findPlacement } from '../districts/service.ts'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import { VERDICTS } from '../kernel/severity.ts'
import type { Deps } from '../platform/deps.ts'
import type { BetterPlace, CheckRequest } from './contract.ts'
import { selectHitsAt, selectHitsOfShifts, selectShifted } from './queries.ts'
import { isBetter, type Judgement, judge, type LayerFacts } from './rules.ts'
import { DIMENSION } from './service.ts'
import { finerShifts, type RingShift, SEARCH_PORTIONS } from './shifts.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

interface Candidate {
  shift: RingShift
  judgement: Judgement
}

interface Search extends Reading {
  geometry: PlaceGeometry
  district: Placement
  mark: string
  here: Judgement
  judgeHits: (hits: Parameters<typeof judge>[1]) => Judgement
}

/** The first of these shifts that is milder: nearest, then mildest, then clockwise from north. */
async function firstBetter(search: Search, shifts: readonly RingShift[]): Promise<Candidate | null> {
  const { places } = await selectHitsOfShifts(search.db, search.geometry, search.district.districtId, shifts, search.mark)
  const better = places
    .map(({ number, hits }) => ({ shift: shifts[number - 1] as RingShift, judgement: search.judgeHits(hits) }))
    .filter(({ judgement }) => isBetter(judgement, search.here))
  const rank = ({ judgement }: Candidate) => VERDICTS.indexOf(judgement.verdict)
  return better.toSorted((a, b) => a.shift.radiusM - b.shift.radiusM || rank(a) - rank(b))[0] ?? null
}

async function searchAround(search: Search): Promise<Candidate | null> {
  for (const portion of SEARCH_PORTIONS) {
    const coarse = await firstBetter(search, portion)
    if (coarse !== null) return (await firstBetter(search, finerShifts(coarse.shift))) ?? coarse
  }
  return null
}

/**
 * The nearest place in the same district where the same geometry meets less, within 300 m; it is never one that less is
 * known of. Keeps nothing. @errors Problem `geometry-refused`
 */
export async function findBetterPlace({ db, clock }: Reading, { geometry, installationType }: CheckRequest): Promise<BetterPlace> {
  const district = await findPlacement(db, geometry)
  if (district === null) return { place: null }
  const row = await selectHitsAt(db, [geometry], '')
  const facts: LayerFacts[] = row.facts ?? []
  const now = clock.now()
  const judgeHits: Search['judgeHits'] = (hits) => judge(facts, hits, { dimension: DIMENSION[geometry.type], installationType, now })
  const here = judgeHits(row.places[0]?.hits ?? [])
  if (here.verdict === 'clear') return { place: null }
  const found = await searchAround({ db, clock, geometry, district, mark: row.mark ?? '', here, judgeHits })
  if (found === null) return { place: null }
  const { shift, judgement } = found
  return {
    place: {
      geometry: await selectShifted(db, geometry, shift),
      distanceM: shift.radiusM,
      verdict: judgement.verdict,
      partial: judgement.partial,
    },
  }
}
