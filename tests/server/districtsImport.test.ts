import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DistrictImport, DistrictsRefused, importDistricts, selectVersionInForce } from '../../server/districts/import.ts'
import { applyReassignment, planReassignment } from '../../server/ideas/reassign.ts'
import { upsertRound } from '../../server/rounds/import.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

// A corner of Ballerup in EPSG:25832, so that the numbers below are metres.
const [EAST, NORTH] = [710_000, 6_180_000]
type Corner = [number, number]
const polygon = (...corners: Corner[]) => ({
  type: 'Polygon',
  coordinates: [[...corners, corners[0] as Corner].map(([x, y]) => [EAST + x, NORTH + y])],
})
const box = (west: number, south: number, east: number, north: number) =>
  polygon([west, south], [east, south], [east, north], [west, north])

const part = (districtId: string, geometry: unknown) => ({ districtId, label: `part of ${districtId}`, geometry })
const names = new Map([
  ['vest', 'Vest'],
  ['oest', 'Øst'],
])
const input = (parts: DistrictImport['parts'], change: Partial<DistrictImport> = {}): DistrictImport => ({
  validFrom: '2026-01-01',
  source: 'test',
  attribution: 'test',
  isOfficial: true,
  names,
  parts,
  ...change,
})
const load = (...parts: DistrictImport['parts']) => database.db.transaction().execute((trx) => importDistricts(trx, input(parts)))
const vest = part('vest', box(0, 0, 100, 100))

async function counts() {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from district) as districts, (select count(*) from district_version) as versions,
      (select count(*) from district_area) as areas`.execute(database.db)
  return rows[0]
}

describe('outlines that are refused change nothing', () => {
  test.each([
    ['overlap', [part('oest', box(99, 0, 200, 100))], /^oest and vest overlap by 100\.0 m² near 12\.\d+ 55\.\d+\.$/],
    [
      'hole',
      [part('oest', polygon([100, 0], [200, 0], [200, 100], [100, 100], [100, 80], [110, 80], [110, 20], [100, 20]))],
      /a gap of 600\.0 m² lies between oest, vest/,
    ],
    ['strip open to the outside', [part('oest', box(100.3, 0, 200, 100))], /a gap of 30\.0 m² lies between oest, vest/],
    [
      'crossing',
      [part('oest', polygon([100, 0], [200, 100], [200, 0], [100, 100]))],
      /part of oest \(oest\) is not valid: Self-intersection\[/,
    ],
    [
      'a line',
      [
        part('oest', {
          type: 'LineString',
          coordinates: [
            [EAST, NORTH],
            [EAST + 1, NORTH],
          ],
        }),
      ],
      /is a linestring, not an area/,
    ],
    ['nothing', [part('oest', null)], /has no geometry/],
    ['outside Denmark', [part('oest', box(100, 0, 400_000, 100))], /oest reaches .* which is not inside Denmark/],
    ['no name', [part('sydoest', box(100, 0, 200, 100))], /the district sydoest has no name yet/],
  ])('%s', async (_, others, sentence) => {
    const before = await counts()
    const refused = await load(vest, ...others).then(
      () => null,
      (error) => error,
    )
    expect(refused).toBeInstanceOf(DistrictsRefused)
    expect(refused.failures.join('\n')).toMatch(sentence)
    expect(await counts()).toEqual(before)
  })

  test('several failed checks are all told', async () => {
    const refused = await load(vest, part('oest', box(99, 0, 200, 100)), part('nord', box(0, 101, 10, 400_000))).catch((error) => error)
    expect(refused.failures).toEqual([expect.stringContaining('nord has no name')])
    const both = await database.db
      .transaction()
      .execute((trx) =>
        importDistricts(
          trx,
          input([vest, part('oest', box(99, 0, 200, 100)), part('nord', box(0, 100.4, 200, 400_000))], {
            names: new Map([...names, ['nord', 'Nord']]),
          }),
        ),
      )
      .catch((error) => error)
    expect(both.failures.map((sentence: string) => sentence.split(' ').slice(0, 3).join(' '))).toEqual([
      'nord reaches 12.344',
      'oest and vest',
      'a gap of',
    ])
  })

  test('what is off by less than a square metre is not', async () => {
    await expect(
      database.db.transaction().execute(async (trx) => {
        await importDistricts(trx, input([vest, part('oest', box(99.995, 0, 200, 100))]))
        throw new Error('keep nothing')
      }),
    ).rejects.toThrow('keep nothing')
  })
})

describe('a new version', () => {
  beforeEach(async () => {
    await sql`delete from idea where round_year = 2031`.execute(database.db)
    await database.db.transaction().execute((trx) =>
      upsertRound(trx, {
        year: 2031,
        title: null,
        theme: 'Prøve',
        description: null,
        totalDkk: 1,
        phases: [],
        shares: [],
        rules: { whoProposes: null, whoDecides: null, howDecided: null, maxProjectsPerDistrict: null, minimumAge: null, notes: [] },
        record: { proposalDeadline: null, sources: null, meetings: [], ballots: [] },
      }),
    )
  })

  const at = (x: number, y: number) => `${EAST + x} ${NORTH + y}`

  test('joins parts, is in force from its day, and leaves every idea where it was until asked', async () => {
    await load(vest, part('vest', box(0, 100, 100, 200)), part('oest', box(100, 0, 200, 200)))
    const ideas = await insertIdeas(database.db, [
      { title: 'Bliver', wkt: `POINT(${at(50, 50)})`, year: 2031 },
      { title: 'Flytter', wkt: `POINT(${at(90, 50)})`, year: 2031 },
      { title: 'Linje', wkt: `LINESTRING(${at(70, 10)}, ${at(99, 10)})`, year: 2031 },
      { title: 'Forladt', wkt: `POINT(${at(10, 190)})`, year: 2031 },
    ])
    const first = await selectVersionInForce(database.db)
    const report = await load(part('vest', box(0, 0, 80, 150)), part('oest', box(80, 0, 200, 150)))
    expect(report).toMatchObject({ isInForce: true, districtVersionId: (first as number) + 1 })
    expect(report.areas.filter(({ districtId }) => names.has(districtId))).toMatchObject([
      { districtId: 'oest', partCount: 1, beforeM2: 20_000, afterM2: 18_000 },
      { districtId: 'vest', partCount: 1, beforeM2: 20_000, afterM2: 12_000 },
    ])
    const rows = () =>
      database.db
        .selectFrom('idea')
        .where('round_year', '=', 2031)
        .orderBy('idea_id')
        .select(['title', 'district_id', 'district_version_id', 'spans_districts', 'version'])
        .execute()
    expect((await rows()).every((row) => row.district_version_id === first)).toBe(true)

    const plan = await planReassignment(database.db, report.districtVersionId)
    const ours = ({ roundYear }: { roundYear: number }) => roundYear === 2031
    expect(plan.moves.filter(ours).map(({ title, fromDistrictId, toDistrictId }) => [title, fromDistrictId, toDistrictId])).toEqual([
      ['Flytter', 'vest', 'oest'],
      ['Linje', 'vest', 'oest'],
    ])
    expect(plan.outside.filter(ours).map(({ title }) => title)).toEqual(['Forladt'])

    await database.db.transaction().execute((trx) => applyReassignment(trx, report.districtVersionId))
    expect(await rows()).toEqual([
      { title: 'Bliver', district_id: 'vest', district_version_id: report.districtVersionId, spans_districts: ['vest'], version: 1 },
      { title: 'Flytter', district_id: 'oest', district_version_id: report.districtVersionId, spans_districts: ['oest'], version: 2 },
      { title: 'Linje', district_id: 'oest', district_version_id: report.districtVersionId, spans_districts: ['oest', 'vest'], version: 2 },
      { title: 'Forladt', district_id: 'vest', district_version_id: first, spans_districts: ['vest'], version: 1 },
    ])
    const events = await database.db
      .selectFrom('idea_event')
      .where('idea_id', 'in', ideas)
      .orderBy('idea_id')
      .select(['idea_id', 'kind', 'version', 'detail'])
      .execute()
    const detail = { from: 'vest', to: 'oest', fromVersion: first, toVersion: report.districtVersionId }
    expect(events).toEqual([1, 2].map((index) => ({ idea_id: ideas[index], kind: 'district-reassigned', version: 2, detail })))
    expect((await planReassignment(database.db, report.districtVersionId)).moves.filter(ours)).toEqual([])
  })

  test('of a later day waits for it', async () => {
    const before = await selectVersionInForce(database.db)
    const later = input([vest, part('oest', box(100, 0, 200, 100))], { validFrom: '2099-01-01' })
    const report = await database.db.transaction().execute((trx) => importDistricts(trx, later))
    expect(report.isInForce).toBe(false)
    expect(await selectVersionInForce(database.db)).toBe(before)
  })

  test('puts the label inside, whatever it was told', async () => {
    const labelPoints = new Map<string, readonly [number, number]>([['vest', [12.0, 55.0]]])
    const { districtVersionId } = await database.db
      .transaction()
      .execute((trx) => importDistricts(trx, input([vest, part('oest', box(100, 0, 200, 100))], { labelPoints })))
    const { rows } = await sql<{ inside: boolean }>`
      select bool_and(ST_Covers(geom, label_point)) as inside from district_area where district_version_id = ${districtVersionId}`.execute(
      database.db,
    )
    expect(rows[0]?.inside).toBe(true)
  })
})
