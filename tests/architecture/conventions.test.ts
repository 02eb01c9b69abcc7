import { describe, expect, it } from 'vitest'
import {
  emptyNames,
  foreignWrites,
  LINES_MAX,
  strayMounts,
  strayTransforms,
  TABLE_OWNERS,
  tablesMade,
  tooLong,
  uncheckedHandlers,
  undocumented,
  unpublishedReads,
  unsaidSpoiling,
} from './conventions.ts'
import { type SourceFile, sourceFiles } from './sourceFiles.ts'

type Rule = (files: readonly SourceFile[]) => string[]

const rules: [string, Rule, SourceFile[]][] = [
  [
    'only the owning room writes a table',
    foreignWrites,
    [
      { path: 'server/rounds/queries.ts', text: "db.insertInto('idea').values({})" },
      { path: 'server/rounds/queries.ts', text: 'sql`update idea set title = 1`' },
      { path: 'server/rounds/queries.ts', text: 'sql`delete from idea\n where true`' },
    ],
  ],
  [
    'every handler begins with its access check',
    uncheckedHandlers,
    [
      { path: 'server/ideas/routes.ts', text: '.openapi(listRoute, async (context) => {\n  return context.json(1)\n})' },
      { path: 'server/ideas/routes.ts', text: ".openapi(listRoute, async (context) => {\n  publicAccess(context, 'short')\n})" },
      { path: 'server/ideas/routes.ts', text: '.openapi(listRoute, (context) => context.json(1))' },
    ],
  ],
  [
    'kernel, rules, queries and vocabulary are documented',
    undocumented,
    [{ path: 'server/kernel/x.ts', text: '\nexport function area() {}' }],
  ],
  [
    'every room is mounted once',
    strayMounts,
    [
      { path: 'server/app.ts', text: "app.route('/', ideasRoutes(deps))\napp.route('/', ideasRoutes(deps))" },
      { path: 'server/ideas/routes.ts', text: 'export function ideasRoutes(deps: Deps) {' },
    ],
  ],
  [
    'a journey says when nobody may take over its profile',
    unsaidSpoiling,
    [{ path: 'tests/e2e/x.test.ts', text: 'const { page } = await journey.open()\nawait page.addInitScript(() => {})' }],
  ],
  ['files are short', tooLong, [{ path: 'server/ideas/x.ts', text: '\n'.repeat(LINES_MAX + 1) }]],
  [
    'names say something',
    emptyNames,
    [
      { path: 'server/ideas/utils.ts', text: '' },
      { path: 'web/common/x.ts', text: '' },
    ],
  ],
  [
    'what is published is read from published views only',
    unpublishedReads,
    [
      { path: 'server/ogc/queries.ts', text: 'sql`select * from idea`' },
      { path: 'server/ogc/queries.ts', text: 'sql<{ a: 1 }>`select 1 from published_idea v join person p using (person_id)`' },
      { path: 'server/ogc/queries.ts', text: "db.selectFrom('published_idea as v').innerJoin('person as p', 'a', 'b')" },
      { path: 'server/exports/queries.ts', text: "db.selectFrom('idea').selectAll()" },
      { path: 'server/exports/streams.ts', text: 'sql`select 1 from published_idea`' },
    ],
  ],
  [
    'reference systems are converted in one place',
    strayTransforms,
    [{ path: 'server/ideas/queries.ts', text: 'sql`ST_Transform(geom, 4326)`' }],
  ],
]

describe.each(rules)('%s', (_name, rule, planted) => {
  it('holds everywhere', () => expect(rule(sourceFiles())).toEqual([]))
  it.each(planted)('rejects a planted violation: $text', (file) => expect(rule([file])).toHaveLength(1))
})

it('every table has an owner and every owner a table', () => {
  expect(tablesMade(sourceFiles()).sort()).toEqual(Object.keys(TABLE_OWNERS).sort())
})
