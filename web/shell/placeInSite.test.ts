import { describe, expect, it } from 'vitest'
import { placeInSite } from './placeInSite.ts'

describe('placeInSite', () => {
  it.each([
    ['/', 'ideas', null, null],
    ['/ideer/ny', 'ideas', null, null],
    ['/ideer/12', 'ideas', { kind: 'idea', id: 12 }, null],
    ['/bydele/maaloev', 'ideas', { kind: 'district', id: 'maaloev' }, null],
    ['/runder', 'projects', null, null],
    ['/runder/2018', 'projects', null, 2018],
    ['/projekter/2018-haren-i-aadalen', 'projects', { kind: 'project', id: '2018-haren-i-aadalen' }, 2018],
    ['/anlaeg', 'installations', null, null],
    ['/anlaeg/haren', 'installations', { kind: 'installation', id: 'haren' }, null],
    ['/plan', 'ideas', null, null],
    ['/plan/ideer/12', 'ideas', { kind: 'idea', id: 12 }, null],
    ['/plan/konflikter', 'ideas', null, null],
    ['/om', 'ideas', null, null],
  ])('%s shows %s', (pathname, mode, subject, year) => {
    expect(placeInSite(pathname)).toEqual({ mode, subject, year })
  })
})
