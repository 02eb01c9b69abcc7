import { connect } from 'node:net'
import { type HttpAnswer, Reception } from './httpReception.ts'

// A load generator in a process of its own. It speaks just enough HTTP/1.1 to cost little beside what it measures:
// keep-alive connections, one request at a time on each, answers with a length or in chunks.

export interface LoadOrder {
  readonly port: number
  readonly paths: readonly string[]
  /** How often the whole list of paths is asked for, all connections together. */
  readonly passes: number
  readonly connections: number
  readonly headers: Readonly<Record<string, string>>
  /** Makes each path a POST of the body in the same place. Each comes from an address of its own, so that none is limited. */
  readonly bodies?: readonly string[]
}

export interface LoadAnswer {
  readonly requests: number
  readonly seconds: number
  readonly bodyBytes: number
  readonly statuses: Readonly<Record<string, number>>
  /** How long a request took that is slower than 95 of 100. */
  readonly p95Ms: number
}

class Asking {
  readonly #order: LoadOrder
  readonly #requests: Buffer[]
  #next = 0
  bodyBytes = 0
  readonly statuses: Record<string, number> = {}
  readonly #tookMs: number[] = []

  constructor(order: LoadOrder) {
    this.#order = order
    const headers = Object.entries({ Host: `127.0.0.1:${order.port}`, ...order.headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    this.#requests = order.paths.map((path, index) => {
      const body = order.bodies?.[index]
      if (body === undefined) return Buffer.from(`GET ${path} HTTP/1.1\r\n${headers.join('')}\r\n`)
      const about = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Forwarded-For: 10.${index >> 8}.${index & 255}.1\r\n`
      return Buffer.from(`POST ${path} HTTP/1.1\r\n${headers.join('')}${about}\r\n${body}`)
    })
  }

  get total(): number {
    return this.#requests.length * this.#order.passes
  }

  take(): Buffer | null {
    if (this.#next >= this.total) return null
    this.#next += 1
    return this.#requests[(this.#next - 1) % this.#requests.length] as Buffer
  }

  get p95Ms(): number {
    return this.#tookMs.toSorted((a, b) => a - b)[Math.floor(this.#tookMs.length * 0.95)] ?? 0
  }

  count({ status, body }: HttpAnswer, tookMs: number): void {
    this.#tookMs.push(tookMs)
    this.bodyBytes += body.length
    this.statuses[status] = (this.statuses[status] ?? 0) + 1
  }
}

function useConnection(port: number, asking: Asking): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    const reception = new Reception()
    let askedAt = 0
    const ask = () => {
      const request = asking.take()
      if (request === null) {
        socket.end()
        done()
      } else {
        askedAt = performance.now()
        socket.write(request)
      }
    }
    socket.once('connect', ask)
    socket.once('error', fail)
    socket.once('close', () => fail(new Error('the server closed a connection')))
    socket.on('data', (chunk: Buffer) => {
      const answer = reception.add(chunk)
      if (answer === null) return
      asking.count(answer, performance.now() - askedAt)
      ask()
    })
  })
}

async function carryOut(order: LoadOrder): Promise<LoadAnswer> {
  const asking = new Asking(order)
  const began = performance.now()
  await Promise.all(Array.from({ length: order.connections }, () => useConnection(order.port, asking)))
  const seconds = (performance.now() - began) / 1000
  return { requests: asking.total, seconds, bodyBytes: asking.bodyBytes, statuses: asking.statuses, p95Ms: asking.p95Ms }
}

process.on('message', async (order: LoadOrder) => {
  const answer = await carryOut(order).catch((error: Error) => ({ error: error.message }))
  process.send?.(answer)
})
