import { inspectRoutes } from 'hono/dev'
import type { Operation } from './apiDocument.ts'

/** Values of parameters of paths and queries by their name. */
type Values = Readonly<Record<string, readonly string[]>>

export interface Reading {
  operations: readonly Operation[]
  values: Values
  /** Addresses of tiles, which are made of three parameters at once. */
  tilePaths: () => readonly string[]
}

/** Names of all routes that are read, as the description writes them. */
export function readingRoutes(app: unknown): string[] {
  const handlers = inspectRoutes(app as never).filter(({ isMiddleware, method }) => !isMiddleware && method === 'GET')
  return [...new Set(handlers.map(({ path }) => `GET ${path.replaceAll(/:(\w+)/g, '{$1}')}`))].sort()
}

function valuesOf(name: string, route: string, values: Values): readonly string[] {
  const known = values[name]
  if (known === undefined) throw new Error(`${route}: give this test values for "${name}", so that the route can be walked.`)
  return known
}

/** Every path of a route with the values that are known. @errors Error when a parameter of it has none */
export function readingPaths(route: string, values: Values, tilePaths: Reading['tilePaths']): readonly string[] {
  const path = route.slice('GET '.length)
  if (path === '/*') return ['/', '/nowhere']
  if (path.endsWith('{z}/{x}/{y}')) return tilePaths()
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  return names.reduce<string[]>(
    (paths, name) =>
      paths.flatMap((one) => valuesOf(name, route, values).map((value) => one.replace(`{${name}}`, encodeURIComponent(value)))),
    [path.replace('{id}/*', 'a/1')],
  )
}

/** Without parameters, with each that is known, and all that are required in each. */
function readingQueries(route: string, { operations, values }: Reading): string[] {
  const declared =
    operations.find(({ method, path }) => `${method} ${path}` === route)?.parameters.filter((one) => one.in === 'query') ?? []
  const required = declared.filter((one) => one.required).map((one) => [one.name, valuesOf(one.name, route, values)[0] as string])
  const optional = declared.filter((one) => !one.required).flatMap((one) => (values[one.name] ?? []).map((value) => [[one.name, value]]))
  return [[], ...optional].map((extra) => new URLSearchParams([...required, ...extra] as [string, string][]).toString())
}

/** Every address of a route that is tried. */
export function readingAddresses(route: string, reading: Reading): string[] {
  const queries = readingQueries(route, reading)
  return readingPaths(route, reading.values, reading.tilePaths).flatMap((path) =>
    queries.map((query) => (query === '' ? path : `${path}?${query}`)),
  )
}
