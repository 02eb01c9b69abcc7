import { describe, expect, it } from 'vitest'
import { PHASES } from '../../server/kernel/phases.ts'
import { daysThrough, phaseOn } from '../../server/rounds/rules.ts'
import { demoPhases } from './demoPhases.ts'

describe('demoPhases', () => {
  it.each(['2026-11-23', '2027-01-01', '2028-02-29', '2027-03-28'])('on %s it is time for ideas, 40 days more', (today) => {
    const phases = demoPhases(today)
    const now = phaseOn(phases, today)
    expect(now?.phase).toBe('involvement')
    expect(daysThrough(today, now?.endsOn as string)).toBe(41)
    expect(daysThrough(now?.startsOn as string, today)).toBe(28)
  })

  it('in a vote the decision lasts longer than its fourteen days', () => {
    const now = phaseOn(demoPhases('2026-11-23', 'decision'), '2026-11-23')
    expect(now?.phase).toBe('decision')
    expect(daysThrough('2026-11-23', now?.endsOn as string)).toBeGreaterThan(15)
  })

  it('has all eight phases in order, without gap or overlap', () => {
    const phases = demoPhases('2026-11-23')
    expect(phases.map(({ phase }) => phase)).toEqual(PHASES)
    for (const [index, { startsOn, endsOn }] of phases.entries()) {
      expect(daysThrough(startsOn, endsOn)).toBeGreaterThan(1)
      if (index > 0) expect(daysThrough(phases[index - 1]?.endsOn as string, startsOn)).toBe(2)
    }
  })
})
