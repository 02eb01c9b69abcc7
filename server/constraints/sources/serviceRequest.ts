import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { getUpstream, UpstreamFailure, type UpstreamNetwork } from '../../platform/http/upstream.ts'
import { LoadFailure } from '../loadFailure.ts'

export interface ServiceLimits {
  /** Features asked for at once. */
  pageSize: number
  maxPages: number
  maxPageBytes: number
  maxTotalBytes: number
  /** For one answer, and for a silence within it. */
  timeoutMs: number
  idleMs: number
  /** How often one request is tried, and how long the first pause is; the next ones double. */
  attempts: number
  firstPauseMs: number
  allowPrivate: boolean
  network?: UpstreamNetwork
}

export const SERVICE_LIMITS: Omit<ServiceLimits, 'allowPrivate'> = {
  pageSize: 1_000,
  maxPages: 3_000,
  maxPageBytes: 128 * 1024 * 1024,
  maxTotalBytes: 2 * 1024 * 1024 * 1024,
  timeoutMs: 180_000,
  idleMs: 30_000,
  attempts: 4,
  firstPauseMs: 1_000,
}

const MAX_RETRY_AFTER_S = 30

export interface ServiceAnswer {
  text: string
  contentType: string
  contentCrs: string | null
}

/** An answer that may be better next time. */
class Passing extends Error {
  readonly failure: LoadFailure
  readonly retryAfterS: number

  constructor(failure: LoadFailure, retryAfterS = 0) {
    super(failure.message)
    this.failure = failure
    this.retryAfterS = retryAfterS
  }
}

/** The service without what follows the question mark: there may be a key in it. */
export function shownAddress(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}

const SENTENCES: Record<string, (service: string) => LoadFailure> = {
  'private address': (service) =>
    new LoadFailure(
      'private-address',
      `${service} leads to an address inside a house network, which is not asked. If it is meant so: CONSTRAINT_ALLOW_PRIVATE=true.`,
    ),
  protocol: (service) => new LoadFailure('private-address', `${service} leads to something else than http or https.`),
  'redirect to an unsafe address': (service) =>
    new LoadFailure('private-address', `${service} leads from https to http, which is not followed.`),
  'too many redirects': (service) => new LoadFailure('service-answer', `${service} sends from address to address without end.`),
  'too large': (service) => new LoadFailure('too-large', `${service} sends more at once than is read.`),
}

function failureOf(service: string, error: unknown): Error {
  if (!(error instanceof UpstreamFailure)) return error as Error
  const known = SENTENCES[error.message]
  if (known !== undefined) return known(service)
  const why = error.message === 'timeout' ? 'does not answer in time' : `cannot be reached or breaks off (${error.message})`
  return new Passing(new LoadFailure('service-away', `${service} ${why}.`))
}

function retryAfterOf(header: string | undefined): number {
  const seconds = Number(header)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_S) : 0
}

/** What an exception report of a service says, in one line. */
function exceptionIn(text: string): string | null {
  if (!/<(?:\w+:)?(?:ExceptionReport|ServiceExceptionReport)\b/.test(text.slice(0, 4_000))) return null
  const said = /<(?:\w+:)?(?:ExceptionText|ServiceException)\b[^<>]*>([\s\S]*?)<\//.exec(text.slice(0, 20_000))?.[1] ?? ''
  return (
    said
      .replaceAll(/<!\[CDATA\[|\]\]>|<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .slice(0, 200) || 'without a reason'
  )
}

async function askOnce(address: string, accept: string, limits: ServiceLimits): Promise<ServiceAnswer> {
  const service = shownAddress(address)
  const { maxPageBytes: maxBytes, timeoutMs, idleMs, allowPrivate, network } = limits
  const answer = await getUpstream(address, {
    maxBytes,
    timeoutMs,
    idleMs,
    allowPrivate,
    network,
    mayChangeHost: true,
    headers: { Accept: accept },
  }).catch((error) => {
    throw failureOf(service, error)
  })
  const { status, headers } = answer
  const contentType = headers['content-type'] ?? ''
  const text = new TextDecoder().decode(answer.bytes)
  if (status === 429 || status >= 500)
    throw new Passing(
      new LoadFailure('service-away', `${service} is busy or broken (status ${status}).`),
      retryAfterOf(headers['retry-after']),
    )
  const exception = exceptionIn(text)
  if (exception !== null) throw new LoadFailure('service-refused', `${service} refuses: ${exception}.`)
  if (status !== 200) throw new LoadFailure('service-refused', `${service} refuses (status ${status}).`)
  if (/html/i.test(contentType) || /^\s*<(!doctype html|html)/i.test(text.slice(0, 200)))
    throw new LoadFailure('service-answer', `${service} answers with a web page: the service has moved or wants a sign-in.`)
  return { text, contentType, contentCrs: String(headers['content-crs'] ?? '') || null }
}

/** How long to wait before trying again; `null`: it is of no use. */
function pauseAfter(error: unknown, attempt: number, { attempts, firstPauseMs }: ServiceLimits): number | null {
  const isPassing = error instanceof Passing || (error instanceof LoadFailure && error.kind === 'service-answer')
  if (!isPassing || attempt >= attempts) return null
  const doubledMs = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random())
  return Math.max(doubledMs, error instanceof Passing ? error.retryAfterS * 1_000 : 0)
}

/**
 * Asks a service and reads its answer with `understand`, which throws a LoadFailure `service-answer` for one that is cut
 * off; tries again after a pause that grows and differs each time, so that many do not come back at once.
 * @errors LoadFailure
 */
export async function askService<Result>(
  address: string,
  accept: string,
  limits: ServiceLimits,
  understand: (answer: ServiceAnswer) => Result,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return understand(await askOnce(address, accept, limits))
    } catch (error) {
      const pauseMs = pauseAfter(error, attempt, limits)
      if (pauseMs === null) throw error instanceof Passing ? error.failure : error
      await pause(pauseMs)
    }
  }
}

/** Fetches a file by its address. @errors LoadFailure */
export async function fetchFile(address: string, toFile: string, limits: ServiceLimits): Promise<void> {
  const service = shownAddress(address)
  const { maxTotalBytes, timeoutMs, idleMs, allowPrivate, network } = limits
  const options = {
    maxBytes: Math.min(maxTotalBytes, 300 * 1024 * 1024),
    timeoutMs: timeoutMs * 5,
    idleMs,
    allowPrivate,
    network,
    mayChangeHost: true,
    toFile,
  }
  const { status, headers } = await getUpstream(address, options).catch((error) => {
    const failure = failureOf(service, error)
    throw failure instanceof Passing ? failure.failure : failure
  })
  if (status !== 200)
    throw new LoadFailure(status >= 500 ? 'service-away' : 'service-refused', `${service} does not give the file (status ${status}).`)
  if (!/html/i.test(headers['content-type'] ?? '')) return
  const head = (await readFile(toFile)).subarray(0, 200).toString('latin1')
  if (/^\s*<(!doctype html|html)/i.test(head))
    throw new LoadFailure('service-answer', `${service} answers with a web page and not with a file.`)
}
