import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = resolve(import.meta.dirname, '..')
const pure = ['server/**/*.test.ts', 'web/**/*.test.ts', 'data/**/*.test.ts', 'tests/architecture/**/*.test.ts']
const database = ['tests/server/**/*.test.ts', 'tests/web/**/*.test.ts']
const browser = ['tests/e2e/**/*.test.ts']

// Three projects: `pure` needs nothing, `database` a PostGIS (embedded, or the server in TEST_DATABASE_URL),
// `browser` the whole server and a Chromium.
export default defineConfig({
  root,
  test: {
    maxWorkers: 3,
    reporters: ['default', resolve(import.meta.dirname, 'setup/countReporter.ts')],
    projects: [
      { root, test: { name: 'pure', include: pure, pool: 'threads', isolate: false } },
      // First, because the page is built while the database is made.
      {
        root,
        test: {
          name: 'browser',
          include: browser,
          pool: 'forks',
          isolate: false,
          globalSetup: [resolve(import.meta.dirname, 'setup/chromium.ts')],
          // Software rendering beside other tests is slow; what never comes is still told within seconds.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'database',
          include: database,
          pool: 'forks',
          // One process per worker, which keeps its database from one file to the next (setup/keptDatabase.ts).
          isolate: false,
          globalSetup: [resolve(import.meta.dirname, 'setup/templateDatabase.ts')],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
