import { describe, expect, it } from 'vitest'
import { circles, DIRECTION_RULES, wrongDirections } from './directions.ts'
import { sourceFiles } from './sourceFiles.ts'

const planted: Record<string, { path: string; text: string }> = {
  'the kernel imports zod and itself only': { path: 'server/kernel/x.ts', text: "import { sql } from 'kysely'" },
  'the platform knows no room': { path: 'server/platform/x.ts', text: "import { a } from '../ideas/service.ts'" },
  'a room is not entered by its queries': { path: 'server/rounds/service.ts', text: "import { a } from '../ideas/queries.ts'" },
  'rooms do not import the application': { path: 'server/rounds/x.ts', text: "import type { App } from '../app.ts'" },
  'a contract imports zod, the kernel, limits and other contracts only': {
    path: 'server/ideas/contract.ts',
    text: "import { a } from './service.ts'",
  },
  'rules are pure: no database, no HTTP, no clock': {
    path: 'server/ideas/rules.ts',
    text: "import { systemClock } from '../platform/clock.ts'",
  },
  'a folder of rules imports rules, the kernel and types of its contract only': {
    path: 'server/allocation/rules/x.ts',
    text: "import { readFileSync } from 'node:fs'",
  },
  'routes hold no SQL': { path: 'server/ideas/routes.ts', text: "import { sql } from 'kysely'" },
  'services know no HTTP framework': { path: 'server/ideas/service.ts', text: "import type { Context } from 'hono'" },
  'queries know no HTTP framework': { path: 'server/ideas/nearQueries.ts', text: "import type { Context } from 'hono'" },
  'migrations import kysely only': { path: 'migrations/x.ts', text: "import { a } from '../server/kernel/crs.ts'" },
  'the web enters the server by contracts, kernel, limits and pure rules only': {
    path: 'web/x.ts',
    text: "import { a } from '../server/ideas/queries.ts'",
  },
  'the server does not import the web': { path: 'server/ideas/x.ts', text: "import { a } from '../../web/lib/api.ts'" },
  'nothing that runs imports tests': { path: 'server/ideas/x.ts', text: "import { a } from '../../tests/setup/app.ts'" },
}

describe('directions', () => {
  it('hold everywhere', () => {
    expect(wrongDirections(sourceFiles())).toEqual([])
  })

  it.each(DIRECTION_RULES.map(({ name }) => name))('a planted violation is rejected: %s', (name) => {
    const file = planted[name]
    if (!file) throw new Error(`Plant a violation of "${name}" in this file.`)
    expect(wrongDirections([file]).join('\n')).toContain(name)
  })

  it('there are no import circles', () => {
    expect(circles(sourceFiles())).toEqual([])
  })

  it('a planted circle of type imports is rejected', () => {
    const a = { path: 'server/ideas/a.ts', text: "import type { B } from './b.ts'" }
    const b = { path: 'server/ideas/b.ts', text: "import type { A } from './a.ts'" }
    expect(circles([a, b])).toEqual(['server/ideas/a.ts → server/ideas/b.ts → server/ideas/a.ts'])
  })
})
