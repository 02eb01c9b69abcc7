import { describe, expect, it } from 'vitest'
import { BoothStore, IDLE_MS } from './boothStore.ts'

class MemoryStorage {
  readonly kept = new Map<string, string>()
  getItem(key: string) {
    return this.kept.get(key) ?? null
  }
  setItem(key: string, value: string) {
    this.kept.set(key, value)
  }
  removeItem(key: string) {
    this.kept.delete(key)
  }
}

const ballot = { roundYear: 2026, setupSha256: 'a'.repeat(64), districtId: 'maaloev', roundNumber: 0, voter: 'person:1' }
const receipt = { receipt: 'b'.repeat(64), districtId: 'maaloev' }

function started(now = { ms: 0 }) {
  const storage = new MemoryStorage()
  const open = () => new BoothStore(storage as unknown as Storage, () => now.ms)
  const store = open()
  store.openBallot(ballot)
  store.mark({ p1: 1 })
  return { storage, store, open, now }
}

describe('what the booth keeps', () => {
  it('is there again after a reload, for the same voter on the same ballot', () => {
    const { open } = started()
    const again = open()
    again.openBallot(ballot)
    expect(again.snapshot().draft?.marks).toEqual({ p1: 1 })
  })

  it.each([{ voter: 'person:2' }, { setupSha256: 'c'.repeat(64) }, { districtId: 'skovlunde' }])('is nothing for %j', (other) => {
    const { open } = started()
    const again = open()
    again.openBallot({ ...ballot, ...other })
    expect(again.snapshot().draft?.marks).toEqual({})
  })

  it('is gone after a quarter of an hour, unless the voter agreed', () => {
    const { open, storage, now, store } = started()
    now.ms = IDLE_MS + 1
    expect(open().snapshot().draft).toBeNull()
    expect(storage.kept.size).toBe(0)
    store.keepWhenAway(true)
    now.ms += IDLE_MS + 1
    expect(open().snapshot().draft?.marks).toEqual({ p1: 1 })
  })

  it('is gone when the voter leaves', () => {
    const { store, storage } = started()
    store.clear()
    expect([store.snapshot().draft, storage.kept.size]).toEqual([null, 0])
  })

  it('holds no choice once the ballot is cast, only the receipt', () => {
    const { store, storage } = started()
    store.cast(receipt)
    expect(store.snapshot().receipt).toEqual({ ...receipt, roundYear: 2026, roundNumber: 0 })
    expect([...storage.kept.values()].join()).not.toContain('p1')
  })
})

it('sends the same ballot with the same key, also after a reload, and a changed one with another', () => {
  const { store, open } = started()
  const key = store.keyForSending()
  expect(key).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(store.keyForSending()).toBe(key)
  expect(open().keyForSending()).toBe(key)
  store.mark({ p2: 1 })
  expect(store.keyForSending()).not.toBe(key)
})

it('works where the browser keeps nothing', () => {
  const store = new BoothStore(null)
  store.openBallot(ballot)
  store.mark({ p1: 1 })
  expect(store.snapshot().draft?.marks).toEqual({ p1: 1 })
})
