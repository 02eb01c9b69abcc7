import { describe, expect, test } from 'vitest'
import { CATEGORIES } from '../../../server/kernel/categories.ts'
import { CATEGORY_CHOICES, DRAFT_VERSION, type Draft, emptyDraft, isEmptyDraft, readDraft } from './draft.ts'

const key = '0b8f0a52-6f43-4a59-93a8-0d8f4f7f2f11'
const picture = { localId: 'a', fileName: 'bænk.jpg', altText: 'En bænk', pictureId: null, sentAltText: null, previewUrl: null }
const full: Draft = {
  ...emptyDraft(key),
  savedAtMs: 1_770_000_000_000,
  geometry: {
    type: 'LineString',
    coordinates: [
      [12.35, 55.73],
      [12.36, 55.73],
    ],
  },
  placeName: 'Sømosen',
  title: 'Lys på stien',
  description: 'Så man tør gå der om vinteren.',
  category: 'light-and-safety',
  pictures: [picture],
  wishedAmount: '12.500 kr.',
  accessibilityNote: 'Fast belægning',
  upkeepNote: 'Grundejerforeningen',
}
const read = (changes: Record<string, unknown>) => readDraft(JSON.stringify({ ...full, ...changes }))
const draftOf = (changes: Record<string, unknown>) => {
  const reading = read(changes)
  if (!reading.ok) throw new Error(reading.reason)
  return reading.draft
}

test('the categories are those of the server', () => {
  expect(CATEGORY_CHOICES).toEqual([...CATEGORIES])
})

test('a draft comes back as it was written', () => {
  expect(readDraft(JSON.stringify(full))).toEqual({ ok: true, draft: full })
})

test('only what a person wrote counts as something', () => {
  expect(isEmptyDraft(emptyDraft(key))).toBe(true)
  expect(isEmptyDraft({ ...emptyDraft(key), title: '  ' })).toBe(true)
  expect(isEmptyDraft({ ...emptyDraft(key), upkeepNote: 'x' })).toBe(false)
})

describe('a draft of version 1', () => {
  const { wishedAmount: _amount, ideaVersion: _version, ...old } = full
  test.each([
    [12500, '12500'],
    [null, ''],
  ])('with the amount %j', (wishedAmountDkk, wishedAmount) => {
    const reading = readDraft(JSON.stringify({ ...old, version: 1, wishedAmountDkk }))
    expect(reading).toEqual({ ok: true, draft: { ...full, wishedAmount } })
  })
})

test.each([
  ['', 'not-json'],
  ['{"version":', 'not-json'],
  ['null', 'not-a-draft'],
  ['[]', 'not-a-draft'],
  ['"text"', 'not-a-draft'],
  ['{}', 'not-a-draft'],
  ['{"version":"2"}', 'not-a-draft'],
  [`{"version":${DRAFT_VERSION}}`, 'not-a-draft'],
  [`{"version":${DRAFT_VERSION + 1},"idempotencyKey":"${key}"}`, 'unknown-version'],
  [`{"version":0,"idempotencyKey":"${key}"}`, 'unknown-version'],
])('%j is refused as %s', (text, reason) => {
  expect(readDraft(text)).toEqual({ ok: false, reason })
})

test.each([
  ['geometry', { type: 'Point', coordinates: [12.3, Number.NaN] }, null],
  ['geometry', { type: 'Point', coordinates: [12.3, 55.7, 4] }, null],
  ['geometry', { type: 'LineString', coordinates: [[12.3, 55.7]] }, null],
  ['geometry', { type: 'Polygon', coordinates: [] }, null],
  ['geometry', { type: 'GeometryCollection', geometries: [] }, null],
  ['geometry', 'here', null],
  ['title', 42, ''],
  ['description', null, ''],
  ['category', 'statue', null],
  ['pictures', 'none', []],
  ['pictures', [null, 3, {}, { localId: '' }], []],
  ['savedAtMs', 'yesterday', 0],
  ['ideaVersion', 1.5, null],
])('a wrong %s (%j) becomes %j and the rest stays', (field, value, expected) => {
  expect(draftOf({ [field]: value })).toEqual({ ...full, [field]: expected })
})

test('a picture shows only what lies on this server', () => {
  const draft = draftOf({ pictures: [{ ...picture, previewUrl: 'https://elsewhere.example/a.webp' }] })
  expect(draft.pictures[0]?.previewUrl).toBeNull()
})

test('at most six pictures are read', () => {
  expect(draftOf({ pictures: Array.from({ length: 9 }, (_, index) => ({ ...picture, localId: `p${index}` })) }).pictures).toHaveLength(6)
})
