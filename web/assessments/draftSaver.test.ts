import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Assessment, AssessmentDraft } from '../../server/assessments/contract.ts'
import { differencesOf, draftOf, sendable, withAnswer } from './draft.ts'
import { DraftSaver } from './draftSaver.ts'

const answer = {
  questionId: 'soil',
  answer: 'needs-answer',
  note: null,
  publicText: null,
  authorMayCorrect: false,
  isPrefilled: true,
} as const
const assessment = {
  version: 3,
  ideaVersion: 1,
  answers: [{ ...answer, basis: { findings: [], notChecked: [] } }],
  estimate: { lines: [], coFunding: [], contingencyPercent: 15, runningYears: 10 },
  outcome: null,
  publicReason: null,
  correctionDays: null,
} as unknown as Assessment

class Conflict extends Error {}

function saverWith(answers: (() => Promise<Assessment>)[]) {
  const sent: AssessmentDraft[] = []
  const saver = new DraftSaver(assessment, 1, {
    send: (draft) => {
      sent.push(draft)
      return answers.shift()?.() ?? Promise.resolve({ ...assessment, version: draft.version + 1 })
    },
    conflictOf: (error) => (error instanceof Conflict ? { ...assessment, version: 9, publicReason: 'Den andens begrundelse' } : null),
    now: () => 0,
  })
  return { saver, sent }
}

const say = (saver: DraftSaver, publicReason: string) => saver.change((draft) => ({ ...draft, publicReason }))

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('saving by itself', () => {
  it('waits for a pause, then sends once with the version it knows', async () => {
    const { saver, sent } = saverWith([])
    say(saver, 'Første tanke om det')
    await vi.advanceTimersByTimeAsync(600)
    say(saver, 'Anden tanke om det')
    await vi.advanceTimersByTimeAsync(1100)
    expect(sent).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(sent.map(({ version, publicReason }) => [version, publicReason])).toEqual([[3, 'Anden tanke om det']])
    expect(saver.snapshot()).toMatchObject({ phase: 'saved', version: 4 })
  })

  it('sends what was written while the first was on its way, on the new version', async () => {
    let answerFirst: (value: Assessment) => void = () => {}
    const { saver, sent } = saverWith([() => new Promise((resolve) => (answerFirst = resolve))])
    say(saver, 'Første tanke om det')
    await vi.advanceTimersByTimeAsync(1300)
    say(saver, 'Anden tanke om det')
    await vi.advanceTimersByTimeAsync(5000)
    expect(sent).toHaveLength(1)
    answerFirst({ ...assessment, version: 4 })
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent.map(({ version }) => version)).toEqual([3, 4])
    expect(saver.snapshot()).toMatchObject({ phase: 'saved', version: 5 })
  })

  it('keeps everything after a failure and tries again with the next change', async () => {
    const { saver, sent } = saverWith([() => Promise.reject(new Error('net'))])
    say(saver, 'Første tanke om det')
    await vi.advanceTimersByTimeAsync(1300)
    expect(saver.snapshot()).toMatchObject({ phase: 'failed', draft: { publicReason: 'Første tanke om det' } })
    expect(await saver.flush()).toBe(true)
    expect(sent).toHaveLength(2)
  })

  it('a conflict shows both and waits: one’s own text goes on top, or gives way', async () => {
    for (const choice of ['yours', 'current'] as const) {
      const { saver, sent } = saverWith([() => Promise.reject(new Conflict())])
      say(saver, 'Min egen begrundelse')
      await vi.advanceTimersByTimeAsync(1300)
      expect(saver.snapshot()).toMatchObject({ phase: 'conflict', conflict: { current: { version: 9 } } })
      say(saver, 'Min egen begrundelse!')
      await vi.advanceTimersByTimeAsync(5000)
      expect(sent).toHaveLength(1)
      saver.resolve(choice)
      await vi.advanceTimersByTimeAsync(10)
      expect(saver.snapshot()).toMatchObject(
        choice === 'yours'
          ? { phase: 'saved', version: 10, draft: { publicReason: 'Min egen begrundelse!' } }
          : { phase: 'saved', version: 9, draft: { publicReason: 'Den andens begrundelse' } },
      )
    }
  })

  it('the first save takes the prefilled answers over although nobody changed them', async () => {
    const { saver, sent } = saverWith([])
    expect(await saver.begin()).toBe(true)
    expect(sent).toHaveLength(0)
    const fresh = new DraftSaver({ ...assessment, version: 0 }, 1, {
      send: async (draft) => {
        sent.push(draft)
        return { ...assessment, version: 1 }
      },
      conflictOf: () => null,
    })
    expect(await fresh.begin()).toBe(true)
    expect(sent.map(({ version }) => version)).toEqual([0])
  })
})

describe('a draft', () => {
  it('is sent without blanks, nameless lines and reasons that are only begun', () => {
    const line = {
      elementId: null,
      label: ' ',
      unit: 'piece',
      quantity: 1,
      unitPriceDkk: 1,
      runningCostDkkPerYear: 0,
      lifeYears: null,
    } as const
    const draft = {
      ...draftOf(assessment),
      publicReason: ' kort ',
      estimate: { ...assessment.estimate, lines: [{ ...line, paidBy: 'round', keptBy: 'others' } as const] },
    }
    const sent = sendable(withAnswer(draft, 'soil', { note: '  ' }), 10)
    expect(sent).toMatchObject({ publicReason: null, estimate: { lines: [] }, answers: [{ note: null, isPrefilled: false }] })
  })

  it('tells what differs from another', () => {
    const mine = withAnswer(draftOf(assessment), 'soil', { answer: 'no' })
    expect(differencesOf(mine, { ...draftOf(assessment), outcome: 'feasible' }).map(({ field }) => field)).toEqual(['answer', 'outcome'])
    expect(differencesOf(mine, mine)).toEqual([])
  })
})
