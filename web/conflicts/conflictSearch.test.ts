import { expect, it } from 'vitest'
import * as contract from '../../server/conflicts/contract.ts'
import { DEFAULT_DISTANCE_M, MAX_DISTANCE_M, readConflictSearch } from './conflictSearch.ts'

it.each([
  [
    { within: 40, state: 'all' },
    { within: 40, state: 'all' },
  ],
  [{ within: '0' }, { within: 0 }],
  [{ within: 501, state: 'x' }, {}],
  [{ within: -1 }, {}],
  [{}, {}],
])('%j is %j', (search, found) => {
  expect(readConflictSearch(search)).toEqual(found)
})

it('keeps the server’s limits', () => {
  expect([DEFAULT_DISTANCE_M, MAX_DISTANCE_M]).toEqual([contract.DEFAULT_DISTANCE_M, contract.MAX_DISTANCE_M])
})
