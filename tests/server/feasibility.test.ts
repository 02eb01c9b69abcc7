import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BetterPlace, CheckResult, Finding } from '../../server/feasibility/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { type BuiltFeature, buildConstraint, failConstraint } from '../builders/constraint.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

// Everything lies around this corner in Ballerup Syd. @crs EPSG:25832
const [E, N] = [709_800, 6_181_900]
const at = (east: number, north: number) => `${E + east} ${N + north}`
const point = (east: number, north: number) => `POINT(${at(east, north)})`
const line = (...positions: [number, number][]) => `LINESTRING(${positions.map(([east, north]) => at(east, north)).join(',')})`
const ring = (...positions: [number, number][]) =>
  `(${[...positions, positions[0] as [number, number]].map(([e, n]) => at(e, n)).join(',')})`
const polygon = (...positions: [number, number][]) => `POLYGON(${ring(...positions)})`
const box = (west: number, south: number, east: number, north: number) =>
  polygon([west, south], [east, south], [east, north], [west, north])
const SQUARE = box(0, 0, 100, 100)

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

async function wire(wkt: string): Promise<PlaceGeometry> {
  const { rows } = await sql<{ geometry: PlaceGeometry }>`
    select ST_AsGeoJSON(ST_Transform(ST_GeomFromText(${wkt}, 25832), 4326), 15)::json as geometry`.execute(t.deps.db)
  return (rows[0] as { geometry: PlaceGeometry }).geometry
}

async function check(wkt: string, installationType: InstallationType | null = null, language = 'da'): Promise<CheckResult> {
  const body = { geometry: await wire(wkt), installationType }
  const response = await t.send('POST', `/api/feasibility/check?language=${language}`, { body })
  expect(response.status, await response.clone().text()).toBe(200)
  return bodyOf<CheckResult>(response)
}

const of = (result: CheckResult, layerId: string): Finding | undefined => result.findings.find((finding) => finding.layerId === layerId)

async function found(layerId: string, features: (string | BuiltFeature)[], place: string): Promise<Finding | undefined> {
  const built = features.map((feature) => (typeof feature === 'string' ? { wkt: feature } : feature))
  await buildConstraint(t.deps.db, layerId, built)
  return of(await check(place), layerId)
}

type Expected = Partial<Finding> | null

// A ragged lump of 700 corners with a hole, which is cut into pieces; its middle column runs along their cuts.
const lump = (radiusM: number) =>
  Array.from({ length: 700 }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * k) / 700
    const radius = radiusM * (1 + 0.05 * Math.sin(9 * angle))
    return [Math.round(radius * Math.cos(angle) * 1000) / 1000, Math.round(radius * Math.sin(angle) * 1000) / 1000]
  })

describe('what meets what', () => {
  // par3 warns 25 m around.
  it.each<[string, string, string, Expected]>([
    ['a point within', SQUARE, point(50, 50), { relation: 'inside', distanceM: 0, overlapM2: null, overlapM: null, severity: 3 }],
    ['a point on the border', SQUARE, point(0, 50), { relation: 'near', distanceM: 0, severity: 1 }],
    ['a point on a corner', SQUARE, point(100, 100), { relation: 'near', distanceM: 0, severity: 1 }],
    ['a point a centimetre within', SQUARE, point(0.01, 50), { relation: 'inside', distanceM: 0, severity: 3 }],
    ['a point a centimetre outside', SQUARE, point(-0.01, 50), { relation: 'near', distanceM: 0.01, severity: 1 }],
    ['a point off a corner', SQUARE, point(103, 104), { relation: 'near', distanceM: 5, severity: 1 }],
    ['a point as far as the margin', SQUARE, point(-25, 50), { relation: 'near', distanceM: 25, severity: 1 }],
    ['a point past the margin', SQUARE, point(-25.01, 50), null],
    [
      'a point in a hole',
      `POLYGON(${ring([0, 0], [100, 0], [100, 100], [0, 100])},${ring([40, 40], [40, 60], [60, 60], [60, 40])})`,
      point(50, 50),
      { relation: 'near', distanceM: 10 },
    ],
    ['a point on a line', line([0, 0], [100, 0]), point(50, 0), { relation: 'inside', distanceM: 0 }],
    ['a point on the end of a line', line([0, 0], [100, 0]), point(100, 0), { relation: 'near', distanceM: 0 }],
    ['a point on a closed line', line([0, 0], [100, 0], [50, 80], [0, 0]), point(0, 0), { relation: 'inside', distanceM: 0 }],
    ['a point on a point', point(5, 5), point(5, 5), { relation: 'inside', distanceM: 0 }],
    ['a line through', SQUARE, line([-50, 50], [150, 50]), { relation: 'inside', distanceM: 0, overlapM: 100, overlapM2: null }],
    ['a line within', SQUARE, line([10, 50], [90, 50]), { relation: 'inside', overlapM: 80 }],
    ['a line along a border', SQUARE, line([0, 10], [0, 90]), { relation: 'near', distanceM: 0, overlapM: 0 }],
    [
      'a line along a slanting border',
      polygon([0, 0], [97, 31], [40, 90]),
      line([19.4, 6.2], [58.2, 18.6]),
      { relation: 'near', distanceM: 0 },
    ],
    ['a line that ends on the border', SQUARE, line([-50, 50], [0, 50]), { relation: 'near', distanceM: 0 }],
    ['a line along a border and in', SQUARE, line([0, 10], [0, 50], [30, 50]), { relation: 'inside', distanceM: 0 }],
    ['a line that passes a corner', SQUARE, line([-50, 150], [50, 50], [60, 60]), { relation: 'inside' }],
    ['a line that touches a corner', SQUARE, line([-50, 50], [50, 150]), { relation: 'near', distanceM: 0 }],
    ['lines that cross', line([0, 0], [100, 0]), line([50, -10], [50, 10]), { relation: 'inside', distanceM: 0, overlapM: 0 }],
    ['a line that ends on a line', line([0, 0], [100, 0]), line([50, 0], [50, 10]), { relation: 'near', distanceM: 0 }],
    ['lines that run together', line([0, 0], [100, 0]), line([60, 0], [160, 0]), { relation: 'inside', overlapM: 40 }],
    ['lines end to end', line([0, 0], [100, 0]), line([100, 0], [160, 0]), { relation: 'near', distanceM: 0 }],
    ['polygons that overlap', SQUARE, box(90, 90, 110, 110), { relation: 'inside', distanceM: 0, overlapM2: 100, overlapM: null }],
    ['polygons with a common border', SQUARE, box(100, 10, 120, 90), { relation: 'near', distanceM: 0, overlapM2: 0, severity: 1 }],
    [
      'polygons with a common slanting border',
      polygon([0, 0], [97, 31], [40, 90]),
      polygon([19.4, 6.2], [58.2, 18.6], [60, 0]),
      { relation: 'near', distanceM: 0, overlapM2: 0 },
    ],
    ['polygons with a common corner', SQUARE, box(100, 100, 120, 120), { relation: 'near', distanceM: 0 }],
    ['polygons apart', SQUARE, box(110, 0, 120, 10), { relation: 'near', distanceM: 10 }],
    ['a polygon within', SQUARE, box(10, 10, 20, 30), { relation: 'inside', overlapM2: 200 }],
    ['a polygon around', SQUARE, box(-50, -50, 150, 150), { relation: 'inside', overlapM2: 10_000 }],
    [
      'a polygon around a hole',
      `POLYGON(${ring([0, 0], [100, 0], [100, 100], [0, 100])},${ring([40, 40], [40, 60], [60, 60], [60, 40])})`,
      box(30, 30, 70, 70),
      { relation: 'inside', overlapM2: 1_200 },
    ],
    [
      'a polygon that fills a hole',
      `POLYGON(${ring([0, 0], [100, 0], [100, 100], [0, 100])},${ring([40, 40], [40, 60], [60, 60], [60, 40])})`,
      box(40, 40, 60, 60),
      { relation: 'near', distanceM: 0 },
    ],
    ['a polygon over a line', line([-50, 50], [150, 50]), SQUARE, { relation: 'inside', distanceM: 0, overlapM2: 0 }],
    ['a polygon beside a line', line([0, -20], [0, 120]), SQUARE, { relation: 'near', distanceM: 0 }],
    ['a polygon over a point', point(5, 5), SQUARE, { relation: 'inside', distanceM: 0, overlapM2: 0 }],
    ['a polygon with a point on its border', point(0, 5), SQUARE, { relation: 'near', distanceM: 0 }],
    [
      'several parts in one',
      `MULTIPOLYGON((${ring([0, 0], [10, 0], [10, 10], [0, 10])}),(${ring([50, 0], [60, 0], [60, 10], [50, 10])}))`,
      box(5, 0, 55, 10),
      { relation: 'inside', overlapM2: 100 },
    ],
    ['a point in a lump of many corners', polygon(...lump(90)), point(3, 4), { relation: 'inside', distanceM: 0 }],
    ['a point in the middle of the lump', polygon(...lump(90)), point(0, 0), { relation: 'inside', distanceM: 0 }],
    ['a line through the middle of the lump', polygon(...lump(90)), line([-10, 0], [10, 0]), { relation: 'inside', overlapM: 20 }],
    ['a polygon in the lump', polygon(...lump(90)), box(-10, -10, 10, 10), { relation: 'inside', overlapM2: 400 }],
    [
      'a point on a corner of the lump',
      polygon(...lump(90)),
      point(...(lump(90)[100] as [number, number])),
      { relation: 'near', distanceM: 0 },
    ],
    ['a mixed collection', `GEOMETRYCOLLECTION(${SQUARE},${line([-100, 50], [-50, 50])})`, point(-75, 50), { relation: 'inside' }],
  ])('%s', async (_what, feature, place, expected) => {
    const finding = await found('par3', [feature], place)
    if (expected === null) expect(finding).toBeUndefined()
    else expect(finding).toMatchObject(expected)
  })

  it('every point of a lump of many corners is inside, its cuts too', async () => {
    await buildConstraint(t.deps.db, 'par3', [{ wkt: polygon(...lump(90)) }])
    const { rows } = await sql<{ east: number; north: number }>`
      select distinct on (ST_X(p.geom), ST_Y(p.geom)) ST_X(p.geom) - ${E} as east, ST_Y(p.geom) - ${N} as north
      from constraint_piece c join constraint_feature f using (constraint_feature_id) cross join lateral ST_DumpPoints(c.geom) p
      where c.is_cut and f.layer_id = 'par3' and ST_Distance(p.geom, ST_Boundary(f.geom)) > 1 limit 6`.execute(t.deps.db)
    expect(rows.length).toBeGreaterThan(0)
    for (const { east, north } of rows) expect(of(await check(point(east, north)), 'par3')).toMatchObject({ relation: 'inside' })
  })
})

describe('what is counted', () => {
  it('features that overlap each other count once', async () => {
    const finding = await found('par3', [SQUARE, box(50, 0, 150, 100), box(50, 0, 100, 100)], box(20, 10, 120, 20))
    expect(finding).toMatchObject({ overlapM2: 1_000 })
    expect(finding?.features).toHaveLength(3)
  })

  it('what does not apply is no finding and does not count', async () => {
    const features = [
      { wkt: box(0, 0, 50, 100), applies: false },
      { wkt: box(50, 0, 100, 100), sourceId: 'b', label: 'Privat' },
    ]
    const finding = await found('ejerskab', features, box(40, 10, 60, 20))
    expect(finding).toMatchObject({ overlapM2: 100, features: [{ id: 'b', label: 'Privat', datasetDate: '2026-04-30' }] })
  })

  it('names at most twenty features, what is inside and nearest first', async () => {
    const features = Array.from({ length: 30 }, (_, k) => ({ wkt: box(k, 10, k + 0.5, 20), sourceId: `f${k}` }))
    const finding = await found('par3', features, point(0.25, 15))
    expect(finding?.features.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, k) => `f${k}`))
  })

  it('a rule that reaches out bites there, and warns beyond', async () => {
    // Railway: 10 m, and 20 m of warning.
    const rail = [line([-500, 0], [500, 0])]
    expect(await found('bane', rail, point(0, 10))).toMatchObject({ relation: 'near', distanceM: 10, severity: 2 })
    expect(await found('bane', rail, point(0, 10.01))).toMatchObject({ distanceM: 10.01, severity: 1 })
    expect(await found('bane', rail, point(0, 30))).toMatchObject({ severity: 1 })
    expect(await found('bane', rail, point(0, 30.01))).toBeUndefined()
  })
})

describe('a rule whose reach is changed', () => {
  it('reaches as far at once, in the data that is there', async () => {
    const warn = (warnM: number) =>
      t.deps.db.updateTable('constraint_layer').set({ warn_m: warnM }).where('layer_id', '=', 'bane').execute()
    expect(await found('bane', [line([-500, 0], [500, 0])], point(0, 70))).toBeUndefined()
    await warn(60)
    expect(of(await check(point(0, 70)), 'bane')).toMatchObject({ distanceM: 70, severity: 1 })
    await warn(20)
    expect(of(await check(point(0, 70)), 'bane')).toBeUndefined()
  })
})

describe('a place', () => {
  beforeAll(async () => {
    for (const layerId of ['par3', 'ejerskab', 'bane']) await buildConstraint(t.deps.db, layerId, [])
  })

  it('of which something is not covered was not checked there', async () => {
    await buildConstraint(t.deps.db, 'ejerskab', [
      { wkt: box(0, 0, 50, 100), applies: false },
      { wkt: box(50, 0, 100, 100), applies: false },
    ])
    expect((await check(box(10, 10, 90, 90))).notChecked).not.toContain('ejerskab')
    expect((await check(box(10, 10, 110, 90))).notChecked).toContain('ejerskab')
    expect((await check(point(50, 50))).notChecked).not.toContain('ejerskab')
    expect((await check(point(150, 50))).notChecked).toContain('ejerskab')
    expect((await check(line([10, 10], [90, 90]))).notChecked).not.toContain('ejerskab')
    expect((await check(line([10, 10], [190, 90]))).notChecked).toContain('ejerskab')
  })

  it('says what was never loaded, what failed and what is old', async () => {
    await buildConstraint(t.deps.db, 'par3', [{ wkt: SQUARE }], { datasetDate: '2020-01-01' })
    await buildConstraint(t.deps.db, 'fredning', [{ wkt: SQUARE }])
    await failConstraint(t.deps.db, 'fredning')
    const result = await check(point(50, 50))
    const status = (layerId: string) => result.datasets.find((dataset) => dataset.layerId === layerId)?.status
    expect([status('par3'), status('fredning'), status('par18')]).toEqual(['stale', 'failed', 'never-loaded'])
    expect(of(result, 'fredning')).toMatchObject({ severity: 3 })
    expect(result.notChecked).toEqual(expect.arrayContaining(['fredning', 'par18']))
    expect(result.notChecked).not.toContain('par3')
    // Beach protection means nothing for any kind here, so that nobody need look.
    expect(result.notChecked).not.toContain('par15')
    expect(result.partial).toBe(true)
    const mapped = await t.deps.db.selectFrom('constraint_layer').where('is_mapped', '=', true).select('layer_id as layerId').execute()
    expect(new Set(result.datasets.map(({ layerId }) => layerId))).toEqual(new Set(mapped.map(({ layerId }) => layerId)))
  })

  it('depends on the kind of installation, and duties count from a permit on', async () => {
    const { db } = t.deps
    const { rows } = await sql<{ layer_id: string }>`select layer_id from constraint_layer where is_mapped`.execute(db)
    for (const { layer_id } of rows) {
      const ground = layer_id === 'ejerskab' || layer_id === 'landzone' ? [{ wkt: box(-2000, -2000, 2000, 2000), applies: false }] : []
      await buildConstraint(db, layer_id, ground)
    }
    const verdict = async (type: InstallationType | null) => {
      const { verdict: word, partial, earliestStart } = await check(point(50, 50), type)
      return [word, partial, earliestStart]
    }
    expect((await check(point(50, 50), 'bench')).duties.map(({ layerId }) => layerId)).toEqual(expect.arrayContaining(['ler', 'adgang']))
    expect(await verdict('bench')).toEqual(['clear', false, '2026-05-04'])
    // A playground is a building: eight weeks.
    expect((await check(point(50, 50), 'playground')).duties[0]).toMatchObject({ severity: 2 })
    expect(await verdict('playground')).toEqual(['permit', false, '2026-06-29'])
    expect((await verdict(null)).slice(0, 2)).toEqual(['clear', false])
    await buildConstraint(db, 'jordv', [{ wkt: SQUARE }])
    expect((await verdict('bench'))[0]).toBe('ask')
    expect((await verdict('playground'))[0]).toBe('stop')
    expect(await verdict(null)).toEqual(['stop', false, null])
  })

  it('speaks the language asked for', async () => {
    await t.deps.db
      .updateTable('constraint_layer')
      .set({ name_da: 'Forurenet jord', name_en: 'Contaminated soil' })
      .where('layer_id', '=', 'jordv')
      .execute()
    expect(of(await check(point(50, 50)), 'jordv')).toMatchObject({ name: 'Forurenet jord' })
    expect(of(await check(point(50, 50), null, 'en'), 'jordv')).toMatchObject({ name: 'Contaminated soil' })
  })

  it('has its district, or none', async () => {
    expect((await check(point(50, 50))).district).toMatchObject({ districtId: 'ballerup-syd' })
    expect((await check(box(0, 0, 10, 10))).district).toMatchObject({ districtId: 'ballerup-syd' })
    expect((await check(point(30_000, 0))).district).toBeNull()
  })

  it('follows a change of the catalogue at once, and remembers its number', async () => {
    const before = await check(point(50, 50), 'bench')
    await sql`
      insert into constraint_layer_version (layer_id, severities, citizen_text_da, citizen_text_en, planner_text_da, planner_text_en,
        editor_name, reason, edited_at)
      select layer_id, severities || '{"bench": 3}', 'Her må der ikke sættes en bænk.', citizen_text_en, planner_text_da, planner_text_en,
        'Pia Planlægger', 'prøve på en ændring', now()
      from constraint_layer_version where layer_id = 'jordv'`.execute(t.deps.db)
    const after = await check(point(50, 50), 'bench')
    expect([before.verdict, after.verdict]).toEqual(['ask', 'stop'])
    expect(of(after, 'jordv')).toMatchObject({ citizenText: 'Her må der ikke sættes en bænk.' })
    expect(after.catalogueVersion).toBeGreaterThan(before.catalogueVersion)
  })

  it.each<[string, string]>([
    ['geometry-self-crossing', polygon([0, 0], [10, 10], [10, 0], [0, 10])],
    ['geometry-too-large', box(0, 0, 400, 400)],
    ['geometry-too-long', line([0, 0], [5_000, 100])],
    ['geometry-zero-length', line([0, 0], [0, 0.001])],
  ])('that is none is refused: %s', async (detail, wkt) => {
    const response = await t.send('POST', '/api/feasibility/check', { body: { geometry: await wire(wkt) } })
    expect([response.status, await bodyOf(response)]).toMatchObject([
      422,
      { kind: 'geometry-refused', errors: [{ pointer: '/geometry', detail }] },
    ])
  })

  it('is not asked for without end', async () => {
    const body = { geometry: await wire(point(50, 50)) }
    const now = t.clock.now()
    const windowStart = new Date(now.getTime() - (now.getTime() % 60_000))
    await t.send('POST', '/api/feasibility/check', { body })
    await t.deps.db.updateTable('rate_limit').set({ request_count: 600 }).where('window_start', '=', windowStart).execute()
    expect((await t.send('POST', '/api/feasibility/check', { body })).status).toBe(429)
  })

  it('leaves nothing behind', async () => {
    const count = async () => (await sql<{ n: number }>`select count(*) as n from feasibility_record`.execute(t.deps.db)).rows[0]?.n
    const before = await count()
    await check(point(50, 50))
    expect(await count()).toBe(before)
  })

  it('meets the old data or the new while a layer is swapped, never half of it', async () => {
    const half = [box(0, 0, 50, 100), box(50, 0, 100, 100)]
    await buildConstraint(
      t.deps.db,
      'par3',
      half.map((wkt) => ({ wkt, sourceId: 'old' })),
    )
    const swaps = (async () => {
      for (let round = 0; round < 6; round += 1) {
        await buildConstraint(
          t.deps.db,
          'par3',
          half.map((wkt) => ({ wkt, sourceId: round % 2 === 0 ? 'new' : 'old' })),
        )
      }
    })()
    for (let round = 0; round < 12; round += 1) {
      const finding = of(await check(box(40, 40, 60, 60)), 'par3')
      expect(finding).toMatchObject({ overlapM2: 400 })
      expect(new Set(finding?.features.map(({ id }) => id)).size).toBe(1)
      expect(finding?.features).toHaveLength(2)
    }
    await swaps
  })
})

describe('a better place', () => {
  const better = async (wkt: string, installationType: InstallationType | null = 'bench') => {
    const response = await t.send('POST', '/api/feasibility/better-place', { body: { geometry: await wire(wkt), installationType } })
    expect(response.status, await response.clone().text()).toBe(200)
    return (await bodyOf<BetterPlace>(response)).place
  }
  const clear = async () => {
    for (const layerId of ['jordv', 'par3', 'fredning']) await buildConstraint(t.deps.db, layerId, [])
  }
  beforeAll(clear)

  it('is the nearest one, and truly milder', async () => {
    await buildConstraint(t.deps.db, 'par3', [{ wkt: box(0, 0, 100, 100) }])
    const place = await better(point(50, 87))
    // Out of the square and its margin of 25 m: 38 m and a little.
    expect(place).toMatchObject({ verdict: 'ask', partial: false })
    expect(place?.distanceM).toBeGreaterThanOrEqual(13)
    expect(place?.distanceM).toBeLessThanOrEqual(14)
    const response = await t.send('POST', '/api/feasibility/check', { body: { geometry: place?.geometry, installationType: 'bench' } })
    expect((await bodyOf<CheckResult>(response)).verdict).toBe('ask')
    expect(await better(point(50, 87))).toEqual(place)
  })

  it('keeps the shape', async () => {
    const place = await better(box(40, 80, 60, 90))
    expect(place?.geometry).toMatchObject({ type: 'Polygon' })
    expect((await check(box(40, 80, 60, 90))).verdict).toBe('stop')
    expect(place?.distanceM).toBeGreaterThanOrEqual(20)
  })

  it('is not one that was not checked', async () => {
    await buildConstraint(t.deps.db, 'ejerskab', [{ wkt: box(-400, 0, 100, 100), applies: false }])
    const place = await better(point(50, 87))
    expect(place?.distanceM).toBeGreaterThanOrEqual(50)
    expect(place?.partial).toBe(false)
    await buildConstraint(t.deps.db, 'ejerskab', [{ wkt: box(-2000, -2000, 2000, 2000), applies: false }])
  })

  it('is none when it is good here, nothing near is better, or it lies nowhere', async () => {
    expect(await better(point(500, 500))).toBeNull()
    expect(await better(point(30_000, 0))).toBeNull()
    await buildConstraint(t.deps.db, 'par3', [{ wkt: box(-1000, -1000, 1000, 1000) }])
    expect(await better(point(50, 50))).toBeNull()
    await clear()
  })
})
