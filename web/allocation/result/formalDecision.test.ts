import { describe, expect, it } from 'vitest'
import { formalDecision, promisedDistricts } from './formalDecision.ts'

const decision = (id: string, districtId: string | null, correctedById: string | null = null) =>
  ({ decisionRecordId: id, districtId, correctedById }) as never
const districts = ['nord', 'syd'].map((districtId) => ({ districtId })) as never

describe('what is formally decided', () => {
  it('is so for the district a decision is about; the others stay a promise', () => {
    const decisions = [decision('1', 'nord')]
    expect(formalDecision(decisions, 'nord')).toMatchObject({ decisionRecordId: '1' })
    expect(formalDecision(decisions, 'syd')).toBeNull()
    expect(promisedDistricts({ decisions, districts })).toEqual([{ districtId: 'syd' }])
  })

  it('is so for all by a decision about the whole round', () => {
    expect(promisedDistricts({ decisions: [decision('1', null)], districts })).toEqual([])
  })

  it('is not so by a record that was corrected, but by the newer one', () => {
    expect(formalDecision([decision('2', 'syd'), decision('1', null, '2')], 'nord')).toBeNull()
    expect(formalDecision([decision('2', 'syd'), decision('1', null, '2')], 'syd')).toMatchObject({ decisionRecordId: '2' })
  })
})
