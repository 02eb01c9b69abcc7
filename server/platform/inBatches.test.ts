import { describe, expect, it } from 'vitest'
import { inBatches } from './inBatches.ts'

const turn = () => new Promise((done) => setTimeout(done, 1))

describe('inBatches', () => {
  it('asks the first at once, gathers the rest meanwhile, and gives each its own answer', async () => {
    const asked: number[][] = []
    const double = inBatches({ lanes: 1, most: 3 }, async (numbers: readonly number[]) => {
      asked.push([...numbers])
      await turn()
      return numbers.map((number) => number * 2)
    })
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10])
    expect(asked).toEqual([[1], [2, 3, 4], [5]])
    expect(await double(1)).toBe(2)
    expect(asked).toHaveLength(4)
  })

  it('lets a failure reach its own batch only', async () => {
    const strict = inBatches({ lanes: 1, most: 9 }, async (numbers: readonly number[]) => {
      await turn()
      if (numbers.includes(2)) throw new Error('two')
      return numbers
    })
    const results = await Promise.allSettled([1, 2, 3].map(strict))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await strict(4)).toBe(4)
  })
})
