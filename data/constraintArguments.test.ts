import { expect, it, test } from 'vitest'
import { readConstraintArguments } from './constraintArguments.ts'

it('reads everything there is to say', () => {
  const line = [
    'par3',
    'natur.gpkg',
    '--layer',
    'natur',
    '--where',
    'a = 1',
    '--encoding',
    'ISO-8859-1',
    '--id-attribute',
    'id',
    '--label-attribute',
    'navn',
  ]
  expect(readConstraintArguments([...line, '--applies', 'ejer=Privat, Stat', '--date', '2026-05-01', '--dry-run', '--force'])).toEqual({
    what: 'constraint',
    layerId: 'par3',
    from: 'natur.gpkg',
    file: { layer: 'natur', where: 'a = 1', encoding: 'ISO-8859-1' },
    mapping: { sourceId: 'id', label: 'navn', appliesWhen: { attribute: 'ejer', in: ['Privat', 'Stat'] }, datasetDate: null },
    options: { datasetDate: '2026-05-01', dryRun: true, force: true },
  })
})

it('may leave out the file, and may name the attribute each time', () => {
  expect(readConstraintArguments(['par3', '--applies', 'ejer=Privat,ejer=Stat'])).toMatchObject({
    from: null,
    mapping: { appliesWhen: { in: ['Privat', 'Stat'] } },
  })
})

test.each([[[]], [['par3', 'a', 'b']], [['par3', '--date', '1.5.2026']], [['par3', '--applies', 'ejer']], [['par3', '--unknown']]])(
  'refuses %j with a sentence',
  (line) => {
    expect(() => readConstraintArguments(line)).toThrow(/\w{3,}/)
  },
)
