import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { type SourceFile, sourceFiles } from './sourceFiles.ts'

const root = resolve(import.meta.dirname, '../..')

// The interface writes idé, idéen, idéer. Addresses have no accents (`/ideer/12`); a string that is nothing but `ideer` is a part of one.
const INFLECTED = /(?<!\/|%2F|\p{L})(?!(?<=['"`])ideer['"`])\p{L}*ide(?:en|ens|er|ers|erne|ernes)(?!\p{L})/giu
/** In Danish text any word that begins so: idefase, ide-bank; not what only looks like it. */
const BEGINNING = /(?<!\/|\p{L})ide(?!nt|a|olog)(?:-?\p{L}+)?/giu

const withoutValues = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, '')

function valuesOf(json: unknown): string[] {
  if (typeof json === 'string') return [json]
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(valuesOf) : []
}

/** Words for an idea that are not spelt as everywhere else. */
function strayIdeas({ path, text }: SourceFile): string[] {
  const isDanish = path.endsWith('.da.json')
  const words = path.endsWith('.json') ? valuesOf(JSON.parse(text)).map(withoutValues).join('\n') : text
  const found = [...words.matchAll(INFLECTED), ...(isDanish ? words.matchAll(BEGINNING) : [])]
  return [...new Set(found.map(([word]) => `${path}: ${word}`))]
}

function wordFiles(): SourceFile[] {
  const paths = globSync('{web,data,server}/**/*.{json,csv,geojson,html}', { cwd: root, exclude: (name) => /^dist(\.|$)/.test(name) })
  const texts = paths.map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }))
  return [...texts, ...sourceFiles('{server,web,data,migrations}/**/*.{ts,tsx}')]
}

it('an idea is spelt idé, idéen, idéer everywhere it can be read', () => {
  expect(wordFiles().flatMap(strayIdeas)).toEqual([])
})

it.each([
  ['web/x.da.json', '{ "a": "Her er {{ideaId}} af dine Ideer." }', ['web/x.da.json: Ideer']],
  ['web/x.da.json', '{ "a": { "b": "Giv ideen et navn i idefasen." } }', ['web/x.da.json: ideen', 'web/x.da.json: idefasen']],
  ['data/x.json', '{ "da": "Borgerideerne", "en": "The ideas of citizens" }', ['data/x.json: Borgerideerne']],
  ['data/x.csv', 'a,ideens sted', ['data/x.csv: ideens']],
  ['server/x.ts', "const words = 'Vurderer ideer'", ['server/x.ts: ideer']],
])('a planted stray in %s is rejected: %s', (path, text, found) => {
  expect(strayIdeas({ path, text })).toEqual(found)
})

it.each([
  ['web/x.da.json', '{ "idea": "Idéerne, idéens og en god idé-bank; ident, identitet og ideal. Se /ideer/12" }'],
  ['web/x.ts', "if (room === 'ideer') return '/ideer/12'; const side = 'siden, viden, guiden, inside'"],
])('what is right in %s stays: %s', (path, text) => {
  expect(strayIdeas({ path, text })).toEqual([])
})
