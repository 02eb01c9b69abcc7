import { describe, expect, it } from 'vitest'
import { MovingPace } from './movingPace.ts'

function move(pace: MovingPace, from: number, frameMs: number, frames: number): number {
  pace.begin(from)
  let now = from
  for (let frame = 0; frame <= frames; frame += 1, now += frameMs) pace.frame(now)
  return now
}

describe('MovingPace', () => {
  it.each([
    [16, false],
    [22, false],
    [33, true],
    [80, true],
  ])('frames of %d ms are slow: %s', (frameMs, isSlow) => {
    const pace = new MovingPace()
    move(pace, 1000, frameMs, 10)
    expect(pace.isSlow).toBe(isSlow)
  })

  it('does not take a pause, or a hiccup, for a slow machine', () => {
    const pace = new MovingPace()
    let now = move(pace, 0, 16, 5)
    now = move(pace, now + 900, 16, 5)
    pace.frame(now + 300)
    for (let frame = 1; frame < 10; frame += 1) pace.frame(now + 300 + 16 * frame)
    expect(pace.isSlow).toBe(false)
  })

  it('remembers for a minute, whatever the frames are then', () => {
    const pace = new MovingPace()
    const now = move(pace, 0, 80, 10)
    move(pace, now + 10_000, 16, 10)
    expect(pace.isSlow).toBe(true)
    pace.begin(now + 70_000)
    expect(pace.isSlow).toBe(false)
  })
})
