import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, csvCell, csvLine, flatValue, ideaLayer, unionColumns, virtualLayers } from './rules.ts'

const column = (name: string, kind: Column['kind'] = 'text'): Column => ({ name, kind, description: { da: `<${name}> & "da"`, en: 'en' } })

/** A reader of RFC 4180 by its own words. */
function readLine(line: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] as string
    if (isQuoted && sign === '"' && line[at + 1] === '"') {
      cell += '"'
      at++
    } else if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && (sign === ',' || sign === '\r')) {
      cells.push(cell)
      cell = ''
      if (sign === '\r') return cells
    } else cell += sign
  }
  throw new Error('the line does not end')
}

// The whole of Unicode takes seconds to prepare; these are the signs that mean something, and some that do not.
const sign = fc.constantFrom(...'=+-@\t\r\n",;\' aæ1{＝＠'.split(''), '\ud83c\udf33', '\ufeff')

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+45 12345678', "'+45 12345678"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://evil.example","x")', '"\'=HYPERLINK(""http://evil.example"",""x"")"'],
    [-2, '-2'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
    [[], ''],
    [['maaloev', 'skovlunde'], '"maaloev,skovlunde"'],
    [[{ funder: 'A', amountDkk: 1 }], '"[{""funder"":""A"",""amountDkk"":1}]"'],
    ['to\nlinjer', '"to\nlinjer"'],
  ])('%j becomes %s', (value, cell) => expect(csvCell(value)).toBe(cell))

  it('gives back every text, and no text begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: sign, maxLength: 12 }), { minLength: 1, maxLength: 6 }), (texts) => {
        const cells = readLine(csvLine(texts))
        expect(cells.map((cell, index) => (cell === `'${texts[index]}` ? texts[index] : cell))).toEqual(texts)
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('layers', () => {
  it.each([
    ['Point', 'ideas_points'],
    ['LineString', 'ideas_lines'],
    ['Polygon', 'ideas_polygons'],
  ])('an idea that is a %s lies in %s', (type, layer) => expect(ideaLayer(type)).toBe(layer))

  it('joins columns by name and leaves geometries out', () => {
    const joined = unionColumns([
      [column('a'), column('geom', 'geometry')],
      [column('b'), column('a', 'integer')],
    ])
    expect(joined.map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'text'],
      ['b', 'text'],
    ])
  })

  it('are described to GDAL with types and meanings, whatever the texts hold', () => {
    const text = virtualLayers([{ name: 'x', columns: [column('a', 'instant')], geometryType: 'wkbPoint', isEmpty: false }], 'EPSG:25832')
    expect(text).toContain('type="DateTime" comment="&lt;a&gt; &amp; &quot;da&quot; | en"')
    expect(text).toContain('<SrcLayer>x</SrcLayer>')
    expect(virtualLayers([{ name: 'x', columns: [], geometryType: 'wkbPoint', isEmpty: true }], 'EPSG:25832')).toContain('WHERE 1 = 0')
  })

  it('flat values keep numbers and turn structures into JSON', () => {
    expect([flatValue(1.5), flatValue(false), flatValue([1, 2]), flatValue({ a: 1 })]).toEqual([1.5, false, '1,2', '{"a":1}'])
  })
})
