import { connect } from 'node:net'
import { Reception } from './httpReception.ts'

// Voters on a vote evening, in a process of their own: each sends the same ballot one to three times at once, over connections
// to several servers.

export interface VoteOrder {
  readonly ports: readonly number[]
  readonly path: string
  readonly connections: number
  readonly voters: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly times: number }[]
}

export interface VoteAnswer {
  readonly seconds: number
  readonly statuses: Readonly<Record<string, number>>
  /** Of each voter: the receipts they were answered, each once. */
  readonly receipts: readonly (readonly string[])[]
  readonly tookMs: readonly number[]
}

interface Sending {
  readonly voter: number
  readonly bytes: (port: number) => Buffer
}

/** All requests, those of one voter beside each other, so that they are on their way at the same time. */
function sendingsOf({ path, voters }: VoteOrder): Sending[] {
  return voters.flatMap(({ headers, body, times }, voter) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const about = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
    const bytes = (port: number) =>
      Buffer.from(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://localhost:${port}\r\n${lines.join('')}${about}\r\n${body}`,
      )
    return Array.from({ length: times }, () => ({ voter, bytes }))
  })
}

function carryOut(order: VoteOrder): Promise<VoteAnswer> {
  const sendings = sendingsOf(order)
  const statuses: Record<string, number> = {}
  const receipts = order.voters.map(() => new Set<string>())
  const tookMs: number[] = []
  let next = 0
  const began = performance.now()
  const use = (port: number) =>
    new Promise<void>((done, fail) => {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay(true)
      const reception = new Reception()
      let sending: Sending | undefined
      let sentAt = 0
      const send = () => {
        sending = sendings[next]
        next += 1
        if (sending === undefined) {
          socket.end()
          return done()
        }
        sentAt = performance.now()
        socket.write(sending.bytes(port))
      }
      socket.once('connect', send)
      socket.once('error', fail)
      socket.once('close', () => fail(new Error('the server closed a connection')))
      socket.on('data', (chunk: Buffer) => {
        const answer = reception.add(chunk)
        if (answer === null) return
        tookMs.push(performance.now() - sentAt)
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
        const receipt = /[0-9a-f]{64}/.exec(answer.body.toString('latin1'))?.[0]
        if (answer.status === '201' && receipt !== undefined) receipts[sending?.voter ?? -1]?.add(receipt)
        send()
      })
    })
  const connections = Array.from({ length: order.connections }, (_, index) => use(order.ports[index % order.ports.length] as number))
  return Promise.all(connections).then(() => ({
    seconds: (performance.now() - began) / 1000,
    statuses,
    receipts: receipts.map((of) => [...of]),
    tookMs,
  }))
}

process.on('message', async (order: VoteOrder) => {
  process.send?.(await carryOut(order).catch((error: Error) => ({ error: error.message })))
})
