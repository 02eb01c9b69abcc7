import { expect, it } from 'vitest'
import { readConflictSearch } from './conflictSearch.ts'

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
