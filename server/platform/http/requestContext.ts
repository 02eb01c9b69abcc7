import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { addressKey, addressPrefix } from './address.ts'
import { clientAddress } from './clientAddress.ts'
import type { AppEnv } from './environment.ts'

const REMEMBERED_PREFIXES = 1_000
const saneRequestId = /^[A-Za-z0-9._-]{8,64}$/

/** Without a socket (in tests) every request comes from this machine. */
function socketAddress(context: Context<AppEnv>): string {
  const hasSocket = (context.env as { incoming?: unknown } | undefined)?.incoming !== undefined
  return (hasSocket ? getConnInfo(context).remote.address : undefined) ?? '127.0.0.1'
}

/** Remembers the keys of the last prefixes: the same neighbours come again and again. */
function keyMemory(secretKey: string): (address: string) => string {
  const keys = new Map<string, string>()
  return (address) => {
    const prefix = addressPrefix(address)
    const known = keys.get(prefix)
    if (known !== undefined) return known
    if (keys.size >= REMEMBERED_PREFIXES) keys.clear()
    const key = addressKey(address, secretKey)
    keys.set(prefix, key)
    return key
  }
}

/**
 * First of all middleware: request id, hashed address, log, and one line per request with the route's pattern.
 * Neither address nor query nor path leaves it: they could name a person or a place somebody asked about. A request that
 * says so leaves no line.
 */
export function requestContext(config: Pick<Config, 'secretKey' | 'trustedProxies'>, log: Log): MiddlewareHandler<AppEnv> {
  const keyOf = keyMemory(config.secretKey)
  return async (context, next) => {
    const began = performance.now()
    const given = context.req.header('x-request-id')
    const requestId = given !== undefined && saneRequestId.test(given) ? given : randomUUID()
    const requestLog = log.child({ requestId })
    context.set('person', null)
    context.set('requestId', requestId)
    context.set('addressKey', keyOf(clientAddress(socketAddress(context), context.req.header('x-forwarded-for'), config.trustedProxies)))
    context.set('log', requestLog)
    await next()
    context.res.headers.set('X-Request-Id', requestId)
    if (context.get('leavesNoLine')) return
    requestLog.info(
      { method: context.req.method, route: routePath(context), status: context.res.status, ms: Math.round(performance.now() - began) },
      'request',
    )
  }
}
