import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { roomOf } from './directions.ts'
import { sourceFiles } from './sourceFiles.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')

/** Names of environment variables the configuration reads. */
function variables(source: string): string[] {
  const schema = source.slice(source.indexOf('environmentSchema = '), source.indexOf('type Environment'))
  return [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1] ?? '')
}

const missingVariables = (source: string, text: string) => variables(source).filter((name) => !text.includes(`\`${name}\``))

describe('README', () => {
  it('tells of every variable of the configuration', () => {
    const config = read('server/platform/config.ts')
    expect(variables(config).length).toBeGreaterThan(15)
    expect(missingVariables(config, readme)).toEqual([])
  })

  it('a variable that is not told of is noticed', () => {
    expect(missingVariables('environmentSchema = z.object({\n  NEW_THING: z.string(),\n})\ntype Environment', readme)).toEqual([
      'NEW_THING',
    ])
  })

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    expect(Object.keys(scripts).filter((name) => !['start', 'test', 'format'].includes(name) && !named.includes(name))).toEqual([])
  })

  it('its picture is there', () => {
    expect(existsSync(join(root, 'web/front-page.webp'))).toBe(true)
  })
})

it('every room has a README of its own', () => {
  const rooms = new Set(sourceFiles('server/**/*.ts').map(({ path }) => roomOf(path)))
  rooms.delete(null)
  expect([...rooms].filter((room) => !existsSync(join(root, `server/${room}/README.md`)))).toEqual([])
})

it('every data set has a README that names its source, licence and reference system or says that it has none', () => {
  const sets = readdirSync(join(root, 'data'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(sets.filter(({ name }) => !existsSync(join(root, 'data', name, 'README.md'))).map(({ name }) => name)).toEqual([])
})

it('nothing that is committed names a machine or a registry', () => {
  const files = [...sourceFiles(), ...['README.md', 'CHANGELOG.md', 'package-lock.json'].map((path) => ({ path, text: read(path) }))]
  const named = /\/(?:work|home|root)\/(?:main|shared)|registry\.npmjs|artifactory|\.\.\/shared/
  expect(
    files.filter(({ path, text }) => named.test(text) && path !== 'tests/architecture/documents.test.ts').map(({ path }) => path),
  ).toEqual([])
})
