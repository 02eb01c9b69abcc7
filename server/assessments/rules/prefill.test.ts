import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyCheck } from '../keptCheck.ts'
import { QUESTIONS } from '../questions.ts'
import { basisOf, carryOver, fillIn, isOutdated, type KeptCheck, prefill, prefilledAnswer } from './prefill.ts'

const ALL = ['a', 'b', 'c']
const CHECK: KeptCheck = { findings: [], duties: [], notChecked: [], checkedLayers: ALL }
const finding = (layerId: string, severity: 0 | 1 | 2 | 3) => ({ layerId, severity, relation: 'inside' as const, distanceM: 0 })

describe('the questions', () => {
  it('share out the layers of the catalogue: each belongs to one', () => {
    const file = new URL('../../../data/constraints/catalogue.json', import.meta.url)
    const { layers } = JSON.parse(readFileSync(file, 'utf8')) as { layers: { layerId: string }[] }
    const asked = QUESTIONS.flatMap(({ layerIds }) => layerIds)
    expect(asked.toSorted()).toEqual(layers.map(({ layerId }) => layerId).toSorted())
  })

  it('are about twenty in two parts, each once, with words in both languages that fit a decision', () => {
    expect(new Set(QUESTIONS.map(({ questionId }) => questionId)).size).toBe(QUESTIONS.length)
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(20)
    expect(new Set(QUESTIONS.map(({ part }) => part))).toEqual(new Set(['formal', 'substantive']))
    for (const { question, guidance, publicSentence } of QUESTIONS) {
      for (const text of [question, guidance, publicSentence].flatMap(({ da, en }) => [da, en])) {
        expect(text.length).toBeGreaterThan(10)
        expect(text.length).toBeLessThanOrEqual(300)
      }
    }
  })
})

describe('the prefilled answer', () => {
  it.each<[string, string[], Partial<KeptCheck> | null, string]>([
    ['never checked', ['a'], null, 'needs-answer'],
    ['a question no layer answers', [], {}, 'needs-answer'],
    ['everything checked, nothing found', ['a', 'b'], {}, 'yes'],
    ['found, but of no weight', ['a'], { findings: [finding('a', 0)] }, 'yes'],
    ['ask first', ['a'], { findings: [finding('a', 1)] }, 'needs-answer'],
    ['a permit', ['a', 'b'], { findings: [finding('b', 2)] }, 'needs-answer'],
    ['normally no', ['a', 'b'], { findings: [finding('b', 3)] }, 'no'],
    ['normally no elsewhere', ['a'], { findings: [finding('b', 3)] }, 'yes'],
    ['one layer not checked', ['a', 'b'], { notChecked: ['b'] }, 'needs-answer'],
    ['not checked, and no by another layer', ['a', 'b'], { notChecked: ['b'], findings: [finding('a', 3)] }, 'no'],
    ['a failed layer whose old data finds nothing of weight', ['a'], { notChecked: ['a'], findings: [finding('a', 0)] }, 'needs-answer'],
    ['a layer the check did not know', ['d'], {}, 'needs-answer'],
    ['a duty', ['d'], { duties: [{ layerId: 'd', severity: 2 }] }, 'needs-answer'],
    ['a duty that weighs most', ['d'], { duties: [{ layerId: 'd', severity: 3 }] }, 'needs-answer'],
    ['a duty that does not concern it', ['d'], { duties: [{ layerId: 'd', severity: 0 }] }, 'not-relevant'],
  ])('%s', (_what, layerIds, check, expected) => {
    expect(prefilledAnswer({ layerIds }, check && { ...CHECK, ...check })).toBe(expected)
  })

  const severity = fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const)
  const layer = fc.constantFrom('a', 'b', 'c', 'd')
  const check = fc.record({
    findings: fc.array(
      fc.tuple(layer, severity).map(([id, weight]) => finding(id, weight)),
      { maxLength: 4 },
    ),
    duties: fc.array(fc.record({ layerId: layer, severity }), { maxLength: 2 }),
    notChecked: fc.array(layer, { maxLength: 3 }),
    checkedLayers: fc.subarray(['a', 'b', 'c', 'd']),
  })

  it('is yes only when every layer was checked and nothing weighs, and knowing less never makes it yes', () => {
    fc.assert(
      fc.property(fc.option(check), fc.uniqueArray(layer), layer, (given, layerIds, hidden) => {
        const answer = prefilledAnswer({ layerIds }, given)
        const { findings, notChecked } = basisOf({ layerIds }, given)
        if (answer === 'yes') {
          expect([notChecked, findings.filter(({ severity: weight }) => weight > 0)]).toEqual([[], []])
          expect(given).not.toBeNull()
        }
        if (given === null || !layerIds.includes(hidden)) return
        expect(prefilledAnswer({ layerIds }, { ...given, duties: [], notChecked: [...given.notChecked, hidden] })).not.toBe('yes')
      }),
    )
  })
})

describe('the checklist', () => {
  const question = (questionId: string, layerIds: string[]) => ({ ...(QUESTIONS[0] as (typeof QUESTIONS)[number]), questionId, layerIds })
  const questions = [question('one', ['a']), question('two', ['b']), question('three', [])]
  const answered = (questionId: string, answer: 'yes' | 'no' | 'needs-answer', isPrefilled = false) => ({
    ...prefill(question(questionId, []), null),
    answer,
    isPrefilled,
    note: 'Set',
  })

  it('is filled in where nobody answered, and a mark of prefilling is not taken on trust', () => {
    const filled = fillIn(questions, [answered('two', 'no', true), answered('one', 'yes', true)], CHECK)
    expect(filled.map(({ answer, isPrefilled }) => [answer, isPrefilled])).toEqual([
      ['yes', true],
      ['no', false],
      ['needs-answer', true],
    ])
  })

  it('is outdated by a check that says something else, not by one whose members stand in another order', () => {
    const kept = { ...CHECK, findings: [finding('a', 2), finding('b', 2)] }
    const reordered = { ...kept, findings: kept.findings.toReversed().map(({ layerId, ...rest }) => ({ ...rest, layerId })) }
    expect(isOutdated(questions, kept, reordered)).toBe(false)
    expect(isOutdated(questions, kept, { ...kept, notChecked: ['a'] })).toBe(true)
    expect(isOutdated(questions, kept, { ...kept, findings: [{ ...finding('a', 2), distanceM: 1 }, finding('b', 2)] })).toBe(true)
    expect(isOutdated(questions, null, kept)).toBe(true)
    expect(isOutdated([], null, kept)).toBe(false)
  })

  it('is carried over to a newer check, open again only where that says something else', () => {
    const answers = [answered('one', 'yes'), answered('two', 'no'), answered('three', 'yes')]
    const after = { ...CHECK, findings: [finding('a', 2)] }
    const carried = carryOver(questions, answers, { before: CHECK, after })
    expect(carried[0]).toMatchObject({ answer: 'needs-answer', isPrefilled: true, note: 'Set' })
    expect(carried.slice(1)).toEqual(answers.slice(1))
    expect(carryOver(questions, answers, { before: CHECK, after: CHECK })).toEqual(answers)
    expect(carryOver(questions, answers, { before: CHECK, after: null }).map(({ answer }) => answer)).toEqual([
      'needs-answer',
      'needs-answer',
      'yes',
    ])
  })
})

describe('the copy of a stored check', () => {
  const record = { checkedAt: new Date(), catalogueVersion: 3, mappedLayers: ['par3', 'bane'] }

  it('keeps facts only', () => {
    const stored = { ...finding('par3', 3), overlapM2: 12, features: [{ id: '1', label: 'Eng' }] }
    const copy = copyCheck({ ...record, result: { findings: [stored], notChecked: ['bane'], verdict: 'stop' } })
    expect(copy?.checkResult).toEqual({ findings: [finding('par3', 3)], duties: [], notChecked: ['bane'], checkedLayers: ['par3', 'bane'] })
  })

  it('knows only the layers the check knew', () => {
    const copy = copyCheck({ ...record, result: { findings: [], notChecked: [], datasets: [{ layerId: 'bane' }] } })
    expect(copy?.checkResult.checkedLayers).toEqual(['bane'])
  })

  it.each([[{}], [null], ['text'], [{ findings: [{ layerId: 'par3', severity: 7 }], notChecked: [] }]])('of %j is none', (result) => {
    expect(copyCheck({ ...record, result })).toBeNull()
  })
})
