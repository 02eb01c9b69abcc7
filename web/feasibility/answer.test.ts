import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckResult, Finding } from '../../server/feasibility/contract.ts'
import { INSTALLATION_TYPES } from '../../server/kernel/installationTypes.ts'
import { SEVERITIES, type Severity, VERDICTS, verdictOf } from '../../server/kernel/severity.ts'
import {
  compareAnswers,
  constraintsOf,
  directionOf,
  hasExampleData,
  lightOf,
  lightOfSeverity,
  notCheckedNames,
  reasonsOf,
  TYPE_CHOICES,
} from './answer.ts'

const finding = (layerId: string, severity: Severity, isDemo = false) => ({ layerId, name: layerId, severity, isDemo }) as Finding
const answer = (findings: Finding[], notChecked: string[] = []): CheckResult => {
  const severity = Math.max(0, ...findings.map((one) => one.severity)) as Severity
  return { findings, notChecked, datasets: [], verdict: verdictOf(severity), partial: notChecked.length > 0 } as unknown as CheckResult
}
const answers = fc
  .tuple(fc.array(fc.constantFrom(...SEVERITIES), { maxLength: 6 }), fc.integer({ min: 0, max: 4 }))
  .map(([severities, unchecked]) =>
    answer(
      severities.map((severity, index) => finding(`l${index}`, severity)),
      Array.from({ length: unchecked }, (_, index) => `u${index}`),
    ),
  )

describe('the light', () => {
  it('is never green when anything was not checked', () => {
    for (const verdict of VERDICTS) {
      expect(lightOf({ verdict, partial: true })).not.toBe('clear')
      expect(lightOf({ verdict, partial: false })).toBe(verdict)
    }
    expect(lightOf({ verdict: 'clear', partial: true })).toBe('unsure')
  })

  it('says of a severity what the server says', () => {
    for (const severity of SEVERITIES) expect(lightOfSeverity(severity)).toBe(verdictOf(severity))
  })
})

describe('reasons', () => {
  it('are the three weightiest; the rest and what is only information fold away', () => {
    const { first, more } = reasonsOf(answer([finding('a', 3), finding('b', 2), finding('c', 1), finding('d', 1), finding('e', 0)]))
    expect(first.map(({ layerId }) => layerId)).toEqual(['a', 'b', 'c'])
    expect(more.map(({ layerId }) => layerId)).toEqual(['d', 'e'])
    expect(reasonsOf(answer([finding('e', 0)]))).toMatchObject({ first: [], more: [{ layerId: 'e' }] })
  })

  it('are what the map paints, without what is only information', () => {
    expect(constraintsOf(answer([finding('a', 3, true), finding('e', 0)]))).toEqual([
      { layerId: 'a', name: 'a', severity: 3, isDemo: true },
    ])
  })
})

it('names what was not checked, by its id when nobody named it', () => {
  const result = { notChecked: ['par3', 'x'], datasets: [{ layerId: 'par3', name: 'Beskyttet natur' }] } as unknown as CheckResult
  expect(notCheckedNames(result)).toEqual(['Beskyttet natur', 'x'])
})

it('tells example data wherever it stands', () => {
  expect(hasExampleData({ findings: [], datasets: [] })).toBe(false)
  expect(hasExampleData({ findings: [finding('a', 1, true)], datasets: [] })).toBe(true)
  expect(hasExampleData({ findings: [], datasets: [{ isDemo: true }] as CheckResult['datasets'] })).toBe(true)
})

describe('comparing two places', () => {
  it.each([
    [answer([finding('a', 1)]), answer([finding('a', 3)]), 'better'],
    [answer([finding('a', 3), finding('b', 2)]), answer([finding('a', 3)]), 'worse'],
    [answer([], ['x']), answer([]), 'worse'],
    [answer([finding('a', 0)]), answer([]), 'same'],
  ] as const)('%#', (one, other, expected) => {
    expect(compareAnswers(one, other)).toBe(expected)
  })

  it('is the other way round from the other side, and a worse verdict is never better', () => {
    const opposite = { better: 'worse', worse: 'better', same: 'same' } as const
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        expect(compareAnswers(one, other)).toBe(opposite[compareAnswers(other, one)])
        expect(compareAnswers(one, one)).toBe('same')
        if (VERDICTS.indexOf(one.verdict) > VERDICTS.indexOf(other.verdict)) expect(compareAnswers(one, other)).toBe('worse')
      }),
    )
  })
})

it.each([
  [[12.36, 55.74], 'n'],
  [[12.37, 55.73], 'e'],
  [[12.36, 55.72], 's'],
  [[12.35, 55.73], 'w'],
  [[12.36177, 55.731], 'ne'],
  [[12.35823, 55.729], 'sw'],
] as const)('the way to %j is %s', (to, expected) => {
  expect(directionOf([12.36, 55.73], to)).toBe(expected)
})

it('offers every kind of installation once', () => {
  expect(TYPE_CHOICES.toSorted()).toEqual([...INSTALLATION_TYPES].toSorted())
})
