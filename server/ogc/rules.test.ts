import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PUBLISHED } from './catalogue.ts'
import { CRS_URIS } from './contract.ts'
import { formatFor, languageFor } from './negotiate.ts'
import da from './ogc.da.json' with { type: 'json' }
import en from './ogc.en.json' with { type: 'json' }
import {
  type ColumnKind,
  cutPage,
  findStranger,
  kindOf,
  type Position,
  readBox,
  readCrs,
  readItemsQuestion,
  readLimit,
  readTime,
  readValue,
} from './rules.ts'
import { textIn } from './texts.ts'

const kinds = new Map<string, ColumnKind>([
  ['idea_id', 'integer'],
  ['round_year', 'integer'],
  ['is_demo', 'boolean'],
])

describe('the limit', () => {
  it.each([
    [undefined, 100],
    ['1', 1],
    ['10000', 10_000],
    ['10001', 10_000],
    ['999999999999999', 10_000],
  ])('%s becomes %s', (text, value) => expect(readLimit(text)).toEqual({ ok: true, value }))
  it.each(['0', '-1', '1.5', '', ' 1', '1e3', 'all', '0x10'])('"%s" is refused', (text) =>
    expect(readLimit(text)).toMatchObject({ ok: false, parameter: 'limit' }),
  )
})

describe('the box', () => {
  it.each([
    ['12,55,13,56', 'CRS84', { unit: 'degrees', boxes: [[12, 55, 13, 56]] }],
    ['12,55,0,13,56,100', 'CRS84', { unit: 'degrees', boxes: [[12, 55, 13, 56]] }],
    ['55,12,56,13', 'EPSG:4326', { unit: 'degrees', boxes: [[12, 55, 13, 56]] }],
    ['700000,6170000,720000,6190000', 'EPSG:25832', { unit: 'metres', box: [700_000, 6_170_000, 720_000, 6_190_000] }],
    ['12,55,12,55', 'CRS84', { unit: 'degrees', boxes: [[12, 55, 12, 55]] }],
    [
      '170,-10,-170,10',
      'CRS84',
      {
        unit: 'degrees',
        boxes: [
          [170, -10, 180, 10],
          [-180, -10, -170, 10],
        ],
      },
    ],
  ] as const)('%s in %s', (text, crs, value) => expect(readBox(text, crs)).toEqual({ ok: true, value }))
  it.each([
    ['', 'CRS84'],
    ['1,2,3', 'CRS84'],
    ['1,2,3,4,5', 'CRS84'],
    ['1,2,3,x', 'CRS84'],
    ['1,2,3,', 'CRS84'],
    ['1,2,3,Infinity', 'CRS84'],
    ['1,2,3,1e999', 'CRS84'],
    ['12,56,13,55', 'CRS84'],
    ['12,55,181,56', 'CRS84'],
    ['12,-91,13,56', 'CRS84'],
    ['720000,6170000,700000,6190000', 'EPSG:25832'],
  ] as const)('"%s" in %s is refused', (text, crs) => expect(readBox(text, crs)).toMatchObject({ ok: false, parameter: 'bbox' }))
})

describe('the time', () => {
  const day = (text: string) => ({ text, isDay: true })
  const instant = (text: string) => ({ text, isDay: false })
  it.each([
    ['2026-05-04', { from: day('2026-05-04'), to: day('2026-05-04') }],
    ['2026-05-04T10:00:00Z', { from: instant('2026-05-04T10:00:00Z'), to: instant('2026-05-04T10:00:00Z') }],
    ['2026-05-04t10:00:00.5z/..', { from: instant('2026-05-04T10:00:00.5Z'), to: null }],
    ['/2026-05-04', { from: null, to: day('2026-05-04') }],
    ['2019-01-01/2026-05-04T10:00:00+02:00', { from: day('2019-01-01'), to: instant('2026-05-04T10:00:00+02:00') }],
  ])('%s', (text, value) => expect(readTime(text)).toEqual({ ok: true, value }))
  it.each([
    '',
    '..',
    '../..',
    '/',
    '2026',
    '2026-05',
    '2026-02-30',
    '2026-05-04T25:00:00Z',
    '2026-05-04T10:00:00',
    '0000-01-01',
    'x/..',
    '../x',
    '2026-05-05/2026-05-04',
    'a/b/c',
    '2026-05-04 10:00:00Z',
  ])('"%s" is refused', (text) => expect(readTime(text)).toMatchObject({ ok: false, parameter: 'datetime' }))
})

const sign = fc.constantFrom(...'0123456789.,/-+:TZeE %\0æ'.split(''), '\ud800', '\ud83c\udf33')

describe('reference systems, values and strangers', () => {
  it('knows three systems by their URIs', () => {
    expect(readCrs(undefined, 'crs')).toEqual({ ok: true, value: 'CRS84' })
    for (const [name, uri] of Object.entries(CRS_URIS)) expect(readCrs(uri, 'crs')).toEqual({ ok: true, value: name })
    for (const uri of ['', 'EPSG:25832', 'http://www.opengis.net/def/crs/EPSG/0/3857', 'toString'])
      expect(readCrs(uri, 'bbox-crs')).toMatchObject({ ok: false, parameter: 'bbox-crs' })
  })

  it.each([
    ['12', 'integer', 12],
    ['99999999999', 'integer', null],
    ['1.5', 'integer', null],
    ['true', 'boolean', true],
    ['1', 'boolean', null],
    ['Måløv', 'text', 'Måløv'],
    ['a\0b', 'text', null],
    ['\ud800', 'text', null],
  ] as const)('%s as %s', (text, kind, value) => expect(readValue(text, kind)).toBe(value))

  it('refuses what is unknown and what stands twice', () => {
    expect(findStranger({ limit: ['1'] }, ['limit'])).toBeNull()
    expect(findStranger({ person_id: ['1'] }, ['limit'])).toMatchObject({ parameter: 'person_id' })
    expect(findStranger({ limit: ['1', '2'] }, ['limit'])).toMatchObject({ parameter: 'limit' })
    expect(readItemsQuestion({ person_id: ['x'] }, PUBLISHED.ideas, kinds)).toMatchObject({ ok: false, parameter: 'person_id' })
    expect(readItemsQuestion({ title: ['x'] }, PUBLISHED.ideas, kinds)).toMatchObject({ ok: false, parameter: 'title' })
    expect(readItemsQuestion({ after: ['1'], before: ['2'] }, PUBLISHED.ideas, kinds)).toMatchObject({ ok: false, parameter: 'before' })
  })

  it('reads a whole question', () => {
    const sent = { limit: ['5'], round_year: ['2026'], is_demo: ['true'], after: ['7'], crs: [CRS_URIS['EPSG:25832']] }
    expect(readItemsQuestion(sent, PUBLISHED.ideas, kinds)).toEqual({
      ok: true,
      value: {
        limit: 5,
        crs: 'EPSG:25832',
        box: null,
        time: null,
        properties: [
          { column: 'round_year', value: 2026 },
          { column: 'is_demo', value: true },
        ],
        position: { after: 7 },
      },
    })
  })

  it('never throws, whatever is sent', () => {
    const names = fc.constantFrom(
      'limit',
      'bbox',
      'bbox-crs',
      'crs',
      'datetime',
      'after',
      'before',
      'f',
      'round_year',
      'is_demo',
      'x',
      '__proto__',
    )
    const sent = fc.dictionary(
      names,
      fc.array(fc.oneof(fc.string({ unit: sign, maxLength: 30 }), fc.constantFrom('1', '2026-05-04', 'true', '12,55,13,56')), {
        minLength: 1,
        maxLength: 2,
      }),
    )
    fc.assert(
      fc.property(sent, (parameters) => typeof readItemsQuestion(parameters, PUBLISHED.ideas, kinds).ok === 'boolean'),
      {
        numRuns: 300,
      },
    )
  })

  it.each([
    ['text', 'text'],
    ['text[]', 'list'],
    ['integer[]', 'list'],
    ['bigint', 'integer'],
    ['double precision', 'number'],
    ['numeric', 'number'],
    ['timestamp with time zone', 'instant'],
    ['date', 'day'],
    ['jsonb', 'json'],
    ['geometry(Point,25832)', 'geometry'],
    ['character varying', 'text'],
  ])('a column of type %s is %s', (type, kind) => expect(kindOf(type)).toBe(kind))
})

type Cut = ReturnType<typeof cutPage<number>>

describe('pages', () => {
  const all = Array.from({ length: 23 }, (_item, index) => index + 1)
  const fetch = (position: Position, limit: number): number[] => {
    if (position !== null && 'before' in position)
      return all
        .filter((id) => id < Number(position.before))
        .reverse()
        .slice(0, limit + 1)
    return all.filter((id) => position === null || id > Number(position.after)).slice(0, limit + 1)
  }

  it('going on and back meet every row once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (limit) => {
        const seen: number[] = []
        let position: Position = null
        let last: number[] = []
        for (;;) {
          const { page, hasNext }: Cut = cutPage(fetch(position, limit), limit, position)
          seen.push(...page)
          last = page
          if (!hasNext) break
          position = { after: page.at(-1) as number }
        }
        expect(seen).toEqual(all)
        const back = [...last]
        position = { before: last[0] as number }
        for (let hasMore = last[0] !== 1; hasMore; ) {
          const { page, hasPrevious, hasNext }: Cut = cutPage(fetch(position, limit), limit, position)
          expect(hasNext).toBe(true)
          back.unshift(...page)
          hasMore = hasPrevious
          position = { before: page[0] as number }
        }
        expect(back).toEqual(all)
      }),
    )
  })
})

describe('form and language', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/geo+json, application/json', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['application/json;q=0.5, text/html;q=0.9', 'html'],
    ['text/html;q=0, */*', 'json'],
    ['image/png', 'json'],
    [';;,q=x', 'json'],
  ])('%s gets %s', (accept, format) => expect(formatFor(accept)).toBe(format))
  it.each([
    [undefined, 'da'],
    ['en-GB,en;q=0.9', 'en'],
    ['da;q=0.5, en', 'en'],
    ['de, fr', 'da'],
    ['de, en;q=0.1', 'en'],
  ])('%s reads %s', (header, language) => expect(languageFor(header)).toBe(language))

  it('says the same things in both languages', () => {
    const keys = (texts: object, prefix = ''): string[] =>
      Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : keys(value, `${prefix}${key}.`)))
    const holes = (texts: object) => [...JSON.stringify(texts).matchAll(/\{\{\w+\}\}/g)].map(String).sort()
    expect(keys(en)).toEqual(keys(da))
    expect(holes(en)).toEqual(holes(da))
    expect(JSON.stringify([da, en])).not.toMatch(/:""[,}]/)
    expect(textIn('en', 'counted', { returned: 1, matched: 2 })).toBe('1 shown of 2')
  })
})

it('every collection stands under its own name and reads a view made for publishing', () => {
  for (const [name, collection] of Object.entries(PUBLISHED)) {
    expect(collection.id).toBe(name)
    expect(collection.view).toMatch(/^published_/)
  }
})
