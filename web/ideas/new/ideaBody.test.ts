import { expect, test } from 'vitest'
import type { Idea } from '../../../server/ideas/contract.ts'
import { type Draft, emptyDraft, readDraft } from './draft.ts'
import { bodyOf, changeOf, differingFields, draftOfIdea } from './ideaBody.ts'

const draft: Draft = {
  ...emptyDraft('0b8f0a52-6f43-4a59-93a8-0d8f4f7f2f11'),
  geometry: { type: 'Point', coordinates: [12.3583, 55.7299] },
  title: ' Bænke ved søen ',
  description: 'To bænke, hvor man kan hvile sig.\n',
  category: 'meeting-place',
  wishedAmount: '12.500 kr.',
  upkeepNote: '  ',
}
const idea: Idea = {
  ideaId: 12,
  roundYear: 2026,
  title: 'Bænke ved søen',
  excerpt: '',
  description: 'To bænke, hvor man kan hvile sig.',
  category: 'meeting-place',
  status: 'submitted',
  districtId: 'ballerup-syd',
  districtName: 'Ballerup Syd',
  spansDistricts: ['ballerup-syd'],
  labelPoint: [12.3583, 55.7299],
  geometry: { type: 'Point', coordinates: [12.3583, 55.7299] },
  wishedAmountDkk: 12500,
  accessibilityNote: null,
  upkeepNote: null,
  picture: null,
  pictures: [{ pictureId: 'p1', status: 'ready', altText: 'En bænk', width: 10, height: 10, variants: [] }],
  authorName: 'Anna',
  outcome: null,
  projects: [],
  isMine: true,
  mayChange: true,
  isDemo: false,
  roundTitle: null,
  roundTheme: 'Grønt',
  version: 3,
  createdAt: '',
  updatedAt: '',
  history: [],
  lengthM: null,
  areaM2: null,
}

test('a draft is sent trimmed, with numbers and nulls', () => {
  expect(bodyOf(draft)).toEqual({
    title: 'Bænke ved søen',
    description: 'To bænke, hvor man kan hvile sig.',
    category: 'meeting-place',
    geometry: draft.geometry,
    wishedAmountDkk: 12500,
    accessibilityNote: null,
    upkeepNote: null,
    pictureIds: [],
  })
})

test.each([{ geometry: null }, { category: null }, { wishedAmount: 'meget' }])('%j is not sent', (change) => {
  expect(bodyOf({ ...draft, ...change })).toBeNull()
})

test('an idea becomes a draft that says the same and can be kept', () => {
  const started = draftOfIdea(idea)
  expect(readDraft(JSON.stringify(started))).toEqual({ ok: true, draft: started })
  const body = bodyOf(started)
  expect(body && differingFields(body, idea)).toEqual([])
})

test('only what changed is sent, with the version it began from', () => {
  const changed = { ...draftOfIdea(idea), title: 'Tre bænke', wishedAmount: '', pictures: [] }
  const body = bodyOf(changed)
  expect(body && changeOf(changed, body, { ...idea, version: 4 })).toEqual({
    version: 3,
    title: 'Tre bænke',
    wishedAmountDkk: null,
    pictureIds: [],
  })
})
