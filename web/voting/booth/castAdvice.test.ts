import { expect, it } from 'vitest'
import { votingProblem } from '../../../server/voting/contract.ts'
import { castAction } from './castAdvice.ts'

it.each([
  ['offline', 'retry'],
  ['database-away', 'retry'],
  ['internal-error', 'retry'],
  ['code-not-open', 'retry'],
  ['voting-key-differs', 'wait'],
  ['too-many-requests', 'wait'],
  ['clock-wrong', 'wait'],
  ['already-voted', 'finish'],
  ['voting-closed', 'finish'],
  ['over-budget', 'change'],
  ['code-unknown', 'other-code'],
  ['wrong-state', 'reload'],
])('%s: %s', (kind, action) => {
  expect(castAction(kind)).toBe(action)
})

it('sends nothing again that the server refused for good', () => {
  const forOrganisers = ['batch-in-use', 'codes-not-for-round', 'key-refused', 'receipts-not-published']
  const retried = Object.keys(votingProblem.kinds).filter((kind) => castAction(kind) === 'retry' && !forOrganisers.includes(kind))
  expect(retried).toEqual(['code-not-open'])
})
