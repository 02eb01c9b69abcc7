import { createDistrictFinder, findPlacement } from '../districts/service.ts'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import type { Deps } from '../platform/deps.ts'
import { inBatches } from '../platform/inBatches.ts'
import type { CheckRequest, CheckResult } from './contract.ts'
import { type Language, present } from './present.ts'
import { type HitsRow, selectHitsAt } from './queries.ts'
import { judge, type LayerFacts, type LayerHit } from './rules.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

export const DIMENSION = { Point: 0, LineString: 1, Polygon: 2 } as const

/** The facts of the layers as last read: they go over the wire again only when their mark has changed. */
export interface KnownFacts {
  mark: string
  facts: LayerFacts[]
}

/** The facts that belong to an answer: its own, or those known under the same mark. */
export function factsOf(row: HitsRow, known: KnownFacts | null): LayerFacts[] {
  return row.facts ?? (known !== null && known.mark === row.mark ? known.facts : [])
}

interface Asked {
  facts: LayerFacts[]
  hits: LayerHit[]
  catalogueVersion: number
}

export type Checker = (request: CheckRequest, language: Language) => Promise<CheckResult>

/**
 * Says what the layers say about a place; keeps nothing of it.
 * @errors Problem `geometry-refused`
 */
export function createChecker({ db, clock }: Reading): Checker {
  const findDistrict = createDistrictFinder(db)
  let known: KnownFacts | null = null

  async function districtOf(geometry: PlaceGeometry): Promise<CheckResult['district']> {
    if (geometry.type === 'Point') return findDistrict(geometry.coordinates)
    const placement = await findPlacement(db, geometry)
    return placement && { districtId: placement.districtId, name: placement.districtName }
  }

  async function askTogether(geometries: readonly PlaceGeometry[]): Promise<Asked[]> {
    const before = known
    const row = await selectHitsAt(db, geometries, before?.mark ?? '')
    const facts = factsOf(row, before)
    if (row.mark !== null) known = { mark: row.mark, facts }
    const hitsOf = new Map(row.places.map(({ number, hits }) => [number, hits]))
    return geometries.map((_geometry, index) => ({ facts, hits: hitsOf.get(index + 1) ?? [], catalogueVersion: row.catalogueVersion }))
  }

  // Points asked about at the same time share a statement: much of one is its own beginning. A large area waits for nobody.
  const askPoint = inBatches({ lanes: 2, most: 20 }, askTogether)
  const ask = async (geometry: PlaceGeometry) =>
    geometry.type === 'Point' ? askPoint(geometry) : ((await askTogether([geometry]))[0] as Asked)

  return async ({ geometry, installationType }, language) => {
    const [district, { facts, hits, catalogueVersion }] = await Promise.all([districtOf(geometry), ask(geometry)])
    const now = clock.now()
    const judgement = judge(facts, hits, { dimension: DIMENSION[geometry.type], installationType, now })
    return present(judgement, { texts: facts, district, catalogueVersion, checkedAt: now }, language)
  }
}
