import { afterEach, describe, expect, it } from 'vitest'
import { rememberLibraryNames } from './quickSymbols.ts'

const list = Object.keys
afterEach(() => {
  Object.keys = list
})

describe('rememberLibraryNames', () => {
  it('lists the names of a library once', () => {
    rememberLibraryNames()
    const library = { Pg_magic_func: 1, ST_Area: 2 }
    const names = Object.keys(library)
    expect(names).toEqual(['Pg_magic_func', 'ST_Area'])
    expect(Object.keys(library)).toBe(names)
  })

  it('leaves everything else as it is, for it changes', () => {
    rememberLibraryNames()
    const other: Record<string, number> = { one: 1 }
    Object.keys(other)
    other.two = 2
    expect(Object.keys(other)).toEqual(['one', 'two'])
    expect(Object.keys('ab')).toEqual(['0', '1'])
    expect(() => Object.keys(null as unknown as object)).toThrow(TypeError)
  })
})
