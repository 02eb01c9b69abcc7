import { describe, expect, it } from 'vitest'
import type { ElectionSettings } from '../contract.ts'
import { checklistOf } from './checklist.ts'
import { DEFAULT_SETTINGS } from './settings.ts'

const preparation = {
  projectId: '2026-en-baenk',
  districtId: 'maaloev',
  title: 'En bænk',
  ideas: [],
  suggested: null,
  prepared: null,
} as never

function openDistricts(settings: Partial<ElectionSettings>, tellsNumber: boolean) {
  const districts = [{ districtId: 'maaloev', name: 'Måløv', shareDkk: 186_185, openConflicts: 0, rollSize: 5 }]
  const facts = { settings: { ...DEFAULT_SETTINGS, ...settings }, lot: null, districts, preparations: [preparation], auditors: [] }
  const checklist = checklistOf({ ...facts, tellsNumber }, new Date('2026-05-01T10:00:00Z'))
  return checklist.find(({ check }) => check === 'one-ballot')?.open.map(({ districtId }) => districtId)
}

describe('one ballot per person over all channels', () => {
  it.each([
    ['home and hall', {}, ['maaloev']],
    ['only at home', { channels: ['home'] }, []],
    ['only in the hall, everybody who comes', { channels: ['paper'] }, []],
    ['only in the hall, from a list', { channels: ['paper'], eligibility: 'roll' }, ['maaloev']],
    ['an agreement', { decidedBy: 'agreed-sharing' }, []],
  ] as const)('%s: without a number from the sign-in', (_name, settings, open) => {
    expect(openDistricts(settings as never, false)).toEqual(open)
    expect(openDistricts(settings as never, true)).toEqual([])
  })
})
