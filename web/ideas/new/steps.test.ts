import { describe, expect, test } from 'vitest'
import { type Draft, emptyDraft } from './draft.ts'
import { readStep, type Step } from './stepNumber.ts'
import { issuesOf } from './steps.ts'

const good: Draft = {
  ...emptyDraft('0b8f0a52-6f43-4a59-93a8-0d8f4f7f2f11'),
  geometry: { type: 'Point', coordinates: [12.3583, 55.7299] },
  title: 'Bænke ved søen',
  description: 'To bænke, hvor man kan hvile sig.',
  category: 'meeting-place',
}
const picture = { localId: 'a', fileName: 'a.jpg', altText: 'En bænk', pictureId: null, sentAltText: null, previewUrl: null }
const side = 0.01

const cases: [string, Step, Partial<Draft>, [string, string][]][] = [
  ['a complete draft', 4, {}, []],
  ['no place', 1, { geometry: null }, [['geometry', 'reason.geometry-missing']]],
  [
    'a line without length',
    1,
    {
      geometry: {
        type: 'LineString',
        coordinates: [
          [12.3, 55.7],
          [12.3, 55.7],
        ],
      },
    },
    [['geometry', 'reason.geometry-zero-length']],
  ],
  [
    'an area without extent',
    1,
    {
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [12.3, 55.7],
            [12.3, 55.7],
            [12.3, 55.7],
            [12.3, 55.7],
          ],
        ],
      },
    },
    [['geometry', 'reason.geometry-zero-area']],
  ],
  [
    'an area of 70 hectares',
    1,
    {
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [12.3, 55.7],
            [12.3 + side, 55.7],
            [12.3 + side, 55.7 + side],
            [12.3, 55.7 + side],
            [12.3, 55.7],
          ],
        ],
      },
    },
    [['geometry', 'reason.geometry-too-large']],
  ],
  [
    'a bow tie',
    1,
    {
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [12.3, 55.7],
            [12.301, 55.701],
            [12.301, 55.7],
            [12.3, 55.701],
            [12.3, 55.7],
          ],
        ],
      },
    },
    [['geometry', 'reason.geometry-self-crossing']],
  ],
  [
    'no words',
    2,
    { title: '', description: ' ' },
    [
      ['title', 'missing-title'],
      ['description', 'missing-description'],
    ],
  ],
  [
    'too few words',
    2,
    { title: 'Hi', description: 'Kort' },
    [
      ['title', 'too-short'],
      ['description', 'too-short'],
    ],
  ],
  [
    'too many words',
    2,
    { title: 'a'.repeat(101), description: 'b'.repeat(3001) },
    [
      ['title', 'too-long'],
      ['description', 'too-long'],
    ],
  ],
  ['no category', 2, { category: null }, [['category', 'missing-category']]],
  ['a picture without words', 2, { pictures: [picture, { ...picture, localId: 'b', altText: ' ' }] }, [['altText-b', 'missing-altText']]],
  ['an amount in words', 3, { wishedAmount: 'meget' }, [['wishedAmount', 'amount-not-a-number']]],
  ['more than the million', 3, { wishedAmount: '2.000.000' }, [['wishedAmount', 'amount-too-large']]],
  [
    'long notes',
    3,
    { accessibilityNote: 'a'.repeat(1001), upkeepNote: 'b'.repeat(1001) },
    [
      ['accessibilityNote', 'too-long'],
      ['upkeepNote', 'too-long'],
    ],
  ],
  [
    'everything wrong at once',
    4,
    { geometry: null, title: '', wishedAmount: '0' },
    [
      ['geometry', 'reason.geometry-missing'],
      ['title', 'missing-title'],
      ['wishedAmount', 'amount-too-small'],
    ],
  ],
]

describe('a step knows what is missing', () => {
  test.each(cases)('%s (step %i)', (_name, step, changes, expected) => {
    expect(issuesOf({ ...good, ...changes }, step).map(({ field, text }) => [field, text])).toEqual(expected)
  })
})

test.each([
  ['1', 1],
  [4, 4],
  ['5', 1],
  ['to', 1],
  [undefined, 1],
  ['2.5', 1],
])('the address %j opens step %i', (value, step) => {
  expect(readStep(value)).toBe(step)
})
