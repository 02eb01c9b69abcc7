import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrast, differenceSeen, VISIONS } from './colourSight.ts'
import { DISTRICT_COLOURS, OTHER_DISTRICT_COLOURS, paletteCss, SURFACE, VERDICT_COLOURS } from './palette.ts'

const districts = Object.entries({ ...DISTRICT_COLOURS, other: OTHER_DISTRICT_COLOURS })
const pairs = Object.entries(DISTRICT_COLOURS).flatMap(([name, colours], index, all) =>
  all.slice(index + 1).map(([otherName, other]) => [name, otherName, colours.base, other.base] as const),
)

test('the style sheet is the one written from the palette', () => {
  expect(readFileSync(new URL('./palette.css', import.meta.url), 'utf8')).toBe(paletteCss())
})

test.each(districts)('letters of %s stand out on paper, chip and map', (_name, { text, tint, ground, groundHovered, groundSelected }) => {
  for (const behind of [SURFACE.paper, tint, ground, groundHovered, groundSelected])
    expect(contrast(text, behind)).toBeGreaterThanOrEqual(4.5)
})

test.each(districts)('signs and outlines of %s stand out', (_name, { base, ground }) => {
  expect(contrast(base, SURFACE.paper)).toBeGreaterThanOrEqual(3)
  expect(contrast(base, SURFACE.veil)).toBeGreaterThanOrEqual(3)
  expect(contrast(base, ground)).toBeGreaterThanOrEqual(3)
})

test.each([
  ['ink', SURFACE.ink, 4.5],
  ['soft', SURFACE.soft, 4.5],
  ['accent', SURFACE.accent, 4.5],
  ['placeName', SURFACE.placeName, 4.5],
] as const)('%s is read on paper and veil', (_name, colour, least) => {
  for (const behind of [SURFACE.paper, SURFACE.veil]) expect(contrast(colour, behind)).toBeGreaterThanOrEqual(least)
})

test.each(Object.entries(VERDICT_COLOURS))('what is said of a place as %s is read, and seen on the map', (_name, { base, text, tint }) => {
  for (const behind of [SURFACE.paper, SURFACE.land, tint]) expect(contrast(text, behind)).toBeGreaterThanOrEqual(4.5)
  for (const behind of [SURFACE.paper, SURFACE.veil, tint]) expect(contrast(base, behind)).toBeGreaterThanOrEqual(3)
})

describe('districts stay apart', () => {
  test.each(pairs)('%s and %s for every eye', (_name, _otherName, one, other) => {
    expect(differenceSeen(one, other, VISIONS.full)).toBeGreaterThanOrEqual(25)
    expect(differenceSeen(one, other, VISIONS.protanopia)).toBeGreaterThanOrEqual(12)
    expect(differenceSeen(one, other, VISIONS.deuteranopia)).toBeGreaterThanOrEqual(12)
    expect(differenceSeen(one, other, VISIONS.tritanopia)).toBeGreaterThanOrEqual(8)
  })
})
