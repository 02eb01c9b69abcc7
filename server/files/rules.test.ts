import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maySeePicture, sentFormatOf, variantSizes } from './rules.ts'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('sentFormatOf', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n....', 'png'],
    ['RIFF....WEBPVP8 ', 'webp'],
    ['\0\0\0\x1cftypavif', 'avif'],
    ['\0\0\0\x1cftypheic', null],
    ['GIF89a', null],
    ['<svg xmlns="http://www.w3.org/2000/svg">', null],
    ['%PDF-1.7', null],
    ['<!doctype html>', null],
    ['RIFF....WAVE', null],
    ['', null],
  ])('%j is %s', (text, format) => {
    expect(sentFormatOf(bytes(text))).toBe(format)
  })
})

describe('variantSizes', () => {
  it.each([
    [{ width: 4000, height: 3000 }, [320, 800, 1600]],
    [{ width: 1600, height: 900 }, [320, 800, 1600]],
    [{ width: 1000, height: 900 }, [320, 800, 1000]],
    [{ width: 320, height: 200 }, [320]],
    [{ width: 33, height: 20 }, [33]],
    [{ width: 1, height: 1 }, [1]],
    [{ width: 100, height: 48_000 }, [10]],
  ])('%j is offered in %j', (original, widths) => {
    expect(variantSizes(original).map((size) => size.width)).toEqual(widths)
  })

  it('never enlarges, repeats a width or leaves what the encoders can write', () => {
    const side = fc.integer({ min: 1, max: 65_535 })
    fc.assert(
      fc.property(side, side, (width, height) => {
        const sizes = variantSizes({ width, height })
        expect(new Set(sizes.map((size) => size.width)).size).toBe(sizes.length)
        for (const size of sizes) {
          expect(size.width).toBeLessThanOrEqual(Math.min(width, 1600))
          expect(size.height).toBeLessThanOrEqual(Math.min(height, 4800))
          expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1)
        }
      }),
    )
  })
})

describe('maySeePicture', () => {
  const draft = { personId: 'a', ideaId: null, ideaIsPublic: false }
  it.each([
    [draft, 'a', true],
    [draft, 'b', false],
    [draft, null, false],
    [{ ...draft, personId: null }, null, false],
    [{ personId: 'a', ideaId: 1, ideaIsPublic: true }, null, true],
    [{ personId: 'a', ideaId: 1, ideaIsPublic: false }, 'a', false],
  ])('%j seen by %s: %s', (picture, viewer, seen) => {
    expect(maySeePicture(picture, viewer)).toBe(seen)
  })
})
