import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { open } from 'node:fs/promises'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const REDIRECTS = 3

const privateRanges = new BlockList()
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateRanges.addSubnet(address, bits)
}
for (const [address, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  // Ways to write an IPv4 address inside an IPv6 one.
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(address, bits, 'ipv6')
}

/** Whether an address belongs to this machine, a house network or nobody; IPv4 written as IPv6 counts as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '')
  const family = isIP(plain)
  return family === 0 || privateRanges.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** Why nothing usable came back. Carries no address, so that no log line can hold a token. */
export class UpstreamFailure extends Error {
  override name = 'UpstreamFailure'
}

export interface UpstreamAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** How names become addresses, and which of these lie inside the house; other than the true one in tests only. */
export interface UpstreamNetwork {
  readonly lookup: (
    hostname: string,
    options: LookupAllOptions,
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void
  readonly isPrivate: (address: string) => boolean
}

const TRUE_NETWORK: UpstreamNetwork = { lookup, isPrivate: isPrivateAddress }

export interface UpstreamOptions {
  readonly maxBytes: number
  readonly timeoutMs: number
  /** False: a name that leads into the house network is refused at the moment of connecting. */
  readonly allowPrivate: boolean
  readonly headers?: Record<string, string>
  /** How long the connection may be silent; without it only the whole time counts. */
  readonly idleMs?: number
  /** Whether a redirect may lead to another host; each is checked like the first. Never from https to http. */
  readonly mayChangeHost?: boolean
  /** The answer's bytes go into this file, and `bytes` stays empty. */
  readonly toFile?: string
  readonly network?: UpstreamNetwork
}

/** Checks the very addresses the connection will use: a name that changes its mind in between gains nothing. */
function lookupPublic({ lookup, isPrivate }: UpstreamNetwork): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      if (addresses.some(({ address }) => isPrivate(address))) return callback(new UpstreamFailure('private address'), [])
      const first = addresses[0]
      return options.all || first === undefined ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }
}

/** What the server sends, up to the limit; a connection that breaks off fails. Reading no faster than the file is written. */
async function receive(response: IncomingMessage, { maxBytes, toFile }: UpstreamOptions): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  const file = toFile === undefined ? null : await open(toFile, 'w')
  let byteCount = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      byteCount += chunk.length
      if (byteCount > maxBytes) throw new UpstreamFailure('too large')
      if (file === null) chunks.push(chunk)
      else await file.write(chunk)
    }
  } finally {
    await file?.close()
    response.destroy()
  }
  return new Uint8Array(Buffer.concat(chunks))
}

async function getOnce(url: URL, options: UpstreamOptions, signal: AbortSignal): Promise<UpstreamAnswer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new UpstreamFailure('protocol')
  const isLiteral = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0
  const network = options.network ?? TRUE_NETWORK
  if (!options.allowPrivate && isLiteral && network.isPrivate(url.hostname)) throw new UpstreamFailure('private address')
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const headers = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'Borgermillionen', ...options.headers }
  let isSilent = false
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(url, { headers, signal, ...(options.allowPrivate ? {} : { lookup: lookupPublic(network) }) }, resolve)
      request.on('error', reject)
      request.setTimeout(options.idleMs ?? 0, () => {
        isSilent = true
        request.destroy()
      })
      request.end()
    })
    const bytes = await receive(response, options)
    return { status: response.statusCode ?? 0, headers: response.headers, bytes }
  } catch (error) {
    throw isSilent ? new UpstreamFailure('timeout') : error
  }
}

/** The failure's kind in a word or code: never the address that was asked. */
function failureOf(error: unknown): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error
  const { name, code } = error as { name?: string; code?: string }
  return new UpstreamFailure(name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : (code ?? 'connection failed'))
}

function checkRedirect(from: URL, to: URL, mayChangeHost: boolean): void {
  if (to.origin === from.origin) return
  if (!mayChangeHost) throw new UpstreamFailure('redirect to another host')
  if (from.protocol === 'https:' && to.protocol !== 'https:') throw new UpstreamFailure('redirect to an unsafe address')
}

/**
 * Asks another server, within a time and a size; follows redirects on the same origin, elsewhere only when told so.
 * @errors UpstreamFailure
 */
export async function getUpstream(address: string, options: UpstreamOptions): Promise<UpstreamAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs)
  let url = new URL(address)
  try {
    for (let hop = 0; hop <= REDIRECTS; hop += 1) {
      const answer = await getOnce(url, options, signal)
      const { location } = answer.headers
      if (answer.status < 300 || answer.status === 304 || answer.status >= 400 || location === undefined) return answer
      const next = new URL(location, url)
      checkRedirect(url, next, options.mayChangeHost === true)
      url = next
    }
  } catch (error) {
    throw failureOf(error)
  }
  throw new UpstreamFailure('too many redirects')
}

/** Whether a name leads into the house network. */
export function resolvesPrivately(hostname: string): Promise<boolean> {
  const plain = hostname.replace(/^\[|\]$/g, '')
  if (isIP(plain) !== 0) return Promise.resolve(isPrivateAddress(plain))
  return new Promise((resolve) => {
    lookup(plain, { all: true }, (error, addresses) => resolve(!error && addresses.some(({ address }) => isPrivateAddress(address))))
  })
}
