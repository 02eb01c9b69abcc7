import { expect, it } from 'vitest'
import { createPace } from './framePace.ts'

function paceOf(...spansMs: number[]) {
  const pace = createPace()
  let at = 1000
  pace.add(at)
  for (const span of spansMs) pace.add((at += span))
  return pace
}

it.each([
  ['sixty a second', [16, 17, 16, 17, 16, 17, 16], false],
  ['one hitch', [16, 16, 400, 16, 16, 16], false],
  ['ten a second', [100, 100, 100, 100, 100], true],
  ['too few frames to judge', [100, 100, 100, 100], false],
])('%s', (_name, spans, isSlow) => {
  expect(paceOf(...spans).isSlow).toBe(isSlow)
})

it('does not count the rest between two movements', () => {
  const pace = createPace()
  for (let at = 0; at < 40_000; at += 1000) {
    pace.add(at)
    pace.add(at + 16)
    pace.pause()
  }
  expect(pace.isSlow).toBe(false)
})

it('stays slow once it was', () => {
  const pace = paceOf(100, 100, 100, 100, 100)
  pace.pause()
  for (let at = 5000; at < 5200; at += 16) pace.add(at)
  expect(pace.isSlow).toBe(true)
})
