import { lookup } from 'node:dns'
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const REDIRECTS = 2

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

export interface UpstreamOptions {
  readonly maxBytes: number
  readonly timeoutMs: number
  /** False: a name that leads into the house network is refused at the moment of connecting. */
  readonly allowPrivate: boolean
  readonly headers?: Record<string, string>
}

/** Checks the very addresses the connection will use: a name that changes its mind in between gains nothing. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(new UpstreamFailure('private address'), [])
    const first = addresses[0]
    return options.all || first === undefined ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}

async function getOnce(url: URL, options: UpstreamOptions, signal: AbortSignal): Promise<UpstreamAnswer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new UpstreamFailure('protocol')
  const isLiteral = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0
  if (!options.allowPrivate && isLiteral && isPrivateAddress(url.hostname)) throw new UpstreamFailure('private address')
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const headers = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'Borgermillionen', ...options.headers }
  return new Promise((resolve, reject) => {
    const request = send(url, { headers, signal, ...(options.allowPrivate ? {} : { lookup: lookupPublic }) }, (response) => {
      const chunks: Buffer[] = []
      let byteCount = 0
      response.on('data', (chunk: Buffer) => {
        byteCount += chunk.length
        chunks.push(chunk)
        if (byteCount > options.maxBytes) request.destroy(new UpstreamFailure('too large'))
      })
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: new Uint8Array(Buffer.concat(chunks)) }),
      )
      response.once('error', reject)
    })
    request.once('error', reject)
    request.end()
  })
}

/** The failure's kind in a word or code: never the address that was asked. */
function failureOf(error: unknown): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error
  const { name, code } = error as { name?: string; code?: string }
  return new UpstreamFailure(name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : (code ?? 'connection failed'))
}

/**
 * Asks another server, within a time and a size; follows redirects on the same origin only.
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
      if (next.origin !== url.origin) throw new UpstreamFailure('redirect to another host')
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
