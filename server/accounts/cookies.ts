import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../platform/config.ts'
import { ATTEMPT_DURATION_S, SESSION_DURATION_S } from './service.ts'
import { isToken } from './tokens.ts'

type CookieConfig = Pick<Config, 'baseUrl'>

const isSecure = (config: CookieConfig) => config.baseUrl.startsWith('https:')
// Without https a browser refuses the prefix, which otherwise keeps neighbours under the same domain from setting it.
const nameOf = (config: CookieConfig, name: string) => (isSecure(config) ? `__Host-${name}` : name)

function attributesOf(config: CookieConfig, maxAge: number) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(config), maxAge } as const
}

export function readSessionToken(context: Context, config: CookieConfig): string | undefined {
  return getCookie(context, nameOf(config, 'session'))
}

export function writeSessionToken(context: Context, config: CookieConfig, token: string): void {
  setCookie(context, nameOf(config, 'session'), token, attributesOf(config, SESSION_DURATION_S))
}

export function clearSessionToken(context: Context, config: CookieConfig): void {
  deleteCookie(context, nameOf(config, 'session'), { path: '/', secure: isSecure(config) })
}

/** The secret that binds sign-ins to this browser; one for all its tabs. */
export function readBrowserKey(context: Context, config: CookieConfig): string | undefined {
  const key = getCookie(context, nameOf(config, 'sign-in'))
  return isToken(key) ? key : undefined
}

export function writeBrowserKey(context: Context, config: CookieConfig, key: string): void {
  setCookie(context, nameOf(config, 'sign-in'), key, attributesOf(config, ATTEMPT_DURATION_S))
}
