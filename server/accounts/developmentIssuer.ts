import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { type Config, StartError } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { choosePage, developmentStyle, endedPage, pageHeaders, pageLanguage } from './developmentPages.ts'
import { DEVELOPMENT_PATH, testPeople } from './developmentPeople.ts'

/** An OpenID Connect issuer of invented people, answering node requests below its path. */
interface DevelopmentIssuer {
  /** Requests whose URL starts with it are the issuer's. */
  readonly path: string
  handle(request: IncomingMessage, response: ServerResponse): void
}

type IssuerConfig = Pick<Config, 'baseUrl' | 'isProduction' | 'oidc'>

const LONGEST_FORM = 2_000
const interactionPath = new RegExp(`^${DEVELOPMENT_PATH}/interaction/[A-Za-z0-9_-]+$`)

/**
 * Makes the request look as the issuer's name says, whatever stands in between, and takes away its memory of the last choice,
 * so that two test people can follow each other in one browser.
 */
function prepare(request: IncomingMessage, baseUrl: string): void {
  const { host, protocol } = new URL(baseUrl)
  Object.assign(request.headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) })
  const cookies = request.headers.cookie?.split(/;\s*/).filter((cookie) => !cookie.startsWith('_session'))
  if (cookies) request.headers.cookie = cookies.join('; ')
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > LONGEST_FORM) throw new Error('form too long')
  }
  return new URLSearchParams(text)
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Type': `${type}; charset=utf-8` }).end(body)
}

async function takeChoice(provider: Provider, baseUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.origin !== new URL(baseUrl).origin) throw new Error('form from another site')
  const form = await readForm(request)
  const person = testPeople.find(({ key }) => key === form.get('person'))
  const result = person ? { login: { accountId: person.key, remember: false } } : { error: 'access_denied', error_description: 'cancelled' }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

async function showPeople(provider: Provider, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const lang = pageLanguage(url.searchParams.get('lang') ?? params.ui_locales)
  answer(response, 200, 'text/html', choosePage(testPeople, url.pathname, lang))
}

async function interact(provider: Provider, baseUrl: string, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  try {
    if (request.method === 'POST') await takeChoice(provider, baseUrl, request, response)
    else await showPeople(provider, request, response, url)
  } catch {
    answer(response, 400, 'text/html', endedPage(pageLanguage(url.searchParams.get('lang'))))
  }
}

/** Loaded when first used: production never does. Its remark on the runtime would stand among a newcomer's first lines. */
async function loadProvider(baseUrl: string, log: Log): Promise<Provider> {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING')) warn(...words)
  }
  try {
    const { createProvider } = await import('./developmentProvider.ts')
    return createProvider(baseUrl, log)
  } finally {
    console.warn = warn
  }
}

/**
 * Makes the issuer for the origin people really use, so only after the port is known. The node server hands it every request
 * below its `path`; all others go to the application.
 * @errors StartError when asked for in production or beside a configured issuer
 */
export function createDevelopmentIssuer(config: IssuerConfig, log: Log): DevelopmentIssuer {
  if (config.isProduction || process.env.NODE_ENV === 'production') {
    throw new StartError('The sign-in with invented test people is refused with NODE_ENV=production: set OIDC_ISSUER and OIDC_CLIENT_ID.')
  }
  if (config.oidc !== null) throw new StartError('OIDC_ISSUER is set, so the sign-in with invented test people stays closed.')
  let loading: Promise<Provider> | null = null

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const fullUrl = request.url as string
    const url = URL.parse(fullUrl, config.baseUrl)
    prepare(request, config.baseUrl)
    if (!url?.pathname.startsWith(`${DEVELOPMENT_PATH}/`)) return answer(response, 404, 'text/html', endedPage('da'))
    if (url.pathname === `${DEVELOPMENT_PATH}/style.css`) return answer(response, 200, 'text/css', developmentStyle)
    loading ??= loadProvider(config.baseUrl, log)
    const provider = await loading
    if (interactionPath.test(url.pathname)) return interact(provider, config.baseUrl, request, response, url)
    // How a mounted application learns its own place.
    Object.assign(request, { originalUrl: fullUrl, url: fullUrl.slice(DEVELOPMENT_PATH.length) })
    await provider.callback()(request, response)
  }

  return {
    path: DEVELOPMENT_PATH,
    handle(request, response) {
      serve(request, response).catch((error: Error) => {
        log.error({ cause: error.message }, 'development issuer')
        response.destroy()
      })
    },
  }
}
