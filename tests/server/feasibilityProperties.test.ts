import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectHitsAt } from '../../server/feasibility/queries.ts'
import type { LayerHit } from '../../server/feasibility/rules.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import { buildConstraint } from '../builders/constraint.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

// Whole metres around a corner in Ballerup Syd. @crs EPSG:25832
const [E, N] = [709_800, 6_181_900]
type Box = [west: number, south: number, width: number, height: number]

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const ringOf = ([west, south, width, height]: Box) => {
  const [w, s, e, n] = [E + west, N + south, E + west + width, N + south + height]
  return `${w} ${s},${e} ${s},${e} ${n},${w} ${n},${w} ${s}`
}
const wktOf = (box: Box) => `POLYGON((${ringOf(box)}))`

async function wire(wkt: string): Promise<PlaceGeometry> {
  const { rows } = await sql<{ geometry: PlaceGeometry }>`
    select ST_AsGeoJSON(ST_Transform(ST_GeomFromText(${wkt}, 25832), 4326), 15)::json as geometry`.execute(t.db)
  return (rows[0] as { geometry: PlaceGeometry }).geometry
}

async function hit(wkt: string, layerId: string): Promise<LayerHit | undefined> {
  const { places } = await selectHitsAt(t.db, [await wire(wkt)], '')
  return places[0]?.hits.find((one) => one.layerId === layerId)
}

const metres = (min: number, max: number) => fc.integer({ min, max })
const box = fc.tuple(metres(-40, 40), metres(-40, 40), metres(1, 40), metres(1, 40))

/** Square metres of the place that some box covers, counted square by square. */
function countShared(place: Box, boxes: readonly Box[]): number {
  const holds = ([west, south, width, height]: Box, x: number, y: number) =>
    x >= west && x < west + width && y >= south && y < south + height
  let squares = 0
  for (let x = place[0]; x < place[0] + place[2]; x += 1) {
    for (let y = place[1]; y < place[1] + place[3]; y += 1) if (boxes.some((one) => holds(one, x, y))) squares += 1
  }
  return squares
}

/** Metres between two boxes; 0 when they touch. */
function distanceBetween(a: Box, b: Box): number {
  const gap = (from: number, length: number, other: number, otherLength: number) =>
    Math.max(0, other - from - length, from - other - otherLength)
  return Math.hypot(gap(a[0], a[2], b[0], b[2]), gap(a[1], a[3], b[1], b[3]))
}

const settings = { numRuns: 25, seed: 20_261_125 }

describe('random boxes', () => {
  it('share what can be counted, however they overlap each other', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(box, fc.array(box, { minLength: 1, maxLength: 6 }), async (place, boxes) => {
        await buildConstraint(
          t.db,
          'par3',
          boxes.map((one) => ({ wkt: wktOf(one) })),
        )
        const found = await hit(wktOf(place), 'par3')
        const shared = countShared(place, boxes)
        const distance = Math.min(...boxes.map((one) => distanceBetween(place, one)))
        if (distance > 25) expect(found).toBeUndefined()
        else {
          expect(found).toMatchObject({ isInside: shared > 0 })
          expect(found?.distanceM).toBeCloseTo(distance, 2)
          if (shared > 0) expect(found?.overlap).toBeCloseTo(shared, 1)
        }
      }),
      settings,
    )
  })

  it('share a slanting line once, however they overlap each other', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        metres(1, 39),
        metres(1, 39),
        fc.array(fc.tuple(metres(-40, 40), metres(1, 40)), { minLength: 2, maxLength: 6 }),
        async (east, north, slices) => {
          // Upright slices across the whole height, so that what they share of the line follows from their widths.
          await buildConstraint(
            t.db,
            'par3',
            slices.map(([west, width]) => ({ wkt: wktOf([west, -100, width, 200]) })),
          )
          const found = await hit(`LINESTRING(${E} ${N},${E + east} ${N + north})`, 'par3')
          const shared = countShared(
            [0, 0, east, 1],
            slices.map(([west, width]): Box => [west, 0, width, 1]),
          )
          if (shared > 0) expect(found?.overlap).toBeCloseTo((shared / east) * Math.hypot(east, north), 2)
        },
      ),
      settings,
    )
  })

  it('cover a place exactly when every square of it is covered', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(box, fc.array(fc.tuple(box, fc.boolean()), { minLength: 1, maxLength: 6 }), async (place, boxes) => {
        await buildConstraint(
          t.db,
          'ejerskab',
          boxes.map(([one, applies]) => ({ wkt: wktOf(one), applies })),
        )
        const found = await hit(wktOf(place), 'ejerskab')
        const all = boxes.map(([one]) => one)
        expect(found?.isCovered ?? false).toBe(countShared(place, all) === place[2] * place[3])
      }),
      settings,
    )
  })

  it('are never nearer on the way away from them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(box, fc.array(metres(0, 60), { minLength: 2, maxLength: 4 }), async (one, steps) => {
        await buildConstraint(t.db, 'par3', [{ wkt: wktOf(one) }])
        const distances: number[] = []
        for (const step of steps.toSorted((a, b) => a - b)) {
          const found = await hit(`POINT(${E + one[0] + one[2] + step} ${N + one[1] + 0.5})`, 'par3')
          distances.push(found?.isInside ? -1 : (found?.distanceM ?? Number.POSITIVE_INFINITY))
        }
        expect(distances).toEqual(distances.toSorted((a, b) => a - b))
      }),
      settings,
    )
  })
})
