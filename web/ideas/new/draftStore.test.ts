import { describe, expect, test, vi } from 'vitest'
import { emptyDraft } from './draft.ts'
import { DraftStore } from './draftStore.ts'

class FakeStorage {
  readonly items = new Map<string, string>()
  full = false
  get length() {
    return this.items.size
  }
  key = () => null
  clear = () => this.items.clear()
  getItem = (key: string) => this.items.get(key) ?? null
  removeItem = (key: string) => void this.items.delete(key)
  setItem = (key: string, value: string) => {
    if (this.full) throw new Error('QuotaExceededError')
    this.items.set(key, value)
  }
}

const open = (storage: FakeStorage) => new DraftStore('draft', storage)

describe('a draft', () => {
  test('lives from the first key and comes back', () => {
    const storage = new FakeStorage()
    open(storage).change({ title: 'B' })
    expect(open(storage).snapshot()).toMatchObject({ draft: { title: 'B' }, saved: 'saved', notice: 'restored' })
  })

  test('keeps its key through every change and gets a new one when discarded', () => {
    const store = open(new FakeStorage())
    const first = store.snapshot().draft.idempotencyKey
    store.change({ title: 'Bænk' })
    store.change((draft) => ({ title: `${draft.title}e` }))
    expect(store.snapshot().draft).toMatchObject({ title: 'Bænke', idempotencyKey: first })
    store.discard()
    expect(store.snapshot()).toMatchObject({ draft: { title: '' }, saved: 'nothing-yet' })
    expect(store.snapshot().draft.idempotencyKey).not.toBe(first)
  })

  test.each(['', 'nonsense', '{"version":99}', '[]'])('%j in the storage is no crash', (kept) => {
    const storage = new FakeStorage()
    storage.items.set('draft', kept)
    const store = open(storage)
    expect(store.snapshot()).toMatchObject({ draft: { title: '' }, notice: 'was-broken' })
    store.change({ title: 'Ny' })
    expect(open(storage).snapshot().draft.title).toBe('Ny')
  })

  test('a full or missing storage keeps it for the page and says so', () => {
    const storage = new FakeStorage()
    storage.full = true
    for (const store of [open(storage), new DraftStore('draft', null)]) {
      store.change({ title: 'B' })
      expect(store.snapshot()).toMatchObject({ draft: { title: 'B' }, saved: 'refused' })
    }
  })
})

describe('two windows', () => {
  test('the newer text wins and the other window says so', () => {
    const storage = new FakeStorage()
    const [one, two] = [open(storage), open(storage)]
    const told = vi.fn()
    two.subscribe(told)
    one.change({ title: 'Fra vindue et' })
    two.followOther()
    expect(told).toHaveBeenCalled()
    expect(two.snapshot()).toMatchObject({ draft: { title: 'Fra vindue et' }, notice: 'newer-elsewhere' })
  })

  test('a window that missed the news adds to the newer text instead of writing over it', () => {
    const storage = new FakeStorage()
    const [one, asleep] = [open(storage), open(storage)]
    one.change({ title: 'Fra vindue et', description: 'Lang tekst' })
    asleep.change({ upkeepNote: 'Naboerne' })
    expect(open(storage).snapshot().draft).toMatchObject({ title: 'Fra vindue et', description: 'Lang tekst', upkeepNote: 'Naboerne' })
  })

  test('a draft sent or discarded elsewhere stays readable here', () => {
    const storage = new FakeStorage()
    const [one, two] = [open(storage), open(storage)]
    one.change({ title: 'Bænk' })
    two.followOther()
    one.discard()
    two.followOther()
    expect(two.snapshot()).toMatchObject({ draft: { title: 'Bænk' }, notice: 'gone-elsewhere' })
  })

  test('a clock that jumps back changes nothing', () => {
    const storage = new FakeStorage()
    storage.items.set('draft', JSON.stringify({ ...emptyDraft('0b8f0a52-6f43'), title: 'Før', savedAtMs: Date.now() + 3_600_000 }))
    const [one, two] = [open(storage), open(storage)]
    one.change({ title: 'Efter' })
    two.followOther()
    expect(two.snapshot().draft.title).toBe('Efter')
  })
})
