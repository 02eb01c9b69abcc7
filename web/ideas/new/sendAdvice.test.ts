import { describe, expect, test } from 'vitest'
import { GEOMETRY_REASONS } from '../../../server/kernel/geometry.ts'
import type { ApiProblem } from '../../lib/api.ts'
import danishProblems from '../../lib/problems/problems.da.json'
import englishProblems from '../../lib/problems/problems.en.json'
import { emptyDraft } from './draft.ts'
import danish from './newIdea.da.json'
import english from './newIdea.en.json'
import { adviseOn, fieldOfPointer } from './sendAdvice.ts'

const draft = {
  ...emptyDraft('0b8f0a52-6f43-4a59-93a8-0d8f4f7f2f11'),
  pictures: [{ localId: 'a', fileName: 'a.jpg', altText: 'En bænk', pictureId: 'p', sentAltText: 'En bænk', previewUrl: null }],
}

describe('a failed send', () => {
  test.each<[string, ApiProblem['body'], string, [string, number, string][]]>([
    ['offline', {}, 'retry', []],
    ['database-away', {}, 'retry', []],
    ['storage-full', {}, 'retry', []],
    ['internal-error', {}, 'retry', []],
    ['never-heard-of', {}, 'retry', []],
    ['not-signed-in', {}, 'sign-in', []],
    ['too-many-requests', {}, 'wait', []],
    ['phase-closed', {}, 'none', []],
    ['already-withdrawn', {}, 'none', []],
    ['edit-conflict', {}, 'resolve-conflict', []],
    ['idempotency-mismatch', {}, 'send-as-new', []],
    ['outside-district', { nearestDistrictName: 'Måløv', distanceM: 312.6 }, 'fix', [['geometry', 1, 'outside']]],
    ['partly-outside', { outsideM: 12.4 }, 'fix', [['geometry', 1, 'partly-outside-line']]],
    ['partly-outside', { outsideM2: 120 }, 'fix', [['geometry', 1, 'partly-outside-area']]],
    ['partly-outside', {}, 'fix', [['geometry', 1, 'partly-outside']]],
    ['picture-unknown', {}, 'fix', [['pictures', 2, 'picture-refused']]],
    ['picture-unknown', { errors: [{ pointer: '/pictureIds/0', detail: 'x' }] }, 'fix', [['altText-a', 2, 'picture-refused']]],
    ['invalid-request', { errors: [{ pointer: '/title', detail: 'x' }] }, 'fix', [['title', 2, 'refused']]],
    ['invalid-request', { errors: [{ pointer: '/version', detail: 'x' }] }, 'retry', []],
    ['malformed-request', {}, 'retry', []],
  ])('%s %j: %s', (kind, body, action, issues) => {
    const advice = adviseOn({ kind, body }, draft)
    expect(advice.action).toBe(action)
    expect(advice.issues.map(({ field, step, text }) => [field, step, text])).toEqual(issues)
    for (const { text } of advice.issues) for (const texts of [danish, english]) expect(texts.issue).toHaveProperty([text])
  })

  test('outside names the nearest district and the distance in whole metres', () => {
    const advice = adviseOn({ kind: 'outside-district', body: { nearestDistrictName: 'Måløv', distanceM: 312.6 } }, draft)
    expect(advice.issues[0]?.values).toEqual({ district: 'Måløv', distanceM: 313 })
  })

  test.each(GEOMETRY_REASONS)('%s leads to the place, with its own sentence in both languages', (reason) => {
    const advice = adviseOn({ kind: 'geometry-refused', body: { errors: [{ pointer: '/geometry', detail: reason }] } }, draft)
    expect(advice.issues).toEqual([{ field: 'geometry', step: 1, text: `reason.${reason}`, values: {} }])
    for (const texts of [danishProblems, englishProblems]) expect(texts.geometry).toHaveProperty([reason])
  })
})

test.each([
  ['/title', 'title'],
  ['/description', 'description'],
  ['/category', 'category'],
  ['/geometry/coordinates/0', 'geometry'],
  ['/wishedAmountDkk', 'wishedAmount'],
  ['/upkeepNote', 'upkeepNote'],
  ['/pictureIds', 'pictures'],
  ['/pictureIds/0', 'altText-a'],
  ['/pictureIds/7', 'pictures'],
  ['/somethingElse', null],
  ['/toString', null],
  ['', null],
])('the pointer %j is the field %j', (pointer, field) => {
  expect(fieldOfPointer(pointer, draft)).toBe(field)
})

function keysOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, `${path}.${name}`))
}

test('Danish and English say the same things', () => {
  expect(keysOf(english).sort()).toEqual(keysOf(danish).sort())
})
