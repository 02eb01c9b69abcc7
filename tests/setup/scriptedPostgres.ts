import { createServer, type Socket } from 'node:net'

/** What the server says to a statement: one column of rows, or an error. */
type Reply = readonly (string | null)[] | { code: string; message: string }

/** The first pattern that a statement matches decides; others answer no rows. `startup` refuses the connection itself. */
export interface Script {
  startup?: { code: string; message: string } | 'silence'
  replies?: readonly (readonly [RegExp, Reply])[]
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const text = (value: string) => Buffer.from(`${value}\0`)
const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
const ready = message('Z', Buffer.from('I'))

function errorAnswer({ code, message: words }: { code: string; message: string }, severity = 'ERROR'): Buffer {
  const fields = { S: severity, V: severity, C: code, M: words }
  return message('E', Buffer.concat([...Object.entries(fields).map(([field, value]) => text(field + value)), Buffer.from([0])]))
}

function answer(statement: string, script: Script): Buffer {
  const reply = script.replies?.find(([pattern]) => pattern.test(statement))?.[1] ?? []
  if (!Array.isArray(reply)) return errorAnswer(reply as { code: string; message: string })
  const name = /\bas (\w+)/.exec(statement)?.[1] ?? 'value'
  const isTruth = name === 'may'
  const description = Buffer.concat([int16(1), text(name), int32(0), int16(0), int32(isTruth ? 16 : 25), int16(-1), int32(-1), int16(0)])
  const rows = reply.map((value: string | null) =>
    message('D', Buffer.concat([int16(1), value === null ? int32(-1) : Buffer.concat([int32(value.length), Buffer.from(value)])])),
  )
  return Buffer.concat([message('T', description), ...rows, message('C', text(`SELECT ${rows.length}`))])
}

/** Speaks PostgreSQL's protocol with one client, saying what the script says. */
function converse(socket: Socket, script: Script): void {
  let received = Buffer.alloc(0)
  let hasStarted = false
  let statement = ''
  const start = (bytes: Buffer) => {
    if (script.startup === 'silence') return
    if (bytes.readInt32BE(4) === 80_877_103) socket.write('N')
    else if (script.startup) socket.end(errorAnswer(script.startup, 'FATAL'))
    else {
      hasStarted = true
      socket.write(Buffer.concat([message('R', int32(0)), ready]))
    }
  }
  const handle = (type: string, body: Buffer) => {
    if (type === 'Q') socket.write(Buffer.concat([answer(body.toString('utf8', 0, body.length - 1), script), ready]))
    if (type === 'P') statement = body.toString('utf8', body.indexOf(0) + 1)
    if (type === 'S')
      socket.write(Buffer.concat([message('1', Buffer.alloc(0)), message('2', Buffer.alloc(0)), answer(statement, script), ready]))
    if (type === 'X') socket.end()
  }
  socket.on('error', () => socket.destroy())
  socket.on('data', (data) => {
    received = Buffer.concat([received, data as Buffer])
    for (;;) {
      const head = hasStarted ? 1 : 0
      if (received.length < head + 4) return
      const end = head + received.readInt32BE(head)
      if (received.length < end) return
      const whole = received.subarray(0, end)
      received = received.subarray(end)
      if (hasStarted) handle(String.fromCharCode(whole[0] as number), whole.subarray(5))
      else start(whole)
    }
  })
}

/** A database server that only knows a script: for refusals that no test can ask of a real one. */
export async function startScriptedPostgres(script: Script): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    converse(socket, script)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return {
    url: `postgres://citizen:wrong@127.0.0.1:${port}/million`,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}
