import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { publicAccess } from './access.ts'
import type { AppEnv } from './environment.ts'
import { createRouter } from './router.ts'

/** What a connection pool tells of itself. */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

export interface Metrics {
  readonly registry: Registry
  /** Counts and times every request under its route's pattern. */
  readonly measure: MiddlewareHandler<AppEnv>
}

function watchPool(pool: PoolCounts, registry: Registry): void {
  const states = { open: () => pool.totalCount, idle: () => pool.idleCount, waiting: () => pool.waitingCount }
  new Gauge({
    name: 'database_connections',
    help: 'Connections of this process: open, idle, and requests waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(states)) this.set({ state }, count())
    },
  })
}

/** Measurements of this process for Prometheus. Labels name routes, never people, places or addresses. */
export function createMetrics(pool: PoolCounts | null = null): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  if (pool !== null) watchPool(pool, registry)
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({ name: 'http_requests_total', help: 'Requests answered', labelNames, registers: [registry] })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
  const measure: MiddlewareHandler<AppEnv> = async (context, next) => {
    const began = performance.now()
    await next()
    // Anybody may invent a method; each new label would stay in memory.
    const method = known.has(context.req.method) ? context.req.method : 'other'
    const route = context.res.status === 404 && routePath(context).endsWith('*') ? 'none' : routePath(context)
    requests.inc({ method, route, status: context.res.status })
    duration.observe({ method, route }, (performance.now() - began) / 1000)
  }
  return { registry, measure }
}

/** `/metrics` in Prometheus's text form. Named nowhere on the page; a proxy may keep it inside the house. */
export function metricsRoutes({ registry }: Metrics) {
  return createRouter().get('/metrics', async (context) => {
    publicAccess(context, 'counts of requests, nothing about people')
    return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
  })
}
