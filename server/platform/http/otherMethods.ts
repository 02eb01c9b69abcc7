import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { commonProblem } from '../../kernel/problem.ts'
import type { AppEnv } from './environment.ts'

interface Address {
  pattern: RegExp
  methods: Set<string>
}

/** The declared addresses with their methods; who may GET may HEAD. */
function readAddresses(app: OpenAPIHono<AppEnv>): Address[] {
  const byPath = new Map<string, Set<string>>()
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue
    const { path, method } = definition.route
    const methods = byPath.get(path) ?? new Set()
    byPath.set(path, methods.add(method.toUpperCase()))
    if (method === 'get') methods.add('HEAD')
  }
  return [...byPath].map(([path, methods]) => {
    const fixed = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
    return { pattern: new RegExp(`^${fixed.join('[^/]+')}$`), methods }
  })
}

/**
 * Refuses a method an address does not have, and names those it has. Stands after every room, where only what none of them
 * answers arrives. @source RFC 9110, 15.5.6 @errors Problem `method-not-allowed`
 */
export function refuseOtherMethods(app: OpenAPIHono<AppEnv>): MiddlewareHandler<AppEnv> {
  let addresses: Address[] | null = null
  return async (context, next) => {
    addresses ??= readAddresses(app)
    const fitting = addresses.filter(({ pattern }) => pattern.test(context.req.path))
    const allowed = [...new Set(fitting.flatMap(({ methods }) => [...methods]))].sort()
    if (allowed.length > 0 && !allowed.includes(context.req.method)) {
      context.header('Allow', allowed.join(', '))
      throw commonProblem('method-not-allowed')
    }
    await next()
  }
}
