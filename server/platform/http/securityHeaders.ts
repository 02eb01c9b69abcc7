import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import type { AppEnv } from './environment.ts'

/**
 * The policy for every page. A foreign basemap needs no exception: it comes through this server.
 * @source Content Security Policy Level 3
 */
function contentSecurityPolicy(config: Pick<Config, 'oidc'>): string {
  const issuer = config.oidc === null ? '' : ` ${new URL(config.oidc.issuer).origin}`
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    // A browser checks the redirects of a form too: signing in leads to the identity provider.
    `form-action 'self'${issuer}`,
  ].join('; ')
}

/** Puts the headers on every answer that has not set its own. */
export function securityHeaders(config: Pick<Config, 'oidc' | 'baseUrl'>): MiddlewareHandler<AppEnv> {
  const headers: [string, string][] = [
    ['Content-Security-Policy', contentSecurityPolicy(config)],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Permissions-Policy', 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    // What does not say that it may be kept may be somebody's own.
    ['Cache-Control', 'private, no-store'],
  ]
  if (config.baseUrl.startsWith('https:')) headers.push(['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'])
  return async (context, next) => {
    await next()
    for (const [name, value] of headers) if (!context.res.headers.has(name)) context.res.headers.set(name, value)
  }
}
