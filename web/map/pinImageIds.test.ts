import { expect, test } from 'vitest'
import { CLUSTER_SLOTS, pinImageId, readClusterImageId, readPinImageId } from './pinImageIds.ts'

test.each([
  { kind: 'idea', category: 'play', districtId: 'maaloev', isWon: false, pictureUrl: null },
  { kind: 'project', category: 'light-and-safety', districtId: null, isWon: true, pictureUrl: null },
  { kind: 'installation', category: 'art', districtId: 'skovlunde', isWon: false, pictureUrl: '/pictures/a/320.webp' },
] as const)('the name of a $kind is read back', (image) => {
  expect(readPinImageId(pinImageId(image))).toEqual(image)
})

test('clusters are read from their shares', () => {
  const shares = Array.from({ length: CLUSTER_SLOTS }, (_, slot) => (slot < 2 ? 8 : 0))
  expect(readClusterImageId(`cluster|2|${shares.join('|')}`)).toEqual({ size: 2, shares })
})

test('other names are not ours', () => {
  expect(readPinImageId('road-shield')).toBeNull()
  expect(readClusterImageId('pin|idea')).toBeNull()
})
