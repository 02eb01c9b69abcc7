import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Idea } from '../../server/ideas/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import { newIdea } from '../builders/idea.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

let t: TestApp
let citizen: SignedIn
const ideasPath = '/api/rounds/2026/ideas'

beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  await buildRound(t.deps.db, { year: 2027, phaseInMay: 'decision' })
  citizen = await t.signIn('citizen', 'ballerup-syd')
})
afterAll(() => t.close())
// One person writes all of these; how often a person may write is a test of its own.
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

async function create(change: Parameters<typeof newIdea>[0] = {}, as = citizen): Promise<Idea> {
  const response = await t.send('POST', ideasPath, { as, body: newIdea(change) })
  expect(response.status, await response.clone().text()).toBe(201)
  return bodyOf<Idea>(response)
}

async function refused(geometry: unknown) {
  const response = await t.send('POST', ideasPath, { as: citizen, body: { ...newIdea(), geometry } })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return bodyOf(response)
}

const line = (...coordinates: [number, number][]): PlaceGeometry => ({ type: 'LineString', coordinates })
const polygon = (...ring: [number, number][]): PlaceGeometry => ({ type: 'Polygon', coordinates: [ring] })

describe('the district comes from the geometry', () => {
  it.each([
    ['ballerup-syd', 12.3618, 55.7338],
    ['skovlunde', 12.401, 55.7207],
    ['maaloev', 12.3183, 55.7494],
    ['ballerup-nord', 12.3781, 55.7514],
  ])('a point in %s', async (districtId, lng, lat) => {
    const idea = await create({ geometry: { type: 'Point', coordinates: [lng, lat] } })
    expect(idea).toMatchObject({ districtId, spansDistricts: [districtId], labelPoint: [lng, lat], lengthM: null, areaM2: null })
  })

  it('a line belongs where most of it lies and names what it crosses', async () => {
    // From Ballerup Rådhus north across the border at about 55.7352.
    const idea = await create({ geometry: line([12.3644, 55.7342], [12.3644, 55.741]) })
    expect(idea.districtId).toBe('ballerup-nord')
    expect(idea.spansDistricts).toEqual(['ballerup-nord', 'ballerup-syd'])
    expect(idea.lengthM).toBeGreaterThan(750)
    expect(idea.lengthM).toBeLessThan(760)
  })

  it('a polygon is measured in square metres', async () => {
    const idea = await create({ geometry: polygon([12.36, 55.73], [12.361, 55.73], [12.361, 55.7305], [12.36, 55.7305], [12.36, 55.73]) })
    expect(idea.areaM2).toBeGreaterThan(3_450)
    expect(idea.areaM2).toBeLessThan(3_520)
  })

  it('a point on a border vertex shared by two districts always goes to the same one', async () => {
    const shared: PlaceGeometry = { type: 'Point', coordinates: [12.389, 55.7283] }
    const districts = new Set<string>()
    for (let round = 0; round < 3; round++) districts.add((await create({ geometry: shared })).districtId)
    expect(districts.size).toBe(1)
  })

  it('outside all districts it is refused with the nearest one and the distance', async () => {
    const problem = await refused({ type: 'Point', coordinates: [12.45, 55.72] })
    expect(problem).toMatchObject({ status: 422, kind: 'outside-district', nearestDistrictId: 'skovlunde' })
    expect(problem.distanceM).toBeGreaterThan(1_400)
    expect(problem.distanceM).toBeLessThan(1_600)
  })

  it('partly outside the municipality it is refused with how much sticks out', async () => {
    const sticking = await refused(line([12.4232, 55.717], [12.4332, 55.717]))
    expect(sticking).toMatchObject({ status: 422, kind: 'partly-outside' })
    expect(sticking.outsideM).toBeGreaterThan(400)
    const over = await refused(polygon([12.424, 55.716], [12.4275, 55.716], [12.4275, 55.7165], [12.424, 55.7165], [12.424, 55.716]))
    expect(over.kind).toBe('partly-outside')
    expect(over.outsideM2).toBeGreaterThan(1_000)
  })
})

describe('bad geometry gets a named reason and a pointer', () => {
  const at = (lng: number, lat: number): [number, number] => [lng, lat]
  const circle = Array.from({ length: 600 }, (_, index) => at(12.36 + Math.cos(index / 96) / 1000, 55.73 + Math.sin(index / 96) / 2000))
  it.each([
    [
      'geometry-self-crossing',
      '/geometry',
      polygon(at(12.36, 55.73), at(12.361, 55.731), at(12.361, 55.73), at(12.36, 55.731), at(12.36, 55.73)),
    ],
    ['geometry-self-crossing', '/geometry', line(at(12.36, 55.73), at(12.362, 55.732), at(12.362, 55.73), at(12.36, 55.732))],
    ['geometry-zero-area', '/geometry', polygon(at(12.36, 55.73), at(12.361, 55.73), at(12.362, 55.73), at(12.36, 55.73))],
    ['geometry-zero-length', '/geometry', line(at(12.36, 55.73), at(12.36, 55.73))],
    ['geometry-too-many-vertices', '/geometry/coordinates', { type: 'LineString', coordinates: circle }],
    [
      'geometry-too-large',
      '/geometry',
      polygon(at(12.35, 55.72), at(12.358, 55.72), at(12.358, 55.725), at(12.35, 55.725), at(12.35, 55.72)),
    ],
    ['geometry-swapped-axes', '/geometry/coordinates', { type: 'Point', coordinates: [55.73, 12.36] }],
    ['geometry-dimensions', '/geometry/coordinates', { type: 'Point', coordinates: [12.36, 55.73, 10] }],
    ['geometry-type', '/geometry/type', { type: 'GeometryCollection', geometries: [] }],
    ['geometry-type', '/geometry/type', { type: 'MultiPoint', coordinates: [[12.36, 55.73]] }],
    ['geometry-not-a-number', '/geometry/coordinates', { type: 'Point', coordinates: [null, 55.73] }],
    ['geometry-missing', '/geometry', undefined],
  ])('%s', async (reason, pointer, geometry) => {
    expect(await refused(geometry)).toMatchObject({ status: 422, kind: 'geometry-refused', errors: [{ pointer, detail: reason }] })
  })
})

describe('texts', () => {
  it('keeps HTML as text', async () => {
    const idea = await create({ title: '<script>alert(1)</script>', description: '<img src=x onerror=alert(1)> er bare tekst' })
    expect(idea.title).toBe('<script>alert(1)</script>')
  })

  it.each([
    ['/title', { title: 'ab' }],
    ['/title', { title: 'x'.repeat(101) }],
    ['/title', { title: 'to\nlinjer' }],
    ['/description', { description: 'kort' }],
    ['/description', { description: `lang nok \u0000 til at tælle` }],
    ['/category', { category: 'money' as never }],
    ['/wishedAmountDkk', { wishedAmountDkk: 0 }],
    ['/wishedAmountDkk', { wishedAmountDkk: 1_000_001 }],
    ['/wishedAmountDkk', { wishedAmountDkk: 12.5 }],
  ])('refuses %s %o', async (pointer, change) => {
    const response = await t.send('POST', ideasPath, { as: citizen, body: newIdea(change) })
    expect(response.status).toBe(422)
    expect(await bodyOf(response)).toMatchObject({ kind: 'invalid-request', errors: [{ pointer }] })
  })

  it('answers 400 to what is not JSON', async () => {
    const response = await t.send('POST', ideasPath, { as: citizen, body: '{"title":' })
    expect(response.status).toBe(400)
    expect(await bodyOf(response)).toMatchObject({ kind: 'malformed-request' })
  })
})

describe('writing', () => {
  it('is for signed-in people, in the phase of involvement, in a round that exists', async () => {
    expect((await t.send('POST', ideasPath, { body: newIdea() })).status).toBe(401)
    const closed = await t.send('POST', '/api/rounds/2027/ideas', { as: citizen, body: newIdea() })
    expect([closed.status, (await bodyOf(closed)).kind]).toEqual([409, 'phase-closed'])
    expect((await t.send('POST', '/api/rounds/2099/ideas', { as: citizen, body: newIdea() })).status).toBe(404)
  })

  it('is limited to sixty an hour per person, with when to come back', async () => {
    const eager = await t.signIn()
    const answers = await Promise.all(Array.from({ length: 61 }, () => t.send('POST', ideasPath, { as: eager, body: {} })))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(60).fill(422), 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await t.send('POST', ideasPath, { as: await t.signIn(), body: {} })).status).toBe(422)
    t.clock.set(new Date(t.clock.now().getTime() + 3_600_000))
    expect((await t.send('POST', ideasPath, { as: eager, body: {} })).status).toBe(422)
  })

  it('sent ten times at once with one key makes one idea', async () => {
    const headers = { 'Idempotency-Key': 'double-tap-1' }
    const body = newIdea({ title: 'Sendt ti gange på én gang' })
    const responses = await Promise.all(Array.from({ length: 10 }, () => t.send('POST', ideasPath, { as: citizen, body, headers })))
    const ideas: Idea[] = await Promise.all(responses.map((response) => bodyOf(response)))
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(201))
    expect(new Set(ideas.map(({ ideaId }) => ideaId)).size).toBe(1)
    const list = await t.read(`${ideasPath}?q=${encodeURIComponent('Sendt ti gange')}`)
    expect(list.total).toBe(1)
  })

  it('refuses a key that comes with something else', async () => {
    const headers = { 'Idempotency-Key': 'same-key-two-ideas' }
    await t.send('POST', ideasPath, { as: citizen, body: newIdea(), headers })
    const second = await t.send('POST', ideasPath, { as: citizen, body: newIdea({ title: 'En anden idé' }), headers })
    expect([second.status, (await bodyOf(second)).kind]).toEqual([422, 'idempotency-mismatch'])
  })

  it('takes twenty ideas in parallel, each with its own number', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, index) => create({ title: `Parallel idé ${index}` })))
    expect(new Set(made.map(({ ideaId }) => ideaId)).size).toBe(20)
  })

  it('changes own ideas only, computes the district anew, and keeps the history', async () => {
    const idea = await create()
    const path = `${ideasPath}/${idea.ideaId}`
    const other = await t.signIn()
    expect((await t.send('PATCH', path, { as: other, body: { version: 1, title: 'Kapret' } })).status).toBe(403)
    const moved = await t.send('PATCH', path, {
      as: citizen,
      body: { version: 1, geometry: { type: 'Point', coordinates: [12.401, 55.7207] } },
    })
    expect(await bodyOf(moved)).toMatchObject({
      districtId: 'skovlunde',
      version: 2,
      title: idea.title,
      history: [{ kind: 'submitted' }, { kind: 'changed' }],
    })
  })

  it('lets one of two changes from the same version win and shows the other both', async () => {
    const idea = await create()
    const path = `${ideasPath}/${idea.ideaId}`
    const answers = await Promise.all(
      ['Første', 'Anden', 'Tredje'].map((title) => t.send('PATCH', path, { as: citizen, body: { version: 1, title } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const lost = await bodyOf(answers.find(({ status }) => status === 409) as Response)
    expect(lost).toMatchObject({ kind: 'edit-conflict', current: { version: 2, ideaId: idea.ideaId }, yours: { version: 1 } })
  })

  it('takes an idea back once; its page stays, lists and map forget it', async () => {
    const idea = await create({ title: 'Trækkes tilbage igen' })
    const path = `${ideasPath}/${idea.ideaId}`
    const withdrawn = await t.send('POST', `${path}/withdraw`, { as: citizen, body: { version: 1 } })
    expect(await bodyOf(withdrawn)).toMatchObject({ status: 'withdrawn', mayChange: false })
    const again = await t.send('POST', `${path}/withdraw`, { as: citizen, body: { version: 2 } })
    expect([again.status, (await bodyOf(again)).kind]).toEqual([409, 'already-withdrawn'])
    expect((await t.send('GET', `/api/ideas/${idea.ideaId}`)).status).toBe(200)
    const features = await t.read(`${ideasPath}.geojson?q=Tr%C3%A6kkes`)
    expect(features.features).toEqual([])
  })
})

describe('reading', () => {
  it('pages through all ideas once, newest first, while new ones arrive', async () => {
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page: { items: Idea[]; next: string | null } = await t.read(`${ideasPath}?limit=7${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.items.map(({ ideaId }) => ideaId))
      cursor = page.next
      if (seen.length === 7) {
        t.clock.set(new Date(t.clock.now().getTime() + 1000))
        await create({ title: 'Kommer midt i det hele' })
      }
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    const { total } = await t.read(`${ideasPath}?limit=1`)
    expect(seen.length).toBe(total - 1)
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
  })

  it.each([
    ['district=skovlunde', (idea: Idea) => idea.districtId === 'skovlunde'],
    ['category=meeting-place', (idea: Idea) => idea.category === 'meeting-place'],
    ['bbox=12.35,55.72,12.37,55.74', (idea: Idea) => idea.labelPoint[0] > 12.34 && idea.labelPoint[0] < 12.38],
    ['status=withdrawn', (idea: Idea) => idea.status === 'withdrawn'],
  ])('list and map agree on %s', async (filter, matches) => {
    const { items, total } = await t.read(`${ideasPath}?limit=200&${filter}`)
    const map = await t.read(`${ideasPath}.geojson?${filter}`)
    expect(total).toBeGreaterThan(0)
    expect(items.every(matches)).toBe(true)
    const ids = (list: { ideaId: number }[]) => list.map(({ ideaId }) => ideaId).sort((a, b) => a - b)
    expect(ids(map.features.map((feature: { properties: Idea }) => feature.properties))).toEqual(ids(items))
  })

  it('finds Danish words in other forms, by their beginning, and literally', async () => {
    await create({ title: 'Legepladser til de mindste', description: 'Gynger og sandkasser under træerne.' })
    const found = async (q: string) => (await t.read(`${ideasPath}?q=${encodeURIComponent(q)}`)).total
    expect(await found('legeplads')).toBe(1)
    expect(await found('sandkasse')).toBe(1)
    expect(await found('mind')).toBe(1)
    expect(await found('%')).toBe(0)
    expect(await found("'; drop table idea; --")).toBe(0)
  })

  it('never shows a hidden idea', async () => {
    const idea = await create({ title: 'Skjult af moderator' })
    await t.deps.db.updateTable('idea').set({ status: 'hidden' }).where('idea_id', '=', idea.ideaId).execute()
    expect((await t.send('GET', `/api/ideas/${idea.ideaId}`)).status).toBe(404)
    expect((await t.send('PATCH', `${ideasPath}/${idea.ideaId}`, { as: citizen, body: { version: 1, title: 'Findes jeg?' } })).status).toBe(
      404,
    )
    for (const path of [
      `${ideasPath}?q=Skjult`,
      `${ideasPath}.geojson?q=Skjult`,
      '/api/ideas/near?lng=12.3618&lat=55.7338&q=Skjult%20af%20moderator',
    ]) {
      expect(await (await t.send('GET', path)).text()).not.toContain('Skjult')
    }
  })

  it('finds what is near or alike, earlier rounds too', async () => {
    const near = await t.read('/api/ideas/near?lng=12.4055&lat=55.733&radiusM=200')
    expect(near.items.some((item: { projectId: string | null }) => item.projectId?.includes('soemosen'))).toBe(true)
    expect(near.items.every((item: { distanceM: number }) => item.distanceM <= 200)).toBe(true)
    const alike = await t.read('/api/ideas/near?lng=12.27&lat=55.755&radiusM=50&q=discgolf')
    expect(alike.items[0]).toMatchObject({ kind: 'project', title: 'Discgolfbane' })
  })

  it('shows no author in what maps and lists get', async () => {
    for (const path of [ideasPath, `${ideasPath}.geojson`]) {
      const text = await (await t.send('GET', path)).text()
      expect(text).not.toContain(citizen.personId)
      expect(text).not.toContain('Test citizen')
    }
  })

  it('answers 404 for a round that is not there and 422 for filters that mean nothing', async () => {
    expect((await t.send('GET', '/api/rounds/2098/ideas')).status).toBe(404)
    expect((await t.send('GET', '/api/rounds/2098/ideas.geojson')).status).toBe(404)
    for (const filter of ['bbox=1,2,3', 'bbox=2,1,1,2', 'category=x', 'cursor=abc', 'limit=0', 'limit=x', 'status=hidden']) {
      expect((await t.send('GET', `${ideasPath}?${filter}`)).status, filter).toBe(422)
    }
  })
})
