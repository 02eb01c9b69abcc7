import { expect, it } from 'vitest'
import { commonProblem } from '../kernel/problem.ts'
import { describeFailure } from './failure.ts'

it('tells what broke without the message', () => {
  const error = Object.assign(new TypeError('Anna Jensen\n    lives at Bydammen'), { code: '23505', constraint: 'picture_pkey' })
  const failure = describeFailure(error)
  expect(failure).toMatchObject({ error: 'TypeError', code: '23505', constraint: 'picture_pkey' })
  expect(failure.at[0]).toContain('failure.test.ts')
  expect(JSON.stringify(failure)).not.toContain('Anna')
})

it('names problems by their kind and survives what is no error', () => {
  expect(describeFailure(commonProblem('storage-full')).code).toBe('storage-full')
  expect(describeFailure('text').error).toBe('string')
})
