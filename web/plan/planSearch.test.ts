import { expect, it } from 'vitest'
import { readPlanSearch } from './planSearch.ts'

it('reads what the address says', () => {
  const search = {
    status: 'draft',
    verdict: 'not-checked',
    assignee: 'me',
    department: 'nature',
    deadline: 'overdue',
    unseen: 1,
    settled: 1,
  }
  expect(readPlanSearch(search)).toEqual(search)
})

it('leaves out what it does not know', () => {
  const search = { status: 'x', verdict: ['stop'], assignee: '<b>', department: 7, deadline: 'soon', unseen: 'yes', settled: 0, more: 1 }
  expect(readPlanSearch(search)).toEqual({})
})
