import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAYER_STATUSES } from './contract.ts'
import { countsAsChecked, type LayerAge, layerStatusOf } from './rules.ts'

const NOW = new Date('2026-11-25T12:00:00Z')
const age = (change: Partial<LayerAge> = {}): LayerAge => ({
  loadedAt: new Date('2026-11-25T02:00:00Z'),
  datasetDate: null,
  staleAfterDays: 30,
  hasFailed: false,
  ...change,
})

describe('the status of a layer', () => {
  it.each<[string, Partial<LayerAge>, string]>([
    ['loaded this night', {}, 'fresh'],
    ['loaded thirty days ago', { loadedAt: new Date('2026-10-26T02:00:00Z') }, 'fresh'],
    ['loaded thirty-one days ago', { loadedAt: new Date('2026-10-25T02:00:00Z') }, 'stale'],
    ['loaded this night, describing an old day', { datasetDate: '2026-10-25' }, 'stale'],
    ['loaded this night, describing a day within the limit', { datasetDate: '2026-10-26' }, 'fresh'],
    [
      'loaded long ago, claiming a day after its loading',
      { loadedAt: new Date('2026-08-01T02:00:00Z'), datasetDate: '2026-11-20' },
      'stale',
    ],
    ['never loaded', { loadedAt: null }, 'never-loaded'],
    ['never loaded, with a date somebody wrote down', { loadedAt: null, datasetDate: '2026-11-25' }, 'never-loaded'],
    ['failed with older data', { hasFailed: true }, 'failed'],
    ['failed with stale data', { hasFailed: true, loadedAt: new Date('2026-01-01T02:00:00Z') }, 'failed'],
    ['failed before anything was there', { hasFailed: true, loadedAt: null }, 'failed'],
  ])('%s: %o is %s', (_name, change, status) => {
    expect(layerStatusOf(age(change), NOW)).toBe(status)
  })

  it('counts days in Copenhagen: half past eleven in the evening UTC is the next day there', () => {
    const loadedAt = new Date('2026-06-01T21:30:00Z')
    expect(layerStatusOf(age({ loadedAt, staleAfterDays: 1 }), new Date('2026-06-02T21:30:00Z'))).toBe('fresh')
    expect(layerStatusOf(age({ loadedAt, staleAfterDays: 1 }), new Date('2026-06-02T22:30:00Z'))).toBe('stale')
  })

  it('does not lose a day when the clocks change', () => {
    const loadedAt = new Date('2026-10-24T10:00:00Z')
    expect(layerStatusOf(age({ loadedAt, staleAfterDays: 2 }), new Date('2026-10-26T10:00:00Z'))).toBe('fresh')
    expect(layerStatusOf(age({ loadedAt, staleAfterDays: 2 }), new Date('2026-10-27T10:00:00Z'))).toBe('stale')
  })

  it('never grows fresh again by waiting', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 1, max: 400 }),
        (a, b, staleAfterDays) => {
          const at = (days: number) => layerStatusOf(age({ staleAfterDays }), new Date(NOW.getTime() + days * 86_400_000))
          const [sooner, later] = [Math.min(a, b), Math.max(a, b)]
          if (at(sooner) === 'stale') expect(at(later)).toBe('stale')
        },
      ),
    )
  })

  it('counts as checked only when fresh or stale', () => {
    expect(LAYER_STATUSES.filter(countsAsChecked)).toEqual(['fresh', 'stale'])
  })
})
