import { importsOf, type SourceFile } from './sourceFiles.ts'

const machinery = new Set(['kernel', 'platform', 'decisions'])

/** The room a server file belongs to: `ideas` for `server/ideas/queries.ts`, null for `server/app.ts`. */
export function roomOf(path: string): string | null {
  const [top, room, rest] = path.split('/')
  return top === 'server' && room !== undefined && rest !== undefined && !machinery.has(room) ? room : null
}

const layerOf = (path: string) => path.split('/').slice(0, 2).join('/')
const nameOf = (path: string) => path.split('/').at(-1) ?? ''
const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('tests/')
const IN_RULES_FOLDER = /^server\/[^/]+\/rules\//
/** What the web may see of a server room: its contract, its plain limits, its pure rules. */
const isDoor = (path: string) => ['contract.ts', 'limits.ts', 'rules.ts'].includes(nameOf(path)) || IN_RULES_FOLDER.test(path)

interface Rule {
  name: string
  appliesTo: (path: string) => boolean
  allows: (from: string, target: string, isRelative: boolean, isTypeOnly: boolean) => boolean
}

const noPackage =
  (...banned: string[]) =>
  (target: string) =>
    !banned.some((name) => target === name || target.startsWith(`${name}/`))

/** The directions of the house: kernel ← platform ← rooms ← app ← main; contract and kernel ← web. */
export const DIRECTION_RULES: Rule[] = [
  {
    name: 'the kernel imports zod and itself only',
    appliesTo: (path) => layerOf(path) === 'server/kernel',
    allows: (_from, target, isRelative) => (isRelative ? layerOf(target) === 'server/kernel' : target === 'zod'),
  },
  {
    name: 'the platform knows no room',
    appliesTo: (path) => layerOf(path) === 'server/platform',
    allows: (_from, target, isRelative) => !isRelative || ['server/kernel', 'server/platform'].includes(layerOf(target)),
  },
  {
    name: 'a room is not entered by its queries',
    appliesTo: (path) => path.startsWith('server/'),
    allows: (from, target) => roomOf(target) === null || roomOf(target) === roomOf(from) || !/(q|Q)ueries\.ts$/.test(target),
  },
  {
    name: 'rooms do not import the application',
    appliesTo: (path) => roomOf(path) !== null,
    allows: (_from, target) => !['server/app.ts', 'server/start.ts', 'server/main.ts'].includes(target),
  },
  {
    name: 'a contract imports zod, the kernel, limits and other contracts only',
    appliesTo: (path) => nameOf(path) === 'contract.ts' && path.startsWith('server/'),
    allows: (_from, target, isRelative) =>
      isRelative ? layerOf(target) === 'server/kernel' || ['contract.ts', 'limits.ts'].includes(nameOf(target)) : target === 'zod',
  },
  {
    name: 'rules are pure: no database, no HTTP, no clock',
    appliesTo: (path) => roomOf(path) !== null && nameOf(path) === 'rules.ts',
    allows: (_from, target, isRelative, isTypeOnly) =>
      isRelative ? isTypeOnly || !target.startsWith('server/platform/') : noPackage('kysely', 'pg', 'hono', 'node:fs')(target),
  },
  {
    name: 'a folder of rules imports rules, the kernel and types of its contract only',
    appliesTo: (path) => IN_RULES_FOLDER.test(path),
    allows: (_from, target, isRelative, isTypeOnly) =>
      isRelative &&
      (layerOf(target) === 'server/kernel' || IN_RULES_FOLDER.test(target) || isDoor(target) || (isTypeOnly && roomOf(target) !== null)),
  },
  {
    name: 'routes hold no SQL',
    appliesTo: (path) => roomOf(path) !== null && nameOf(path) === 'routes.ts',
    allows: (_from, target) => noPackage('kysely', 'pg')(target) && target !== 'server/platform/db/postgis.ts',
  },
  {
    name: 'services know no HTTP framework',
    appliesTo: (path) => roomOf(path) !== null && nameOf(path) === 'service.ts',
    allows: (_from, target) => noPackage('hono', '@hono/zod-openapi', '@hono/node-server')(target),
  },
  {
    name: 'queries know no HTTP framework',
    appliesTo: (path) => /(q|Q)ueries\.ts$/.test(path) && path.startsWith('server/'),
    allows: (_from, target) => noPackage('hono', '@hono/zod-openapi', '@hono/node-server')(target),
  },
  {
    name: 'migrations import kysely only',
    appliesTo: (path) => path.startsWith('migrations/'),
    allows: (_from, target) => target === 'kysely',
  },
  {
    name: 'the web enters the server by contracts, kernel, limits and pure rules only',
    appliesTo: (path) => path.startsWith('web/'),
    allows: (_from, target, isRelative) =>
      !isRelative || target.startsWith('web/') || target.startsWith('data/') || layerOf(target) === 'server/kernel' || isDoor(target),
  },
  {
    name: 'the server does not import the web',
    appliesTo: (path) => path.startsWith('server/'),
    allows: (_from, target, isRelative) => !isRelative || !target.startsWith('web/'),
  },
  {
    name: 'nothing that runs imports tests',
    appliesTo: (path) => !isTest(path),
    allows: (_from, target, isRelative) => !isRelative || !target.startsWith('tests/'),
  },
]

/** Every import that goes the wrong way, as a sentence. */
export function wrongDirections(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !isTest(path) || path.startsWith('tests/'))
    .flatMap((file) =>
      DIRECTION_RULES.filter((rule) => rule.appliesTo(file.path) && !(isTest(file.path) && file.path.startsWith('server/'))).flatMap(
        (rule) =>
          importsOf(file)
            .filter(({ target, isRelative, isTypeOnly }) => !rule.allows(file.path, target, isRelative, isTypeOnly))
            .map(({ target }) => `${file.path} imports ${target}: ${rule.name}`),
      ),
    )
}

/** Import circles, each once, type imports included. */
export function circles(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path))
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .map(({ target }) => target)
        .filter((target) => known.has(target)),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of edges.keys()) visit(path, [])
  return found
}
